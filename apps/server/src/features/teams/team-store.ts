import type { Role, TeamId, UserId } from '@windlass/contract';
import type { Selectable } from 'kysely';
import { isUniqueViolation, type Database, type Tables } from '../../platform/db/index.ts';

export type TeamRow = Selectable<Tables['teams']>;

export const insertTeam = async (db: Database, team: TeamRow): Promise<void> => {
  await db.insertInto('teams').values(team).execute();
};

/** False when there is a demo team already. Not inside a transaction: a refusal would end it. */
export const insertDemoTeam = async (db: Database, team: TeamRow): Promise<boolean> => {
  try {
    await insertTeam(db, team);
    return true;
  } catch (error) {
    if (isUniqueViolation(error, 'teams_demo_key')) return false;
    throw error;
  }
};

/** Index: teams_pkey. */
export const findTeam = (db: Database, id: TeamId): Promise<TeamRow | undefined> =>
  db.selectFrom('teams').selectAll().where('id', '=', id).executeTakeFirst();

/** Index: teams_demo_key. */
export const findDemoTeam = (db: Database): Promise<TeamRow | undefined> =>
  db.selectFrom('teams').selectAll().where('demo', '=', true).executeTakeFirst();

/** The demo team while nobody is in it. */
export const findOrphanDemoTeam = (db: Database): Promise<TeamRow | undefined> =>
  db
    .selectFrom('teams')
    .selectAll()
    .where('demo', '=', true)
    .where((of) =>
      of.not(
        of.exists(
          of.selectFrom('memberships').select('userId').whereRef('memberships.teamId', '=', 'teams.id'),
        ),
      ),
    )
    .executeTakeFirst();

/** Makes changes of one team's members wait for each other until the transaction ends. */
export const lockTeam = async (db: Database, id: TeamId): Promise<void> => {
  await db.selectFrom('teams').select('id').where('id', '=', id).forUpdate().execute();
};

export const renameTeam = async (
  db: Database,
  id: TeamId,
  change: { name: string; updatedAt: Date },
): Promise<void> => {
  await db.updateTable('teams').set(change).where('id', '=', id).execute();
};

/** A person's teams with their role, oldest first; at most 500. Index: memberships_user. */
export const listTeamsOf = (db: Database, userId: UserId): Promise<(TeamRow & { role: Role })[]> =>
  db
    .selectFrom('memberships')
    .innerJoin('teams', 'teams.id', 'memberships.teamId')
    .selectAll('teams')
    .select('memberships.role')
    .where('memberships.userId', '=', userId)
    .orderBy('memberships.teamId')
    .limit(500)
    .execute();
