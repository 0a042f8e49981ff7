import type { Role, TeamId, UserId } from '@windlass/contract';
import type { Actor } from '../../apps/server/src/kernel/actor.ts';
import { newId } from '../../apps/server/src/kernel/new-id.ts';
import type { Database } from '../../apps/server/src/platform/db/index.ts';

/** A team without anybody in it. */
export const makeTeam = async (db: Database): Promise<TeamId> => {
  const id = newId('team');
  const now = new Date();
  await db
    .insertInto('teams')
    .values({ id, name: 'Team', demo: false, createdAt: now, updatedAt: now })
    .execute();
  return id;
};

/** A new person with this role in the team, signed in. */
export const makeMember = async (db: Database, teamId: TeamId, role: Role): Promise<Actor> => {
  const userId: UserId = newId('usr');
  const now = new Date();
  await db
    .insertInto('users')
    .values({
      id: userId,
      email: `${userId}@example.com`,
      name: `The ${role}`,
      passwordHash: null,
      createdAt: now,
      updatedAt: now,
    })
    .execute();
  await db.insertInto('memberships').values({ teamId, userId, role, joinedAt: now }).execute();
  return { kind: 'user', userId, sessionId: newId('ses') };
};
