import type { ConnectionId, SourceId, SourceLimits, TeamId } from '@windlass/contract';
import type { ColumnType } from 'kysely';

interface SourcesTable {
  id: SourceId;
  teamId: TeamId;
  connectionId: ConnectionId;
  /** Unique on the server: first path segment and host label of image URLs. */
  name: string;
  prefix: string;
  secured: boolean;
  defaultParameters: string;
  maxAgeSeconds: number;
  limits: ColumnType<SourceLimits, string, string>;
  /** Counts changes; part of every ETag of its pictures. */
  revision: number;
  /** Envelope of platform/crypto/vault.ts over JSON `{secureKey, secureSalt}`; field `signingKeys`. */
  signingKeysSealed: string | null;
  signingKeysSetAt: Date | null;
  demo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** The tables of 0004-sources.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface SourceTables {
  sources: SourcesTable;
}
