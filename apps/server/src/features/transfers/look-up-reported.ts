import type { Bucket } from '../../platform/s3/index.ts';
import { mapAtOnce } from '../../kernel/map-at-once.ts';
import type { TransferDeps } from './deps.ts';
import { settleEnded } from './end-transfers.ts';
import type { Grant } from './grant.ts';
import { holdingGrant } from './hold-grant.ts';
import { judgeReported } from './judge-reported.ts';
import type { LedgerFile } from './ledger-file.ts';
import { lookUp, type Sight } from './look-up.ts';
import { openGround } from './open-ground.ts';
import { ledgerFileOf } from './presenter.ts';
import { janitorQueue } from './queues.ts';
import { listReportedOf, takeBack, writeSeen } from './reconcile-store.ts';
import type { TransferRow } from './transfer-store.ts';

/** An order's customer waits for it: a thousand files of which each takes 30 ms are looked up in two seconds. */
const looksAtOnce = 16;

type Deps = Pick<TransferDeps, 'db' | 'clock' | 'log' | 'jobs' | 'onMissing' | 'openBucket'>;

/** Compares what one grant's sender has reported with the bucket. See `TransfersService.lookUpReported`. */
export const lookUpReported = async (
  deps: Deps,
  grant: Grant,
  signal: AbortSignal,
): Promise<LedgerFile[]> => {
  const rows = await listReportedOf(deps.db, { teamId: grant.teamId, grantId: grant.id });
  if (rows.length === 0) return [];
  const { bucket } = await openGround(deps, grant);
  return settleSights(deps, grant, await lookAtAll(bucket, rows, signal));
};

/** Where the connection may not look, or the bucket does not answer, the others are not looked at: they would fare alike. */
const lookAtAll = async (
  bucket: Bucket,
  rows: readonly TransferRow[],
  signal: AbortSignal,
): Promise<{ row: TransferRow; sight: Sight }[]> => {
  let answers = true;
  const looks = await mapAtOnce(rows, looksAtOnce, async (row) => {
    if (!answers) return [];
    const sight = await lookUp(bucket, row.key, signal);
    if (sight.kind === 'unknown') answers = false;
    return [{ row, sight }];
  });
  return looks.flat();
};

/**
 * Writes down what looks at files of one grant have found. A receipt whose object is not there is taken back, and its holder
 * is told in the same transaction.
 *
 * @returns what was taken back, as it is now
 */
export const settleSights = async (
  { db, clock, log, jobs, onMissing }: Omit<Deps, 'openBucket'>,
  grant: Grant,
  looks: readonly { row: TransferRow; sight: Sight }[],
): Promise<LedgerFile[]> => {
  await writeSeen(
    db,
    looks.flatMap(({ row, sight }) =>
      judgeReported(row, sight) === 'seen' && sight.kind === 'there'
        ? [{ id: row.id, etag: sight.etag }]
        : [],
    ),
  );
  const missing = looks.filter(({ row, sight }) => judgeReported(row, sight) === 'missing');
  if (missing.length === 0) return [];
  const at = { teamId: grant.teamId, grantId: grant.id };
  const rows = await holdingGrant(db, at, async (trx) => {
    const taken = await takeBack(
      trx,
      at,
      missing.map(({ row }) => row.id),
    );
    if (taken.length === 0) return [];
    const leftovers = await settleEnded(trx, at, taken, clock.now());
    if (leftovers.length > 0) await jobs.enqueue(trx, janitorQueue, {});
    await onMissing?.[grant.holder.kind]?.(trx, taken.map(ledgerFileOf), grant);
    return taken;
  });
  for (const { id } of rows) {
    log.warn(
      { teamId: grant.teamId, transferId: id },
      'An object that was reported is not in its bucket: its receipt was taken back',
    );
  }
  return rows.map(ledgerFileOf);
};
