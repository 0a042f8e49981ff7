import type { DropId } from '@windlass/contract';
import type { Database } from '../../../platform/db/index.ts';

/** Takes a challenge, once. @returns false where it was taken before. Index: used_challenges_pkey. */
export const takeChallenge = async (
  db: Database,
  challenge: { hash: string; dropId: DropId; expiresAt: Date },
): Promise<boolean> => {
  const taken = await db
    .insertInto('usedChallenges')
    .values(challenge)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (taken.numInsertedOrUpdatedRows ?? 0n) > 0n;
};

/** Challenges of a page that were taken and would still be good: how busy it has been. Index: used_challenges_drop. */
export const countRecent = async (db: Database, dropId: DropId, now: Date): Promise<number> => {
  const { count } = await db
    .selectFrom('usedChallenges')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('dropId', '=', dropId)
    .where('expiresAt', '>', now)
    .executeTakeFirstOrThrow();
  return Number(count);
};
