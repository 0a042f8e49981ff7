import { mapAtOnce } from '../../kernel/map-at-once.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Bucket, UploadProfile } from '../../platform/s3/index.ts';
import type { Grant } from './grant.ts';
import { lookUp } from './look-up.ts';
import type { Wish } from './plan-tickets.ts';
import { findTakenKeys } from './transfer-store.ts';

const looksAtOnce = 16;

/**
 * Keys that the bucket has already. It is asked only where its own refusal would come late or not at all: for a large file,
 * which nobody wants to send in vain; for a key that the ledger knows as received, and whose object may have been deleted
 * since; and for every file where nobody knows that it does refuse. A connection that may not read leaves it to the bucket's refusal, or to the
 * ledger where there is none.
 */
export const findOccupied = async (
  { db, bucket, profile }: { db: Database; bucket: Bucket; profile: UploadProfile },
  grant: Pick<Grant, 'connectionId' | 'onConflict'>,
  wishes: readonly Wish[],
  signal: AbortSignal,
): Promise<Set<string>> => {
  const known =
    grant.onConflict === 'rename'
      ? // They are passed over anyway.
        new Map<string, string>()
      : await findTakenKeys(
          db,
          grant.connectionId,
          wishes.map(({ key }) => key),
        );
  const blind = profile.writeOnce.put !== true;
  const doubtful = wishes.filter(
    ({ key, plan }) => blind || plan.kind === 'multipart' || known.get(key) === 'received',
  );
  let mayRead = true;
  const occupied = await mapAtOnce(doubtful, looksAtOnce, async ({ key, plan }) => {
    const { kind } = mayRead ? await lookUp(bucket, key, signal) : { kind: 'unknown' };
    if (kind === 'unknown') mayRead = false;
    const refusesItself =
      (plan.kind === 'single' ? profile.writeOnce.put : profile.writeOnce.complete) === true;
    const isOccupied =
      kind === 'there' || (kind === 'unknown' && known.get(key) === 'received' && !refusesItself);
    return isOccupied ? [key] : [];
  });
  return new Set(occupied.flat());
};
