import type { Actor } from '../../kernel/actor.ts';

/** The id that stands for a caller in logs, counters and stored keys; undefined for a stranger. */
export const actorIdOf = (actor: Actor | null): string | undefined => {
  switch (actor?.kind) {
    case 'user':
      return actor.userId;
    case 'apiKey':
      return actor.apiKeyId;
    case undefined:
      return undefined;
  }
};
