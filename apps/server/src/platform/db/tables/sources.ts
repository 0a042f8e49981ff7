import type {
  AutoFormat,
  ConnectionId,
  PurgeId,
  PurgeScope,
  SourceErrorAnswer,
  SourceId,
  SourceKind,
  SourceLimits,
  TeamId,
  UsageCounts,
  UserId,
} from '@windlass/contract';
import type { ColumnType } from 'kysely';

interface SourcesTable {
  id: SourceId;
  teamId: TeamId;
  kind: SourceKind;
  /** Set exactly where the kind is `connection`. */
  connectionId: ConnectionId | null;
  /** Set exactly where the kind is `web`; ends in a slash. */
  webBaseUrl: string | null;
  /** Unique on the server: first path segment and host label of image URLs. */
  name: string;
  prefix: string;
  secured: boolean;
  defaultParameters: string;
  /** Name to query string. */
  presets: ColumnType<Record<string, string>, string, string>;
  presetsOnly: boolean;
  allowedSizes: number[] | null;
  autoFormats: AutoFormat[];
  maxAgeSeconds: number;
  revalidateSeconds: number;
  staleSeconds: number;
  fallbackPath: string | null;
  onError: SourceErrorAnswer;
  /** Goes to null when the connection is deleted. */
  cacheConnectionId: ConnectionId | null;
  limits: ColumnType<SourceLimits, string, string>;
  /** Counts changes of any kind. */
  revision: number;
  /** Envelope of platform/crypto/vault.ts over JSON `{secureKey, secureSalt}`; field `signingKeys`. */
  signingKeysSealed: string | null;
  signingKeysSetAt: Date | null;
  /** The pair before the last rotation, sealed as field `previousSigningKeys`. */
  previousSigningKeysSealed: string | null;
  /** Readers compare it themselves: the pair stays for some minutes after. */
  previousSigningKeysUntil: Date | null;
  demo: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** Cached pictures that no longer count, by the time of the purge. */
interface SourcePurgesTable {
  id: PurgeId;
  teamId: TeamId;
  sourceId: SourceId;
  scope: PurgeScope;
  /** Empty exactly where everything was purged. */
  value: string;
  at: Date;
  /** Null once the person is gone. */
  madeBy: UserId | null;
  expiresAt: Date;
}

/** PostgreSQL's bigint comes as text. */
type Counts = { [Name in keyof UsageCounts]: ColumnType<string, number, number> };

/** What one source was asked for in one hour (UTC), over all processes. Key: team, source and hour. */
interface ImageUsageTable extends Counts {
  teamId: TeamId;
  sourceId: SourceId;
  hour: Date;
  expiresAt: Date;
}

/** The tables of 0004-sources.ts and 0011-images.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface SourceTables {
  sources: SourcesTable;
  sourcePurges: SourcePurgesTable;
  imageUsage: ImageUsageTable;
}
