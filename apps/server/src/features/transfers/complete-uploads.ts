import type {
  completeUploads,
  OperationInput,
  OperationResult,
  Refusal,
  TransferId,
  UploadReceipt,
} from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import { mapAtOnce } from '../../kernel/map-at-once.ts';
import { completeMultipart } from './complete-multipart.ts';
import type { TransferDeps } from './deps.ts';
import type { Grant } from './grant.ts';
import { isOwnObject } from './is-own-object.ts';
import { lookUp, type Sight } from './look-up.ts';
import { openGround, type UploadGround } from './open-ground.ts';
import { presentReceipt } from './presenter.ts';
import { endedMeanwhile, missingUpload, noRoom, refusalOfError } from './refusals.ts';
import { findCrowdedOut } from './renew-urls.ts';
import { requireOpen } from './require-open.ts';
import { refuseStrangeParts } from './sign-parts.ts';
import { findTransfers, type Arrival, type TransferRow } from './transfer-store.ts';
import { writeReceipts } from './write-receipts.ts';

type Asked = OperationInput<typeof completeUploads>['body']['uploads'][number];

/** Objects that a bucket puts together, or is asked about, at once for one call. */
const callsAtOnce = 8;

/**
 * Receipts for a batch. Files that went in one PUT are one statement, and the bucket is not asked: it has told the sender, whose
 * word is `reported`. The others it puts together, several at once.
 */
export const completeBatch = async (
  deps: TransferDeps,
  grant: Grant,
  asked: readonly Asked[],
  signal: AbortSignal,
): Promise<OperationResult<typeof completeUploads>['results']> => {
  const at = { teamId: grant.teamId, grantId: grant.id };
  // Named twice, the last one counts.
  const wanted = [...new Map(asked.map((one) => [one.id, one])).values()];
  const rows = await findTransfers(
    deps.db,
    at,
    wanted.map(({ id }) => id),
  );
  const refusals = new Map<TransferId, Refusal>();
  const crowdedOut = await findCrowdedOut(deps, grant, [...rows.values()]);
  let ground: Promise<UploadGround> | null = null;
  const open = (): Promise<UploadGround> => (ground ??= openGround(deps, grant));

  const settle = async (one: Asked): Promise<Arrival | null> => {
    try {
      if (crowdedOut.has(one.id)) throw noRoom();
      return await arrivalOf(deps, open, rows.get(one.id), one, signal);
    } catch (error) {
      refusals.set(one.id, refusalOfError(error));
      return null;
    }
  };
  const arrivals = (await mapAtOnce(wanted, callsAtOnce, settle)).filter((arrival) => arrival !== null);
  const written = await writeReceipts(deps, grant, arrivals);
  // Another call may have been faster, whatever this one came to: then its receipt is the answer to both.
  const unsettled = wanted.map(({ id }) => id).filter((id) => rows.has(id) && !written.has(id));
  const current =
    unsettled.length === 0 ? new Map<TransferId, TransferRow>() : await findTransfers(deps.db, at, unsettled);

  return asked.map(({ id }) => {
    const row = written.get(id) ?? current.get(id);
    const receipt: UploadReceipt | null = row === undefined ? null : presentReceipt(row);
    return receipt === null
      ? { receipt, refusal: refusals.get(id) ?? refusalOfError(endedMeanwhile()) }
      : { receipt, refusal: null };
  });
};

/** How it is known that the file is there; null for one that has its receipt. @throws AppError */
const arrivalOf = async (
  deps: TransferDeps,
  open: () => Promise<UploadGround>,
  row: TransferRow | undefined,
  asked: Asked,
  signal: AbortSignal,
): Promise<Arrival | null> => {
  if (row === undefined) throw missingUpload();
  if (row.state === 'received') return null;
  refuseStrangeParts(
    row,
    asked.done.map(({ number }) => number),
  );
  if (row.kind === 'multipart') return completeMultipart(deps, await open(), row, asked.done, signal);

  requireOpen(row, deps.clock.now());
  if (asked.etag !== undefined) {
    return arrivalOfSingle(row, asked, { etag: asked.etag.replaceAll('"', ''), proof: 'reported' });
  }
  const { bucket } = await open();
  const sight = await lookUp(bucket, row.key, signal);
  if (sight.kind === 'there') {
    if (mayBeOf(row, sight)) return arrivalOfSingle(row, asked, { etag: sight.etag, proof: 'seen' });
    throw new AppError('objectExists', `There is another object ${row.key} in the bucket.`);
  }
  throw new AppError(
    'uploadIncomplete',
    sight.kind === 'unknown'
      ? 'The connection may not look: say with which ETag the bucket answered the PUT.'
      : 'The bucket has no such object: send the PUT first.',
  );
};

/**
 * Whether an object may be what was sent for this ticket: as large, and not older. No other ticket has its key, so that a
 * younger one is of nobody else of ours.
 */
export const mayBeOf = (row: TransferRow, sight: Extract<Sight, { kind: 'there' }>): boolean =>
  isOwnObject(sight, { size: Number(row.size), etag: null, ticketAt: row.createdAt });

/** A digest that was signed is the bucket's; one that came later, or that the bucket could not take, is the sender's. */
export const arrivalOfSingle = (
  row: TransferRow,
  { checksum }: Pick<Asked, 'checksum'>,
  known: Pick<Arrival, 'etag' | 'proof'>,
): Arrival => {
  const { checksumAlgorithm: algorithm, checksumValue: value, checksumBy } = row;
  if (algorithm !== null && value !== null) {
    return { id: row.id, ...known, checksum: { algorithm, value }, checksumBy };
  }
  return {
    id: row.id,
    ...known,
    checksum: checksum ?? null,
    checksumBy: checksum === undefined ? null : 'sender',
  };
};
