import type { OperationInput, OperationResult, signUploadParts, TransferId } from '@windlass/contract';
import { rangeOfPart } from '@windlass/transfer';
import { AppError } from '../../kernel/app-error.ts';
import { beginUpload } from './begin-upload.ts';
import type { TransferDeps } from './deps.ts';
import type { Grant } from './grant.ts';
import { openGround } from './open-ground.ts';
import { countParts, keepParts } from './part-store.ts';
import { requireOpen } from './require-open.ts';
import { findTransfers, type TransferRow } from './transfer-store.ts';
import { endedMeanwhile, missingUpload, noRoom } from './refusals.ts';
import { isLapsed, renewUrls } from './renew-urls.ts';
import { secondsOfPut } from './url-times.ts';

/** Writes down what the bucket has, and signs what comes next. The bucket is asked only to begin the upload. */
export const signParts = async (
  deps: TransferDeps,
  grant: Grant,
  id: TransferId,
  { done, sign }: OperationInput<typeof signUploadParts>['body'],
  signal: AbortSignal,
): Promise<OperationResult<typeof signUploadParts>> => {
  const { db, clock } = deps;
  const at = { teamId: grant.teamId, grantId: grant.id };
  const row = (await findTransfers(db, at, [id])).get(id);
  if (row === undefined) throw missingUpload();
  const now = clock.now();
  requireOpen(row, now);
  refuseStrangeParts(row, [...done.map(({ number }) => number), ...sign]);
  // Of an upload that the bucket has not begun there are none: what is told is of an earlier one.
  if (row.uploadId !== null) await keepParts(db, id, done);
  const partsDone = await countParts(db, id);
  if (sign.length === 0) return { requests: [], partsDone };

  if (!(await renewUrls(deps, grant, [row])).has(id)) throw isLapsed(row, now) ? noRoom() : endedMeanwhile();
  const ground = await openGround(deps, grant);
  const uploadId = row.uploadId ?? (await beginUpload(deps, ground.bucket, row, signal));
  const requests = await ground.bucket.uploads.signParts(
    row.key,
    uploadId,
    sign.map((number) => {
      const { start, end } = rangeOfPart({ size: Number(row.size), partSize: Number(row.partSize) }, number);
      return { number, size: end - start };
    }),
    { expiresInSeconds: secondsOfPut(row.expiresAt, now), signal },
  );
  return { requests, partsDone };
};

/** @throws AppError invalidRequest */
export const refuseStrangeParts = (
  { kind, partCount }: Pick<TransferRow, 'kind' | 'partCount'>,
  numbers: readonly number[],
): void => {
  if (numbers.length === 0) return;
  if (kind === 'single')
    throw new AppError('invalidRequest', 'This upload goes in one PUT: it has no parts.');
  const strange = numbers.find((number) => number > partCount);
  if (strange !== undefined) {
    throw new AppError('invalidRequest', `There is no part ${strange}: the upload has ${partCount}.`);
  }
};
