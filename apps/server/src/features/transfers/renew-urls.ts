import type { TransferId } from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';
import type { TransferDeps } from './deps.ts';
import type { Grant } from './grant.ts';
import { lockGrant } from './grant-store.ts';
import { requireGood } from './grant-validity.ts';
import { extendUrls, type TransferRow } from './transfer-store.ts';
import { lapsedBefore, urlEnd } from './url-times.ts';

type Deps = Pick<TransferDeps, 'db' | 'clock' | 'limitsNow'>;

/** Nobody asked for URLs of it for so long that it holds nothing of a quota any more. */
export const isLapsed = (
  { state, urlsUntil }: Pick<TransferRow, 'state' | 'urlsUntil'>,
  now: Date,
): boolean => state === 'open' && urlsUntil <= lapsedBefore(now);

/**
 * Before URLs are signed for uploads that are open: writes down until when. A ticket holds its bytes of a shared quota while its
 * URLs are good; who asks again after that gets them only if they are still free.
 *
 * @returns for which URLs may be signed: the others have ended meanwhile, or there is no room for them any more
 */
export const renewUrls = async (
  deps: Deps,
  grant: Grant,
  rows: readonly TransferRow[],
): Promise<ReadonlySet<TransferId>> => {
  const now = deps.clock.now();
  const open = rows.filter(({ state, expiresAt }) => state === 'open' && expiresAt > now);
  if (open.length === 0) return new Set();
  const isJudged = deps.limitsNow?.[grant.holder.kind] !== undefined;
  if (!isJudged || !open.some((row) => isLapsed(row, now))) return extend(deps.db, grant, open, now);
  return deps.db.transaction().execute(async (trx) => {
    const held = requireGood(await lockGrant(trx, grant.teamId, grant.id), now);
    return renewUrlsIn(deps, trx, held, open);
  });
};

/** Uploads that are completed so late that their bytes were given to others. */
export const findCrowdedOut = async (
  deps: Deps,
  grant: Grant,
  rows: readonly TransferRow[],
): Promise<ReadonlySet<TransferId>> => {
  const now = deps.clock.now();
  const lapsed = rows.filter((row) => isLapsed(row, now) && row.expiresAt > now);
  const renewed = await renewUrls(deps, grant, lapsed);
  return new Set(lapsed.filter(({ id }) => !renewed.has(id)).map(({ id }) => id));
};

/** The same in a transaction that holds the grant. */
export const renewUrlsIn = async (
  { clock, limitsNow }: Pick<Deps, 'clock' | 'limitsNow'>,
  trx: Database,
  held: Grant,
  open: readonly TransferRow[],
): Promise<ReadonlySet<TransferId>> => {
  const now = clock.now();
  const limits = limitsNow?.[held.holder.kind];
  let left = Infinity;
  if (limits !== undefined && open.some((row) => isLapsed(row, now))) {
    // The grant counts them anyway: what matters is what its holder shares with others.
    const shared = await limits(trx, { ...held, limits: { ...held.limits, maxTotalBytes: null } });
    left = shared.maxTotalBytes === null ? Infinity : shared.maxTotalBytes - held.bytes;
  }
  const fitting = open.filter((row) => {
    if (!isLapsed(row, now)) return true;
    if (Number(row.size) > left) return false;
    left -= Number(row.size);
    return true;
  });
  return extend(trx, held, fitting, now);
};

const extend = (
  db: Database,
  { teamId, id: grantId }: Pick<Grant, 'teamId' | 'id'>,
  rows: readonly TransferRow[],
  now: Date,
): Promise<ReadonlySet<TransferId>> =>
  extendUrls(
    db,
    { teamId, grantId },
    rows.map(({ id, expiresAt }) => ({ id, urlsUntil: urlEnd(expiresAt, now) })),
  );
