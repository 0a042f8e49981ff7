import type { Actor } from '../../kernel/actor.ts';

/** Who did it, as the log names them. */
export const logActor = (actor: Actor): { userId: string } | { apiKeyId: string } =>
  actor.kind === 'apiKey' ? { apiKeyId: actor.apiKeyId } : { userId: actor.userId };
