import { AppError } from '../../kernel/app-error.ts';
import type { Bucket } from '../../platform/s3/index.ts';
import type { Completion } from './completion.ts';
import type { TransferDeps } from './deps.ts';
import { describeNumbers } from './describe-numbers.ts';
import { settleEnded } from './end-transfers.ts';
import { expectedEtag } from './expected-etag.ts';
import { forgetLeftover } from './forget-leftover.ts';
import { holdingGrant } from './hold-grant.ts';
import { keepLeftovers, leftoversOf, type Leftover } from './leftover-store.ts';
import { lookUp, type Sight } from './look-up.ts';
import { forgetParts } from './part-store.ts';
import { moveTransfer, type Arrival } from './transfer-store.ts';

type Known = Pick<Arrival, 'etag' | 'proof'>;

/**
 * What a completion that failed means. Two answers may be about our own success, whose answer was lost: that the upload is
 * not there any more, and that the object is. The object tells: it is ours if its size and ETag are.
 *
 * Where the connection may not look, it hangs on whether the bucket was asked before. If it was, an upload that is gone was
 * completed (only we complete and abort), and the word of its sender stands: `reported`. If not, nothing of ours can be there.
 *
 * @returns how it is known that the object is there after all
 * @throws AppError as `completeMultipart` does
 */
export const judgeFailedCompletion = async (
  deps: TransferDeps,
  bucket: Bucket,
  completion: Completion,
  error: unknown,
  signal: AbortSignal,
): Promise<Known> => {
  if (!(error instanceof AppError)) throw error;
  if (error.code === 'uploadRestarted') return restart(deps, completion, error, signal);
  if (error.code === 'uploadIncomplete') return mend(deps, bucket, completion, error, signal);
  // Whatever else: nobody knows yet, and it may be asked again.
  if (error.code !== 'uploadEnded' && error.code !== 'objectExists') throw error;
  const sight = await lookUp(bucket, completion.row.key, signal);
  const ours = oursIn(sight, completion);
  if (ours !== null) return ours;
  if (sight.kind === 'unknown' && completion.askedBefore) {
    return { etag: expectedEtag(completion.parts), proof: 'reported' };
  }
  const isTaken = sight.kind === 'there' || (sight.kind === 'unknown' && error.code === 'objectExists');
  return isTaken ? giveUp(deps, completion, error, signal) : restart(deps, completion, error, signal);
};

/** What is there, if it is what the parts make. Parts whose ETags are no MD5 tell nothing: the size has to do. */
const oursIn = (sight: Sight, { row, parts }: Completion): Known | null =>
  sight.kind === 'there' &&
  sight.size === Number(row.size) &&
  [null, sight.etag].includes(expectedEtag(parts))
    ? { etag: sight.etag, proof: 'seen' }
    : null;

/** Everything anew, under the same id. */
const restart = async (
  deps: TransferDeps,
  { row }: Completion,
  cause: AppError,
  signal: AbortSignal,
): Promise<never> => {
  const { db, clock } = deps;
  const leftovers = await db.transaction().execute(async (trx) => {
    const moved = await moveTransfer(trx, row, row.id, 'reopen', { uploadId: null, uploadBegunAt: null });
    if (!moved) return [];
    await forgetParts(trx, [row.id]);
    return keepLeftovers(trx, leftoversOf([row], clock.now()));
  });
  await forgetAll(deps, leftovers, signal);
  throw new AppError('uploadRestarted', cause.message, { cause });
};

/** Somebody else's object is there. */
const giveUp = async (
  deps: TransferDeps,
  { row }: Completion,
  cause: AppError,
  signal: AbortSignal,
): Promise<never> => {
  const { db, clock } = deps;
  const leftovers = await holdingGrant(db, row, async (trx) =>
    (await moveTransfer(trx, row, row.id, 'abort')) ? settleEnded(trx, row, [row], clock.now()) : [],
  );
  await forgetAll(deps, leftovers, signal);
  throw new AppError('objectExists', `${row.keyPrefix}${row.key}: there is such an object in the bucket.`, {
    cause,
  });
};

/** Parts that the bucket has otherwise than they were reported, or not at all, are to be sent again. */
const mend = async (
  deps: TransferDeps,
  bucket: Bucket,
  completion: Completion,
  error: AppError,
  signal: AbortSignal,
): Promise<never> => {
  const { row, uploadId, parts } = completion;
  const stored = await bucket.uploads.listParts(row.key, uploadId, { signal }).catch(() => null);
  // Whoever may not look cannot know which.
  if (stored === null) return restart(deps, completion, error, signal);
  const etags = new Map(stored.map(({ number, etag }) => [number, etag.replaceAll('"', '')]));
  const wrong = parts.filter(({ number, etag }) => etags.get(number) !== etag).map(({ number }) => number);
  await deps.db.transaction().execute(async (trx) => {
    if (await moveTransfer(trx, row, row.id, 'reopen')) await forgetParts(trx, [row.id], wrong);
  });
  const named = wrong.length === 0 ? '' : ` Send again: ${describeNumbers(wrong)}.`;
  throw new AppError('uploadIncomplete', error.message + named, { cause: error });
};

/** At once if the bucket answers; else the janitor does it. */
const forgetAll = async (
  deps: TransferDeps,
  leftovers: readonly Leftover[],
  signal: AbortSignal,
): Promise<void> => {
  for (const leftover of leftovers) await forgetLeftover(deps, leftover, signal);
};
