import type { ConnectionId, GrantHolderKind, TeamId, TransferKind } from '@windlass/contract';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { Bucket } from '../../platform/s3/index.ts';
import type { LimitsNow } from './grant.ts';
import type { OnMissing, OnReceived } from './ledger-file.ts';

/** What all parts of transfers work with. */
export interface TransferDeps {
  db: Database;
  clock: Clock;
  log: Log;
  jobs: Pick<Jobs, 'enqueue'>;
  /** @throws AppError notFound, originFailed */
  openBucket(teamId: TeamId, connectionId: ConnectionId): Promise<Bucket>;
  /** The feature that a holder belongs to, where one wants to hear of what was received. */
  onReceived: Partial<Record<GrantHolderKind, OnReceived>>;
  /** The same, where one wants to hear of what was not there when it was looked up. */
  onMissing?: Partial<Record<GrantHolderKind, OnMissing>>;
  /** The feature that a holder belongs to, where its grants share a quota. */
  limitsNow?: Partial<Record<GrantHolderKind, LimitsNow>>;
  /** Counts what was received, after the receipts are written. */
  countReceived(labels: { kind: TransferKind }, files: number, bytes: number): void;
}
