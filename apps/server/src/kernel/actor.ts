import type { ApiKeyId, Role, Scope, SessionId, TeamId, UserId } from '@windlass/contract';

/** Who is calling. Every service method takes it first and asks its feature's policy table. */
export type Actor =
  | { kind: 'user'; userId: UserId; sessionId: SessionId }
  | {
      kind: 'apiKey';
      apiKeyId: ApiKeyId;
      teamId: TeamId;
      createdBy: UserId;
      scopes: readonly Scope[];
      /** The role that the key's maker had: a key can never do what that role could not. */
      role: Role;
    };
