import type { ConnectionId, TeamId } from '@windlass/contract';
import type { ColumnType } from 'kysely';

/** Links to zips: each leads to objects of one connection until it runs out. */
interface ZipLinksTable {
  /** As of platform/crypto/token.ts; the token itself is kept nowhere. */
  tokenHash: string;
  teamId: TeamId;
  connectionId: ConnectionId;
  name: string;
  /** ZipEntry[] of features/downloads. */
  entries: ColumnType<{ key: string; name: string }[], string, never>;
  createdAt: Date;
  expiresAt: Date;
}

/** The table of 0014-downloads.ts. */
export interface DownloadTables {
  zipLinks: ZipLinksTable;
}
