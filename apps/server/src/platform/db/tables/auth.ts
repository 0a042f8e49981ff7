import type { SessionId, UserId } from '@windlass/contract';

/** A person with an account. */
interface UsersTable {
  id: UserId;
  /** Lower case, unique. */
  email: string;
  name: string;
  /** A PHC string of argon2id; null for a person who only signs in through an OpenID provider. */
  passwordHash: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** An account at an OpenID provider that stands for one of our users. Key: issuer and subject. */
interface UserIdentitiesTable {
  issuer: string;
  subject: string;
  userId: UserId;
  createdAt: Date;
}

interface SessionsTable {
  id: SessionId;
  userId: UserId;
  /** SHA-256 of the cookie's token, base64url. */
  tokenHash: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** Slides with use; never beyond 90 days after createdAt. */
  expiresAt: Date;
  address: string;
  userAgent: string;
}

/** The one-time link of the first owner: at most one row, none once there is an owner. */
interface OwnerLinkTable {
  /** Always true: the primary key that keeps it to one row. */
  only: boolean;
  tokenHash: string;
  createdAt: Date;
}

/** A sign-in that is away at the OpenID provider, found by a cookie of the browser that began it. */
interface OidcAttemptsTable {
  browserHash: string;
  state: string;
  nonce: string;
  codeVerifier: string;
  /** A path of ours. */
  returnTo: string;
  /** SHA-256 of the invitation's token, when the person came with one. */
  invitationHash: string | null;
  expiresAt: Date;
}

/** Counters of rate-limiter-flexible, which names the columns; shared by every process. */
interface RateLimitsTable {
  key: string;
  points: number;
  /** Milliseconds since 1970. */
  expire: string | null;
}

/** The tables of 0001-auth.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface AuthTables {
  users: UsersTable;
  userIdentities: UserIdentitiesTable;
  sessions: SessionsTable;
  ownerLink: OwnerLinkTable;
  oidcAttempts: OidcAttemptsTable;
  rateLimits: RateLimitsTable;
}
