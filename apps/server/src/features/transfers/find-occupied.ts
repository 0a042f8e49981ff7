import { mapAtOnce } from '../../kernel/map-at-once.ts';
import type { Database } from '../../platform/db/index.ts';
import { renameTakenKeys } from './choose-keys.ts';
import type { Grant } from './grant.ts';
import { lookUp } from './look-up.ts';
import type { UploadGround } from './open-ground.ts';
import type { Wish } from './plan-tickets.ts';
import { findTakenKeys } from './transfer-store.ts';

const looksAtOnce = 16;

/**
 * Keys that the bucket has already. It is asked only where its own refusal would come late or not at all: for a large file,
 * which nobody wants to send in vain; for a key that the ledger knows as received, and whose object may have been deleted
 * since; and for every file where nobody knows that it does refuse. A connection that may not read leaves it to the bucket's
 * refusal, or to the ledger where there is none.
 */
export const findOccupied = async (
  { db, bucket, profile, place }: UploadGround & { db: Database },
  grant: Pick<Grant, 'id' | 'teamId' | 'connectionId' | 'onConflict'>,
  wishes: readonly Wish[],
  signal: AbortSignal,
): Promise<Set<string>> => {
  const { id: grantId, teamId, connectionId } = grant;
  const renames = grant.onConflict === 'rename';
  const known = renames
    ? // They are passed over anyway.
      new Map<string, string>()
    : await findTakenKeys(
        db,
        connectionId,
        wishes.map(({ key }) => key),
      );
  const refusesItself = ({ plan }: Wish): boolean =>
    (plan.kind === 'single' ? profile.writeOnce.put : profile.writeOnce.complete) === true;
  const isDoubtful = (wish: Wish): boolean =>
    profile.writeOnce.put !== true || wish.plan.kind === 'multipart' || known.get(wish.key) === 'received';

  const occupied = new Set<string>();
  const looked = new Set<string>();
  let mayRead = true;
  const look = (names: readonly { wish: Wish; key: string }[]): Promise<unknown> =>
    mapAtOnce(names, looksAtOnce, async ({ wish, key }) => {
      looked.add(key);
      const { kind } = mayRead ? await lookUp(bucket, key, signal) : { kind: 'unknown' };
      if (kind === 'unknown') mayRead = false;
      const isTaken = kind === 'unknown' && known.get(key) === 'received' && !refusesItself(wish);
      if (kind === 'there' || isTaken) occupied.add(key);
    });

  const doubtful = wishes.filter(isDoubtful);
  await look(doubtful.map((wish) => ({ wish, key: wish.key })));
  if (!renames || doubtful.length === 0) return occupied;
  // A name that gets a number is another name, and may be taken as well.
  const findUnseen = async (): Promise<{ wish: Wish; key: string }[]> => {
    if (!mayRead) return [];
    const ground = { grantId, teamId, connectionId, connectionPrefix: place.prefix, occupied };
    const { chosen } = await renameTakenKeys(db, wishes, ground);
    return chosen.filter(({ wish, key }) => isDoubtful(wish) && !looked.has(key));
  };
  for (let unseen = await findUnseen(); unseen.length > 0; unseen = await findUnseen()) await look(unseen);
  return occupied;
};
