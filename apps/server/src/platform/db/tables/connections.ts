import type {
  Addressing,
  CheckReport,
  ConnectionId,
  ConnectionState,
  Job,
  ProviderId,
  TeamId,
  UserId,
} from '@windlass/contract';
import type { ColumnType } from 'kysely';

interface ConnectionsTable {
  id: ConnectionId;
  teamId: TeamId;
  /** Unique in the team. */
  name: string;
  provider: ProviderId;
  bucket: string;
  region: string;
  /** Origin: scheme, host and port. */
  endpoint: string;
  addressing: Addressing;
  prefix: string;
  jobs: Job[];
  state: ConnectionState;
  stateSince: Date;
  demo: boolean;
  /** Counts changes of settings and credentials, not checks: a check that began before such a change is not stored. */
  revision: number;
  /** Envelope of platform/crypto/vault.ts over JSON `{accessKeyId, secretAccessKey, sessionToken?}`; field `credentials`. */
  credentialsSealed: string | null;
  /** Last four characters of the access key id. */
  accessKeyIdHint: string | null;
  credentialsTemporary: boolean;
  credentialsSetAt: Date | null;
  /** Null where the first run set them, or the person's account is gone. */
  credentialsSetBy: UserId | null;
  lastCheck: ColumnType<CheckReport | null, string | null, string | null>;
  createdAt: Date;
  updatedAt: Date;
}

/** One row for each key of the keyring that ever sealed something here: opens only with that very key. */
interface KeyringCanariesTable {
  kid: string;
  sealed: string;
  createdAt: Date;
}

/** The tables of 0003-connections.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface ConnectionTables {
  connections: ConnectionsTable;
  keyringCanaries: KeyringCanariesTable;
}
