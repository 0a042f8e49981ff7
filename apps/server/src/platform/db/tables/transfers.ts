import type {
  ChecksumAlgorithm,
  ConnectionId,
  NameConflict,
  OrderId,
  TeamId,
  TransferId,
  TransferKind,
  TransferState,
  UploadGrantId,
  UploadReceipt,
  UserId,
} from '@windlass/contract';
import type { ColumnType, Generated } from 'kysely';

/** PostgreSQL's bigint comes as text. */
type Bytes = ColumnType<string, number, number>;
type BytesOrNull = ColumnType<string | null, number | null, number | null>;

/** What somebody may upload, and where to. */
interface UploadGrantsTable {
  id: UploadGrantId;
  teamId: TeamId;
  connectionId: ConnectionId;
  /** Below the connection's own prefix. */
  prefix: string;
  maxFiles: number | null;
  maxFileBytes: BytesOrNull;
  maxTotalBytes: BytesOrNull;
  types: string[] | null;
  onConflict: NameConflict;
  holderKind: 'team' | 'order';
  /** Set exactly where the holder is an order. */
  orderId: OrderId | null;
  /** As of platform/crypto/token.ts; the token itself is kept nowhere. */
  tokenHash: string;
  /** Null for an order, or once the person is gone. */
  madeBy: UserId | null;
  /** Under way or received; changed under a lock of this row. */
  files: Generated<number>;
  bytes: ColumnType<string, number | undefined, number>;
  createdAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

/** The ledger: one row for each file that was to go into a bucket. */
interface TransfersTable {
  id: TransferId;
  teamId: TeamId;
  grantId: UploadGrantId;
  connectionId: ConnectionId;
  /** Prefix of the connection when the upload began; with `key` the whole key. */
  keyPrefix: string;
  key: string;
  /** As it was given. */
  name: string;
  size: Bytes;
  type: string;
  kind: TransferKind;
  state: TransferState;
  partSize: Bytes;
  partCount: number;
  /** The bucket's; null for a single PUT, before the bucket gave one, and while an upload starts anew. */
  uploadId: string | null;
  /** Set before the bucket is asked to begin one: without an id, one may be there that nobody knows. */
  uploadBegunAt: Date | null;
  retryKey: string | null;
  checksumAlgorithm: ChecksumAlgorithm | null;
  checksumValue: string | null;
  checksumBy: UploadReceipt['checksumBy'];
  etag: string | null;
  /** Set exactly where the state is `received`, as is `receivedAt`. */
  proof: UploadReceipt['proof'] | null;
  createdAt: Date;
  expiresAt: Date;
  /** When the last URL that was handed out for it runs out. */
  urlsUntil: Date;
  receivedAt: Date | null;
  reconcileAt: Date | null;
}

/** Parts that their sender has reported, until the upload ends. Key: transfer and number. */
interface TransferPartsTable {
  transferId: TransferId;
  number: number;
  etag: string;
  crc64nvme: string | null;
}

/**
 * What ended uploads leave behind for the bucket to forget: a multipart upload, or, where `size` is set, the object of a PUT
 * that may have come or may come yet.
 */
interface UploadLeftoversTable {
  id: Generated<string>;
  teamId: TeamId;
  connectionId: ConnectionId;
  key: string;
  /** Null where the bucket may have begun one whose id never reached us. */
  uploadId: string | null;
  tries: Generated<number>;
  dueAt: Date;
  /** Of an object, as are the two that follow. */
  size: ColumnType<string | null, number | null | undefined, number | null>;
  ticketAt: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** From when on nothing more comes by its URL. */
  settleAt: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** The grant that counts it; null once it counts it no more. */
  grantId: ColumnType<UploadGrantId | null, UploadGrantId | null | undefined, UploadGrantId | null>;
}

/** The tables of 0012-transfers.ts and 0016-handed-out-puts.ts, as the code names them (camelCase; the columns are snake_case in SQL). */
export interface TransferTables {
  uploadGrants: UploadGrantsTable;
  transfers: TransfersTable;
  transferParts: TransferPartsTable;
  uploadLeftovers: UploadLeftoversTable;
}
