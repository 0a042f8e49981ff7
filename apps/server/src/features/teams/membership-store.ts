import type { Role, TeamId, UserId } from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';

export interface MemberRow {
  userId: UserId;
  name: string;
  email: string;
  role: Role;
  joinedAt: Date;
}

/** The person's role in the team; null for a stranger. Index: memberships_pkey. */
export const findRole = async (db: Database, teamId: TeamId, userId: UserId): Promise<Role | null> => {
  const row = await db
    .selectFrom('memberships')
    .select('role')
    .where('teamId', '=', teamId)
    .where('userId', '=', userId)
    .executeTakeFirst();
  return row?.role ?? null;
};

/** Index: memberships_pkey. */
export const findMember = (db: Database, teamId: TeamId, userId: UserId): Promise<MemberRow | undefined> =>
  selectMembers(db, teamId).where('memberships.userId', '=', userId).executeTakeFirst();

/** One page, in the order in which the accounts were made. Index: memberships_pkey. */
export const listMembers = (
  db: Database,
  teamId: TeamId,
  page: { after: string | null; limit: number },
): Promise<MemberRow[]> => {
  const query = selectMembers(db, teamId).orderBy('memberships.userId').limit(page.limit);
  return (
    page.after === null ? query : query.where('memberships.userId', '>', page.after as UserId)
  ).execute();
};

const selectMembers = (db: Database, teamId: TeamId) =>
  db
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.userId')
    .select(['memberships.userId', 'users.name', 'users.email', 'memberships.role', 'memberships.joinedAt'])
    .where('memberships.teamId', '=', teamId);

/** False when the person belongs to the team already; the role then stays as it was. */
export const addMember = async (
  db: Database,
  member: { teamId: TeamId; userId: UserId; role: Role; joinedAt: Date },
): Promise<boolean> => {
  const result = await db
    .insertInto('memberships')
    .values(member)
    .onConflict((conflict) => conflict.constraint('memberships_pkey').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
};

export const setRole = async (db: Database, teamId: TeamId, userId: UserId, role: Role): Promise<void> => {
  await db
    .updateTable('memberships')
    .set({ role })
    .where('teamId', '=', teamId)
    .where('userId', '=', userId)
    .execute();
};

export const deleteMember = async (db: Database, teamId: TeamId, userId: UserId): Promise<void> => {
  await db.deleteFrom('memberships').where('teamId', '=', teamId).where('userId', '=', userId).execute();
};

/** Index: memberships_pkey (a team's rows). */
export const countOwners = async (db: Database, teamId: TeamId): Promise<number> => {
  const { owners } = await db
    .selectFrom('memberships')
    .select((of) => of.fn.countAll<string>().as('owners'))
    .where('teamId', '=', teamId)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow();
  return Number(owners);
};
