import { mapAtOnce } from '../../kernel/map-at-once.ts';
import type { Bucket } from '../../platform/s3/index.ts';
import type { TransferDeps } from './deps.ts';
import { findGrant } from './grant-store.ts';
import { judgeReported } from './judge-reported.ts';
import { settleSights } from './look-up-reported.ts';
import { lookUp, type Sight } from './look-up.ts';
import { listReported, stopLooking } from './reconcile-store.ts';
import type { TransferRow } from './transfer-store.ts';

const mostOfRound = 1000;
const looksAtOnce = 8;

/**
 * One round of the look-up: what senders reported is compared with the bucket, once. An object that is there is `seen` from then
 * on. The receipt of one that is not is taken back: its sender lied, or somebody deleted it. A connection that may not read is
 * not asked twice in a round, and what was reported stays so.
 */
export const reconcile = async (
  deps: TransferDeps,
  signal: AbortSignal,
): Promise<{ seen: number; missing: number }> => {
  const { db, clock } = deps;
  const rows = await listReported(db, clock.now(), mostOfRound);
  const buckets = new Map<string, Promise<Bucket | null>>();
  const bucketOf = ({ teamId, connectionId }: TransferRow): Promise<Bucket | null> => {
    const known = buckets.get(connectionId);
    // Without its credentials there is nothing to look with.
    const opened = known ?? deps.openBucket(teamId, connectionId).catch(() => null);
    buckets.set(connectionId, opened);
    return opened;
  };
  const looks = await mapAtOnce(rows, looksAtOnce, async (row) => {
    const bucket = await bucketOf(row);
    if (bucket === null) return [];
    const sight = await lookUp(bucket, row.key, signal);
    if (sight.kind === 'unknown') buckets.set(row.connectionId, Promise.resolve(null));
    return [{ row, sight }];
  });
  let missing = 0;
  for (const [{ teamId, grantId }, ofGrant] of byGrant(looks.flat())) {
    const grant = await findGrant(db, teamId, grantId);
    if (grant !== null) missing += (await settleSights(deps, grant, ofGrant)).length;
  }
  await stopLooking(
    db,
    rows.map(({ id }) => id),
  );
  const seen = looks.flat().filter(({ row, sight }) => judgeReported(row, sight) === 'seen').length;
  return { seen, missing };
};

type Look = { row: TransferRow; sight: Sight };

/** By the first row of each. */
const byGrant = (looks: readonly Look[]): Map<TransferRow, Look[]> => {
  const groups = Map.groupBy(looks, ({ row }) => row.grantId);
  return new Map([...groups.values()].flatMap((group) => (group[0] ? [[group[0].row, group]] : [])));
};
