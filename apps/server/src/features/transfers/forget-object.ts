import type { Bucket } from '../../platform/s3/index.ts';
import type { TransferDeps } from './deps.ts';
import { countInGrant } from './grant-store.ts';
import { isOwnObject } from './is-own-object.ts';
import { changeLeftover, deleteLeftover, type Leftover } from './leftover-store.ts';
import { isDenied, lookUp } from './look-up.ts';
import { findTakenKeys } from './transfer-store.ts';

/** While another upload of its key is under way, an object there may be that one's. */
const waitMilliseconds = 10 * 60_000;
/** A PUT that crawled is found by a last look, when nobody counts it any more. */
const lastLookMilliseconds = 24 * 60 * 60_000;

/** A leftover that is an object: what a PUT of an ended upload has brought, or may bring. */
export interface ObjectLeftover extends Leftover {
  size: string;
  ticketAt: Date;
  settleAt: Date;
}

export const isObjectLeftover = (leftover: Leftover): leftover is ObjectLeftover =>
  leftover.size !== null && leftover.ticketAt !== null && leftover.settleAt !== null;

/**
 * `gone`: nothing of ours is there. `kept`: it is there, or nobody may look, and that stays so. `waits`: somebody else may be
 * writing to the key.
 */
type Found = 'gone' | 'kept' | 'waits';

/**
 * Deletes the object of an upload that has ended, where it came and where the connection may. It is done at once, and again
 * when the URL of its PUT has run out: then the grant counts it no more, unless it is there or may be there.
 *
 * @throws AppError where the bucket does not answer
 */
export const forgetObject = async (
  deps: Pick<TransferDeps, 'db' | 'clock' | 'log' | 'openBucket'>,
  leftover: ObjectLeftover,
  signal: AbortSignal,
): Promise<boolean> => {
  const { db, clock, log } = deps;
  const { teamId, connectionId, grantId, settleAt } = leftover;
  const now = clock.now();
  const bucket = await deps.openBucket(teamId, connectionId);
  const found = await removeIfOwn(deps, bucket, leftover, signal);
  if (now < settleAt) {
    await changeLeftover(db, leftover, { dueAt: settleAt });
    return false;
  }
  switch (found) {
    case 'waits':
      await changeLeftover(db, leftover, { dueAt: new Date(now.getTime() + waitMilliseconds) });
      return false;
    case 'kept':
      log.info({ teamId, connectionId }, 'An object is left to the lifecycle rule of its bucket');
      await deleteLeftover(db, leftover);
      return false;
    case 'gone':
      if (grantId === null) await deleteLeftover(db, leftover);
      else await countNoMore(deps, { ...leftover, grantId });
      return true;
  }
};

const removeIfOwn = async (
  { db }: Pick<TransferDeps, 'db'>,
  bucket: Bucket,
  { connectionId, key, size, ticketAt }: ObjectLeftover,
  signal: AbortSignal,
): Promise<Found> => {
  const sight = await lookUp(bucket, key, signal);
  switch (sight.kind) {
    case 'absent':
      return 'gone';
    case 'unknown':
      if (!sight.denied) throw sight.error;
      return 'kept';
    case 'there':
      break;
  }
  // After the look: whoever got a ticket for the key since then cannot have sent what was seen.
  const holder = (await findTakenKeys(db, connectionId, [key])).get(key);
  if (holder === 'underWay') return 'waits';
  if (holder === 'received' || !isOwnObject(sight, { size: Number(size), etag: null, ticketAt })) {
    return 'gone';
  }
  try {
    await bucket.deleteObject(key, { signal });
    return 'gone';
  } catch (error) {
    if (isDenied(error)) return 'kept';
    throw error;
  }
};

const countNoMore = (
  { db, clock }: Pick<TransferDeps, 'db' | 'clock'>,
  leftover: ObjectLeftover & { grantId: NonNullable<Leftover['grantId']> },
): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const dueAt = new Date(clock.now().getTime() + lastLookMilliseconds);
    if (!(await changeLeftover(trx, leftover, { dueAt, grantId: null }))) return;
    const { teamId, grantId, size } = leftover;
    await countInGrant(trx, teamId, grantId, { files: -1, bytes: -Number(size) });
  });
