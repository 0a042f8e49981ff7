import type { ApiKeyId, Scope, SessionId, TeamId, UserId } from '@windlass/contract';

/** Who is calling. Every service method takes it first and asks its feature's policy table. */
export type Actor =
  | { kind: 'user'; userId: UserId; sessionId: SessionId }
  | { kind: 'apiKey'; apiKeyId: ApiKeyId; teamId: TeamId; createdBy: UserId; scopes: readonly Scope[] };
