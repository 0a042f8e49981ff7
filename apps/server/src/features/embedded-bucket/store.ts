import type { TeamId } from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';

/**
 * The team that the embedded bucket belongs to: the one that the first start made, else the oldest (ids sort by age).
 * Null while there is no team.
 */
export const findHomeTeam = async (db: Database): Promise<TeamId | null> => {
  const first = await db
    .selectFrom('firstRun')
    .innerJoin('teams', 'teams.id', 'firstRun.teamId')
    .select('teams.id')
    .executeTakeFirst();
  if (first !== undefined) return first.id;
  const oldest = await db.selectFrom('teams').select('id').orderBy('id').limit(1).executeTakeFirst();
  return oldest?.id ?? null;
};
