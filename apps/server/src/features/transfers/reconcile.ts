import { mapAtOnce } from '../../kernel/map-at-once.ts';
import type { Bucket } from '../../platform/s3/index.ts';
import type { TransferDeps } from './deps.ts';
import { lookUp } from './look-up.ts';
import { listReported, stopLooking, writeSeen } from './reconcile-store.ts';
import type { TransferRow } from './transfer-store.ts';

const mostOfRound = 1000;
const looksAtOnce = 8;

/**
 * One round of the look-up: what a sender reported is compared with the bucket, once. An object that is there with its size is
 * `seen` from then on. One that is not stays `reported`, and the log says so: somebody may have deleted it, or the sender lied.
 * A connection that may not read is not asked twice in a round.
 */
export const reconcile = async (
  deps: TransferDeps,
  signal: AbortSignal,
): Promise<{ seen: number; missing: number }> => {
  const { db, clock, log } = deps;
  const rows = await listReported(db, clock.now(), mostOfRound);
  const buckets = new Map<string, Promise<Bucket | null>>();
  const bucketOf = ({ teamId, connectionId }: TransferRow): Promise<Bucket | null> => {
    const known = buckets.get(connectionId);
    // Without its credentials there is nothing to look with.
    const opened = known ?? deps.openBucket(teamId, connectionId).catch(() => null);
    buckets.set(connectionId, opened);
    return opened;
  };
  const findings = await mapAtOnce(rows, looksAtOnce, async (row) => {
    const bucket = await bucketOf(row);
    const sight = bucket === null ? ({ kind: 'unknown' } as const) : await lookUp(bucket, row.key, signal);
    if (sight.kind === 'unknown') buckets.set(row.connectionId, Promise.resolve(null));
    return { row, sight };
  });
  const seen = findings.flatMap(({ row, sight }) =>
    sight.kind === 'there' && sight.size === Number(row.size) ? [{ id: row.id, etag: sight.etag }] : [],
  );
  const missing = findings.filter(
    ({ row, sight }) =>
      sight.kind === 'absent' || (sight.kind === 'there' && sight.size !== Number(row.size)),
  );
  await writeSeen(db, seen);
  await stopLooking(
    db,
    rows.map(({ id }) => id),
  );
  for (const { row, sight } of missing) {
    log.warn(
      { teamId: row.teamId, transferId: row.id, found: sight.kind },
      'An object that was reported is not in its bucket as it was',
    );
  }
  return { seen: seen.length, missing: missing.length };
};
