import {
  userId as userIdSchema,
  type ListQuery,
  type Member,
  type Role,
  type TeamId,
  type UserId,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Access } from './access.ts';
import { authorize } from './authorize.ts';
import type { TeamsDeps } from './deps.ts';
import { deleteInvitationsBy } from './invitation-store.ts';
import { logActor } from './log-actor.ts';
import {
  countOwners,
  deleteMember,
  findMember,
  listMembers,
  setRole,
  type MemberRow,
} from './membership-store.ts';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { mayManage } from './policy.ts';
import { presentMember } from './presenter.ts';
import { lockTeam } from './team-store.ts';

export interface Members {
  list(
    actor: Actor,
    teamId: TeamId,
    query: ListQuery,
  ): Promise<{ items: Member[]; nextCursor: string | null }>;
  /** @throws AppError forbidden for a role above one's own; lastOwner */
  changeRole(actor: Actor, teamId: TeamId, userId: UserId, role: Role): Promise<Member>;
  /**
   * Removes a member, or leaves. Their access ends with their next request, and so do their open invitations. API keys
   * that they made stay: a key belongs to the team, often to a program that must go on. The list says who made each.
   *
   * @throws AppError forbidden for a role above one's own; lastOwner
   */
  remove(actor: Actor, teamId: TeamId, userId: UserId): Promise<void>;
}

export const createMembers = ({ db, log }: TeamsDeps): Members => {
  /** Rights are read again under the lock: of two owners who demote each other, the second is an owner no more. */
  const inLockedTeam = <Result>(
    actor: Actor,
    teamId: TeamId,
    action: 'changeRole' | 'removeMember' | 'leave',
    work: (inside: Database, access: Access) => Promise<Result>,
  ): Promise<Result> =>
    db.transaction().execute(async (inside) => {
      await authorize(inside, actor, teamId, action);
      await lockTeam(inside, teamId);
      return work(inside, await authorize(inside, actor, teamId, action));
    });

  return {
    list: async (actor, teamId, query) => {
      await authorize(db, actor, teamId, 'listMembers');
      const after = cursorId(query, userIdSchema);
      const rows = await listMembers(db, teamId, { after, limit: query.limit + 1 });
      return toPage(rows, query.limit, (row) => row.userId, presentMember);
    },
    changeRole: (actor, teamId, userId, role) =>
      inLockedTeam(actor, teamId, 'changeRole', async (inside, access) => {
        const member = await requireMember(inside, teamId, userId);
        refuseAbove(access.role, member.role, 'change');
        refuseAbove(access.role, role, 'give');
        if (role !== 'owner') await keepAnOwner(inside, teamId, member);
        await setRole(inside, teamId, userId, role);
        log.info(
          {
            event: 'roleChanged',
            teamId,
            memberId: userId,
            from: member.role,
            to: role,
            by: logActor(actor),
          },
          'Role changed',
        );
        return presentMember({ ...member, role });
      }),
    remove: (actor, teamId, userId) => {
      const leaving = actor.kind === 'user' && actor.userId === userId;
      return inLockedTeam(actor, teamId, leaving ? 'leave' : 'removeMember', async (inside, access) => {
        const member = await requireMember(inside, teamId, userId);
        if (!leaving) refuseAbove(access.role, member.role, 'remove');
        await keepAnOwner(inside, teamId, member);
        await deleteInvitationsBy(inside, teamId, userId);
        await deleteMember(inside, teamId, userId);
        log.info({ event: 'memberRemoved', teamId, memberId: userId, by: logActor(actor) }, 'Member removed');
      });
    },
  };
};

const requireMember = async (db: Database, teamId: TeamId, userId: UserId): Promise<MemberRow> => {
  const member = await findMember(db, teamId, userId);
  if (member === undefined) throw new AppError('notFound', 'There is no such member in this team.');
  return member;
};

const refuseAbove = (own: Role, other: Role, verb: string): void => {
  if (!mayManage(own, other)) {
    throw new AppError('forbidden', `Your role ${own} may not ${verb} the role ${other}.`);
  }
};

/** Under the team's lock, so that two owners cannot go at once. */
const keepAnOwner = async (db: Database, teamId: TeamId, member: MemberRow): Promise<void> => {
  if (member.role === 'owner' && (await countOwners(db, teamId)) === 1) {
    throw new AppError('lastOwner', `${member.name} is the only owner of this team.`);
  }
};
