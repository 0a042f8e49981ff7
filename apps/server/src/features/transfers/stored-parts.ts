import { rangeOfPart } from '@windlass/transfer';
import { AppError } from '../../kernel/app-error.ts';
import type { TransferDeps } from './deps.ts';
import type { Grant } from './grant.ts';
import { openGround } from './open-ground.ts';
import { keepParts, listParts } from './part-store.ts';
import type { TransferRow } from './transfer-store.ts';

/** A part that is in the bucket. */
export interface KnownPart {
  number: number;
  /** Without quotes. */
  etag: string;
  /** Bytes. */
  size: number;
}

/**
 * Parts of an upload, for a sender that reports none before the end (Uppy): the bucket is asked, and what it has goes into the
 * ledger. Where it may not be asked, those that were reported.
 */
export const storedParts = async (
  deps: TransferDeps,
  grant: Grant,
  row: TransferRow,
  signal: AbortSignal,
): Promise<KnownPart[]> => {
  const plan = { size: Number(row.size), partSize: Number(row.partSize) };
  const sizeOf = (number: number): number => {
    const { start, end } = rangeOfPart(plan, number);
    return end - start;
  };
  if (row.kind === 'multipart' && row.state === 'open' && row.uploadId !== null) {
    const stored = await listStored(deps, grant, { ...row, uploadId: row.uploadId }, signal);
    await keepParts(
      deps.db,
      row.id,
      stored.filter(({ number, size }) => number <= row.partCount && size === sizeOf(number)),
    );
  }
  return (await listParts(deps.db, row.id)).map(({ number, etag }) => ({
    number,
    etag,
    size: sizeOf(number),
  }));
};

/** `s3:ListMultipartUploadParts` is a right of its own, which a connection that only puts has not. */
const listStored = async (
  deps: TransferDeps,
  grant: Grant,
  { key, uploadId }: { key: string; uploadId: string },
  signal: AbortSignal,
): Promise<KnownPart[]> => {
  try {
    const { bucket } = await openGround(deps, grant);
    return await bucket.uploads.listParts(key, uploadId, { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    deps.log.info({ teamId: grant.teamId, code: error.code }, 'parts of an upload could not be listed');
    return [];
  }
};
