import { AppError } from '../../kernel/app-error.ts';
import type { Bucket } from '../../platform/s3/index.ts';
import type { TransferDeps } from './deps.ts';
import { keepLeftovers, leftoversOf } from './leftover-store.ts';
import { missingUpload } from './refusals.ts';
import { requireOpen } from './require-open.ts';
import { findTransfers, lockTransfer, setUploadId, type TransferRow } from './transfer-store.ts';

/**
 * The bucket's id of an upload; it is asked to begin one where there is none. The ledger notes the wish before and the id
 * after: where the process dies in between, the next one to ask knows that the bucket may have one too many, and has it
 * looked for.
 */
export const beginUpload = async (
  { db, clock }: Pick<TransferDeps, 'db' | 'clock'>,
  bucket: Bucket,
  row: TransferRow,
  signal: AbortSignal,
): Promise<string> => {
  const { id, key } = row;
  const known = await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const current = await lockTransfer(trx, row, id);
    if (current === null) throw missingUpload();
    requireOpen(current, now);
    if (current.uploadId !== null) return current.uploadId;
    await keepLeftovers(trx, leftoversOf([current], now));
    await setUploadId(trx, current, id, { uploadBegunAt: now });
    return null;
  });
  if (known !== null) return known;

  const { uploadId } = await bucket.uploads.createUpload(key, { contentType: row.type, signal });
  if (await setUploadId(db, row, id, { uploadId })) return uploadId;
  // Another call was faster, or the upload has ended meanwhile.
  const now = clock.now();
  await keepLeftovers(db, leftoversOf([{ ...row, uploadId }], now));
  const current = (await findTransfers(db, row, [id])).get(id);
  if (current === undefined) throw missingUpload();
  requireOpen(current, now);
  if (current.uploadId === null)
    throw new AppError('conflict', 'Another call is beginning the upload. Try again.');
  return current.uploadId;
};
