import type { PartDone } from '@windlass/contract';
import { combineCrcs, rangeOfPart } from '@windlass/transfer';
import { AppError } from '../../kernel/app-error.ts';
import type { Completion } from './completion.ts';
import type { TransferDeps } from './deps.ts';
import { describeNumbers } from './describe-numbers.ts';
import { judgeFailedCompletion } from './failed-completion.ts';
import { lookUp } from './look-up.ts';
import type { UploadGround } from './open-ground.ts';
import { keepParts, listParts, type ReportedPart } from './part-store.ts';
import { missingUpload } from './refusals.ts';
import { requireOpen } from './require-open.ts';
import { lockTransfer, moveTransfer, type Arrival, type TransferRow } from './transfer-store.ts';

/**
 * Has the bucket put an upload together. The ledger says `completing` before the bucket is asked: where the process dies,
 * whoever asks next knows that the object may be there already.
 *
 * @returns how it is known that it is there; null where another call has written the receipt
 * @throws AppError uploadIncomplete, uploadEnded, uploadRestarted, objectExists, or what the bucket failed with: then it is
 *   still completing, and may be asked again
 */
export const completeMultipart = async (
  deps: TransferDeps,
  ground: UploadGround,
  { id, teamId, grantId }: TransferRow,
  done: readonly PartDone[],
  signal: AbortSignal,
): Promise<Arrival | null> => {
  const begun = await beginCompletion(deps, { id, teamId, grantId }, done);
  if (begun === null) return null;
  if (begun instanceof AppError) throw begun;
  const { row, uploadId, parts, askedBefore } = begun;
  const crc64nvme = wholeCrc(row, parts);
  try {
    await refuseOccupied(ground, row, askedBefore, signal);
    const { etag, checksummed } = await ground.bucket.uploads.completeUpload(row.key, uploadId, parts, {
      size: Number(row.size),
      crc64nvme,
      signal,
    });
    return arrival(row, crc64nvme, {
      etag: etag?.replaceAll('"', '') ?? null,
      checksumBy: checksummed ? 'bucket' : 'sender',
      proof: 'completed',
    });
  } catch (error) {
    const { etag, proof } = await judgeFailedCompletion(deps, ground.bucket, begun, error, signal);
    return arrival(row, crc64nvme, { etag, proof, checksumBy: 'sender' });
  }
};

const arrival = (
  { id }: TransferRow,
  crc64nvme: string | null,
  { etag, proof, checksumBy }: Pick<Arrival, 'etag' | 'proof' | 'checksumBy'>,
): Arrival => ({
  id,
  etag,
  proof,
  checksum: crc64nvme === null ? null : { algorithm: 'crc64nvme', value: crc64nvme },
  checksumBy: crc64nvme === null ? null : checksumBy,
});

/** What was reported is kept also where parts are missing: hence errors that are returned, not thrown. */
const beginCompletion = (
  { db, clock }: TransferDeps,
  at: Pick<TransferRow, 'id' | 'teamId' | 'grantId'>,
  done: readonly PartDone[],
): Promise<Completion | AppError | null> =>
  db.transaction().execute(async (trx) => {
    const row = await lockTransfer(trx, at, at.id);
    if (row === null) return missingUpload();
    if (row.state === 'received') return null;
    const askedBefore = row.state === 'completing';
    if (!askedBefore) requireOpen(row, clock.now());
    if (row.uploadId === null) {
      return new AppError('uploadIncomplete', 'No part of it was signed yet: ask for its parts first.');
    }
    await keepParts(trx, row.id, done);
    const parts = await listParts(trx, row.id);
    if (parts.length < row.partCount) {
      const known = new Set(parts.map(({ number }) => number));
      const missing = Array.from({ length: row.partCount }, (_, index) => index + 1).filter(
        (number) => !known.has(number),
      );
      return new AppError(
        'uploadIncomplete',
        `Of ${row.partCount} parts are missing: ${describeNumbers(missing)}.`,
      );
    }
    await moveTransfer(trx, row, row.id, 'complete');
    return { row, uploadId: row.uploadId, parts, askedBefore };
  });

/** Where the bucket would write over another object, it is looked at first. */
const refuseOccupied = async (
  { bucket, profile }: UploadGround,
  { key }: TransferRow,
  askedBefore: boolean,
  signal: AbortSignal,
): Promise<void> => {
  // An object that is there after it was asked before may be this very one.
  if (profile.writeOnce.complete === true || askedBefore) return;
  const { kind } = await lookUp(bucket, key, signal);
  if (kind === 'there')
    throw new AppError('objectExists', 'There is an object of this key already; it was left as it is.');
};

/** Of the whole, where the sender computed one of every part. */
const wholeCrc = (row: TransferRow, parts: readonly ReportedPart[]): string | null => {
  const plan = { size: Number(row.size), partSize: Number(row.partSize) };
  const crcs = parts.flatMap(({ number, crc64nvme }) => {
    const { start, end } = rangeOfPart(plan, number);
    return crc64nvme === null ? [] : [{ checksum: crc64nvme, size: end - start }];
  });
  return crcs.length === parts.length ? combineCrcs('CRC64NVME', crcs) : null;
};
