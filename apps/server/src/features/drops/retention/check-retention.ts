import type { Drop } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import { bucketFailureOf, type NamedRule } from '../../../platform/s3/index.ts';
import type { DropsDeps } from '../deps.ts';
import { findGround } from '../desk/desk-store.ts';
import { mayDelete } from '../desk/file-access.ts';
import { findPlainDrop } from '../drop-store.ts';
import type { DropRetention, DropRow } from '../ports.ts';
import { judgeLifecycle, lifecycleRuleFor, type LifecycleVerdict } from './judge-lifecycle.ts';
import { listNeighbours, writeRetentionCheck } from './retention-store.ts';

type Found = Pick<Drop['retention'], 'state' | 'detail' | 'lifecycleRule'>;

/** Below the connection's prefix: where the files of all orders are (order-number.ts). */
export const ordersPrefix = 'orders/';
const readMilliseconds = 15_000;

const dayCount = (days: number): string => (days === 1 ? 'one day' : `${days} days`);
const addRule =
  'Add the rule below to those of the bucket: S3 replaces all rules when one is written, so write them together.';

const judged: Readonly<Record<Exclude<LifecycleVerdict['kind'], 'covered' | 'missing'>, string>> = {
  late: 'deletes them later than that',
  disabled: 'would, but is disabled',
  partial: 'deletes only some of them: it has a narrower prefix, a tag or a size',
};

/** What the rules of a bucket do for a page that keeps files for `days`. Null: they may not be read. */
const describeRules = (
  rules: readonly NamedRule[] | null,
  wanted: { prefix: string; days: number },
): Found => {
  const lifecycleRule = lifecycleRuleFor(wanted);
  if (rules === null) {
    const detail = `The connection may neither delete objects nor read the lifecycle rules of its bucket, so that nobody here can see whether files go after ${dayCount(wanted.days)}. ${addRule}`;
    return { state: 'unknown', detail, lifecycleRule };
  }
  const verdict = judgeLifecycle(rules, wanted);
  if (verdict.kind === 'covered') {
    const early =
      verdict.days < wanted.days
        ? ` That is earlier than the ${dayCount(wanted.days)} that this page promises.`
        : '';
    const detail = `The rule “${verdict.rule}” of the bucket deletes files ${dayCount(verdict.days)} after they were uploaded.${early}`;
    return { state: 'lifecycle', detail, lifecycleRule: null };
  }
  const nearest =
    verdict.kind === 'missing'
      ? ''
      : ` The rule “${verdict.rule}” (${dayCount(verdict.days)}) ${judged[verdict.kind]}.`;
  const detail = `The connection may not delete objects, and no rule of its bucket deletes what is below ${wanted.prefix} within ${dayCount(wanted.days)}.${nearest} ${addRule}`;
  return { state: 'missingRule', detail, lifecycleRule };
};

/** A rule for one page deletes the files of every page on the connection. */
const warnOf = (
  found: Found,
  days: number,
  neighbours: readonly { title: string; retentionDays: number | null }[],
): Found => {
  const longer = neighbours.filter(({ retentionDays }) => retentionDays === null || retentionDays > days);
  if (longer.length === 0 || found.state === 'deletes') return found;
  const titles = longer.map(({ title }) => `“${title}”`).join(', ');
  return {
    ...found,
    detail: `${found.detail} Orders of ${titles} lie below the same prefix and are to be kept for longer: the rule deletes their files too. Give this page a connection with a prefix of its own.`,
  };
};

/** Rules of a connection's bucket; null where it may not read them, or its server has none. @throws AppError */
export const readRules = async (
  { connections }: Pick<DropsDeps, 'connections'>,
  { teamId, connectionId }: Pick<DropRow, 'teamId' | 'connectionId'>,
  signal: AbortSignal,
): Promise<NamedRule[] | null> => {
  const within = AbortSignal.any([signal, AbortSignal.timeout(readMilliseconds)]);
  try {
    return await connections.readLifecycle(teamId, connectionId, within);
  } catch (error) {
    const kind = bucketFailureOf(error)?.kind;
    if (kind === 'denied' || kind === 'unsupported') return null;
    throw error;
  }
};

/** Whether files of a page's orders go when their days are over: by us, or by a rule of the bucket. */
export const createDropRetention = (
  deps: Pick<DropsDeps, 'db' | 'connections' | 'clock' | 'log'>,
): DropRetention => {
  const { db, clock, log } = deps;

  const look = async (drop: DropRow, days: number, signal: AbortSignal): Promise<Found> => {
    const ground = await findGround(db, drop);
    if (ground === null) return { state: 'unknown', detail: 'The connection is gone.', lifecycleRule: null };
    const may = mayDelete(ground);
    if (may === 'yes') {
      const detail = `The connection “${ground.name}” may delete objects: Windlass deletes files ${dayCount(days)} after their order was sent.`;
      return { state: 'deletes', detail, lifecycleRule: null };
    }
    const wanted = { prefix: `${ground.prefix}${ordersPrefix}`, days };
    const found = describeRules(await readRules(deps, drop, signal), wanted);
    const known: Found =
      may === 'no' || found.state === 'lifecycle'
        ? found
        : {
            ...found,
            state: 'unknown',
            detail: `No check has found out whether the connection “${ground.name}” may delete objects: check it. Windlass tries to when the days of an order are over. ${addRule}`,
          };
    const { teamId, connectionId, id: except } = drop;
    return warnOf(known, days, await listNeighbours(db, { teamId, connectionId, except }));
  };

  return {
    retentionOf: ({ retentionDays, retentionCheck }) =>
      retentionDays === null
        ? { state: 'none', detail: 'Files stay in the bucket.', lifecycleRule: null, checkedAt: null }
        : (retentionCheck ?? {
            state: 'unknown',
            detail: 'Nobody has looked yet whether files can be deleted.',
            lifecycleRule: null,
            checkedAt: null,
          }),

    check: async (at, signal) => {
      const drop = await findPlainDrop(db, at);
      if (drop === null || drop.retentionDays === null) return;
      const found = await look(drop, drop.retentionDays, signal).catch((error: unknown): Found => {
        signal.throwIfAborted();
        // What a bucket answers is what was to be found out. Whatever else fails is written too, with its time: else the
        // page would be the first to be looked at in every round, and in the end keep others from their turn.
        if (!(error instanceof AppError))
          log.error({ ...at, err: error }, 'Nobody could find out whether files of a page are deleted');
        const detail =
          error instanceof AppError
            ? `The bucket could not be asked: ${error.message}`
            : 'The bucket could not be asked: the log of the server says why.';
        return { state: 'unknown', detail, lifecycleRule: null };
      });
      await writeRetentionCheck(
        db,
        { ...drop, retentionDays: drop.retentionDays },
        { ...found, checkedAt: clock.now().toISOString() },
      );
    },
  };
};
