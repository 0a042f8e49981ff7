import type {
  Addressing,
  CheckReport,
  ConnectionEventEntry,
  ConnectionEventId,
  ConnectionId,
  ConnectionState,
  CredentialKind,
  Job,
  ProviderId,
  RotationPhase,
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
  /** Envelope of platform/crypto/vault.ts over the JSON of features/connections/credentials.ts; field `credentials`. */
  credentialsSealed: string | null;
  credentialsKind: CredentialKind | null;
  /** Last four characters of the access key id; null where no key of the customer's is involved. */
  accessKeyIdHint: string | null;
  roleArn: string | null;
  /** Made by us, for the trust policy of a role. Not a secret. */
  externalId: string;
  credentialsTemporary: boolean;
  credentialsSetAt: Date | null;
  /** Null where the first run set them, or the person's account is gone. */
  credentialsSetBy: UserId | null;
  lastCheck: ColumnType<CheckReport | null, string | null, string | null>;
  /** 0: only when asked for. */
  checkEveryHours: 0 | 1 | 6 | 24;
  /** When the next scheduled check is due; null: as soon as possible. Index: connections_next_check. */
  nextCheckAt: Date | null;
  rotationPhase: RotationPhase | null;
  /** The other key of a rotation, sealed as field `rotation`. */
  rotationSealed: string | null;
  rotationHint: string | null;
  rotationSince: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A change of a connection's state. */
interface ConnectionEventsTable {
  id: ConnectionEventId;
  teamId: TeamId;
  connectionId: ConnectionId;
  at: Date;
  fromState: ConnectionState;
  toState: ConnectionState;
  trigger: ConnectionEventEntry['trigger'];
  cause: string;
}

/** One row for each key of the keyring that ever sealed something here: opens only with that very key. */
interface KeyringCanariesTable {
  kid: string;
  sealed: string;
  createdAt: Date;
}

/** The tables of 0003-connections.ts and 0007-proven-connections.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface ConnectionTables {
  connections: ConnectionsTable;
  connectionEvents: ConnectionEventsTable;
  keyringCanaries: KeyringCanariesTable;
}
