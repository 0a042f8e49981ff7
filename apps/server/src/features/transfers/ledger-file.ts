import type {
  Checksum,
  ConnectionId,
  TeamId,
  TransferId,
  TransferState,
  UploadGrantId,
  UploadReceipt,
} from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';
import type { Grant } from './grant.ts';

/** A file of the ledger, as other features see it. */
export interface LedgerFile {
  id: TransferId;
  teamId: TeamId;
  grantId: UploadGrantId;
  connectionId: ConnectionId;
  /** As it was given; shown, never used as a key. */
  name: string;
  /** Below the connection's prefix: what `Bucket` takes. */
  key: string;
  /** The whole key, the connection's prefix (of the time) included: what is shown. */
  fullKey: string;
  /** Bytes. */
  size: number;
  type: string;
  state: TransferState;
  etag: string | null;
  checksum: Checksum | null;
  checksumBy: UploadReceipt['checksumBy'];
  /** Set exactly where the state is `received`, as is `receivedAt`. */
  proof: UploadReceipt['proof'] | null;
  createdAt: Date;
  receivedAt: Date | null;
}

/**
 * Told of what has been received, in the transaction that writes the receipts: what it writes is there if and only if they
 * are. All files are of this one grant; each is told once.
 */
export type OnReceived = (trx: Database, files: readonly LedgerFile[], grant: Grant) => Promise<void>;

/**
 * Told of receipts that were taken back, in the transaction that does so: the sender had reported the files, and they were not in
 * the bucket when they were looked up. They are `missing` now; all are of this one grant, and each is told once.
 */
export type OnMissing = (trx: Database, files: readonly LedgerFile[], grant: Grant) => Promise<void>;
