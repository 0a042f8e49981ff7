import type { Team, TeamId } from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Database } from '../../platform/db/index.ts';
import { requirePerson } from '../auth/index.ts';
import { authorize } from './authorize.ts';
import type { TeamsDeps } from './deps.ts';
import { addMember } from './membership-store.ts';
import { presentTeam } from './presenter.ts';
import {
  findDemoTeam,
  findTeam,
  insertDemoTeam,
  insertTeam,
  listTeamsOf,
  lockTeam,
  renameTeam,
  type TeamRow,
} from './team-store.ts';

export interface Teams {
  /** A person's teams; for an API key the one that it belongs to. */
  list(actor: Actor): Promise<Team[]>;
  /** Whoever makes a team becomes its owner. Not for API keys. */
  create(actor: Actor, name: string): Promise<Team>;
  show(actor: Actor, teamId: TeamId): Promise<Team>;
  /** `check` gets what `show` would answer and may throw, under the lock that the change holds. */
  rename(actor: Actor, teamId: TeamId, name: string, check: (current: Team) => void): Promise<Team>;
  /** The team of the first run, which nobody is in until the owner comes; made once. */
  ensureDemoTeam(name: string): Promise<{ teamId: TeamId; created: boolean }>;
}

export const createTeams = ({ db, clock, log }: TeamsDeps): Teams => {
  const newTeam = (name: string, demo: boolean): TeamRow => {
    const now = clock.now();
    return { id: newId('team'), name, demo, createdAt: now, updatedAt: now };
  };

  return {
    list: async (actor) => {
      if (actor.kind === 'apiKey') return [await show(db, actor, actor.teamId)];
      const teams = await listTeamsOf(db, actor.userId);
      return teams.map((team) => presentTeam(team, team.role));
    },
    create: async (actor, name) => {
      const { userId } = requirePerson(actor);
      const team = newTeam(name, false);
      await db.transaction().execute(async (inside) => {
        await insertTeam(inside, team);
        await addMember(inside, { teamId: team.id, userId, role: 'owner', joinedAt: team.createdAt });
      });
      log.info({ event: 'teamMade', teamId: team.id, userId }, 'Team made');
      return presentTeam(team, 'owner');
    },
    show: (actor, teamId) => show(db, actor, teamId),
    rename: (actor, teamId, name, check) =>
      db.transaction().execute(async (inside) => {
        await authorize(inside, actor, teamId, 'rename');
        await lockTeam(inside, teamId);
        check(await show(inside, actor, teamId));
        await renameTeam(inside, teamId, { name, updatedAt: clock.now() });
        return show(inside, actor, teamId);
      }),
    ensureDemoTeam: async (name) => {
      const team = newTeam(name, true);
      if (await insertDemoTeam(db, team)) return { teamId: team.id, created: true };
      const there = await findDemoTeam(db);
      if (there === undefined) throw new Error('The demo team was there a moment ago and is gone.');
      return { teamId: there.id, created: false };
    },
  };
};

const requireTeam = async (db: Database, teamId: TeamId): Promise<TeamRow> => {
  const team = await findTeam(db, teamId);
  if (team === undefined) throw new AppError('notFound', 'There is no such team, or you are not in it.');
  return team;
};

const show = async (db: Database, actor: Actor, teamId: TeamId): Promise<Team> => {
  const { role } = await authorize(db, actor, teamId, 'show');
  return presentTeam(await requireTeam(db, teamId), role);
};
