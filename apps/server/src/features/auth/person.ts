import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';

/** A signed-in person, as opposed to an API key. */
export type Person = Extract<Actor, { kind: 'user' }>;

/** Refuses API keys where only a person makes sense. Throws AppError `forbidden`. */
export const requirePerson = (actor: Actor): Person => {
  if (actor.kind === 'apiKey')
    throw new AppError('forbidden', 'This call is for a signed-in person, not for an API key.');
  return actor;
};
