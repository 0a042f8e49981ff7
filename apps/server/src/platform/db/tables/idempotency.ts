import type { ColumnType } from 'kysely';

/** One POST that carried an Idempotency-Key: running while `status` is null. */
export interface IdempotencyKeyTable {
  /** Id of the user or of the API key. */
  actorId: string;
  key: string;
  /** SHA-256 of method, path and body. */
  requestHash: string;
  status: number | null;
  /** The answer's body, sealed: it may hold a secret that is shown once. */
  sealedBody: string | null;
  contentType: string | null;
  /** A request that died with its process gives way after this time. */
  lockedUntil: Date;
  createdAt: ColumnType<Date, Date, never>;
  expiresAt: Date;
}

/** The tables of 0005-idempotency.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface IdempotencyTables {
  idempotencyKeys: IdempotencyKeyTable;
}
