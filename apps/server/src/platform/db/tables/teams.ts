import type { ApiKeyId, InvitationId, Role, Scope, TeamId, UserId } from '@windlass/contract';

interface TeamsTable {
  id: TeamId;
  name: string;
  /** True for the team that the first run made. */
  demo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** Key: team and user. */
interface MembershipsTable {
  teamId: TeamId;
  userId: UserId;
  role: Role;
  joinedAt: Date;
}

/** An open invitation. The row goes when it is accepted or taken back. */
interface InvitationsTable {
  id: InvitationId;
  teamId: TeamId;
  /** Lower case; null when the link may be used by anybody who holds it. */
  email: string | null;
  role: Role;
  /** SHA-256 of the link's token, base64url. */
  tokenHash: string;
  createdBy: UserId;
  createdAt: Date;
  expiresAt: Date;
}

/** A key belongs to its team and outlives the membership of whoever made it. Revoking deletes the row. */
interface ApiKeysTable {
  id: ApiKeyId;
  teamId: TeamId;
  name: string;
  /** Last four characters of the secret. */
  hint: string;
  /** SHA-256 of the secret, base64url. */
  tokenHash: string;
  scopes: Scope[];
  /** The role that its maker had: a key can never do what that role could not. */
  role: Role;
  createdBy: UserId;
  createdAt: Date;
  /** Coarse: written at most once a minute. */
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

/** The tables of 0002-teams.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface TeamTables {
  teams: TeamsTable;
  memberships: MembershipsTable;
  invitations: InvitationsTable;
  apiKeys: ApiKeysTable;
}
