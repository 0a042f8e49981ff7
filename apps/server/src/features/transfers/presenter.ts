import type {
  Checksum,
  SignedRequest,
  Transfer,
  Upload,
  UploadGrant,
  UploadReceipt,
} from '@windlass/contract';
import type { LedgerFile } from './ledger-file.ts';
import type { ListedGrant } from './grant-store.ts';
import type { TransferRow } from './transfer-store.ts';

/** The only form in which a grant leaves: its token is nowhere. */
export const presentGrant = (grant: ListedGrant): UploadGrant => ({
  id: grant.id,
  connectionId: grant.connectionId,
  connectionName: grant.connectionName,
  prefix: grant.prefix,
  limits: grant.limits,
  onConflict: grant.onConflict,
  files: grant.files,
  bytes: grant.bytes,
  by: grant.madeByName,
  createdAt: grant.createdAt.toISOString(),
  expiresAt: grant.expiresAt.toISOString(),
  revokedAt: grant.endedAt?.toISOString() ?? null,
});

/** Null until the file is in the bucket. */
export const presentReceipt = (row: TransferRow): UploadReceipt | null =>
  row.receivedAt === null || row.proof === null
    ? null
    : {
        transferId: row.id,
        key: row.keyPrefix + row.key,
        name: row.name,
        size: Number(row.size),
        type: row.type,
        etag: row.etag,
        checksum: checksumOf(row),
        checksumBy: row.checksumBy,
        proof: row.proof,
        receivedAt: row.receivedAt.toISOString(),
      };

/** What belongs to an upload beside its row. */
export interface UploadExtras {
  partsDone: number[];
  put: SignedRequest | null;
  wantsChecksum: boolean;
}

export const presentUpload = (row: TransferRow, { partsDone, put, wantsChecksum }: UploadExtras): Upload => ({
  id: row.id,
  key: row.keyPrefix + row.key,
  name: row.name,
  size: Number(row.size),
  type: row.type,
  kind: row.kind,
  state: row.state,
  partSize: Number(row.partSize),
  partCount: row.partCount,
  partsDone,
  wantsChecksum,
  put,
  expiresAt: row.expiresAt.toISOString(),
  receipt: presentReceipt(row),
});

/** For a team's own list: nothing to send with. */
export const presentTransfer = (
  row: TransferRow & { connectionName: string },
  extras: Omit<UploadExtras, 'put'>,
): Transfer => {
  const { put: _, ...upload } = presentUpload(row, { ...extras, put: null });
  return {
    ...upload,
    connectionId: row.connectionId,
    connectionName: row.connectionName,
    createdAt: row.createdAt.toISOString(),
  };
};

export const ledgerFileOf = (row: TransferRow): LedgerFile => ({
  id: row.id,
  teamId: row.teamId,
  grantId: row.grantId,
  connectionId: row.connectionId,
  name: row.name,
  key: row.key,
  fullKey: row.keyPrefix + row.key,
  size: Number(row.size),
  type: row.type,
  state: row.state,
  etag: row.etag,
  checksum: checksumOf(row),
  checksumBy: row.checksumBy,
  proof: row.proof,
  createdAt: row.createdAt,
  receivedAt: row.receivedAt,
});

const checksumOf = ({ checksumAlgorithm, checksumValue }: TransferRow): Checksum | null =>
  checksumAlgorithm === null || checksumValue === null
    ? null
    : { algorithm: checksumAlgorithm, value: checksumValue };
