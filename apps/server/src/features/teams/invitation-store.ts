import { roles, type InvitationId, type Role, type TeamId, type UserId } from '@windlass/contract';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';
import { manageableRoles } from './policy.ts';

export type InvitationRow = Selectable<Tables['invitations']>;

/** An invitation that still works, with the names that a person needs to see. */
export interface OpenInvitation {
  id: InvitationId;
  teamId: TeamId;
  teamName: string;
  email: string | null;
  role: Role;
  createdAt: Date;
  expiresAt: Date;
  invitedBy: string;
}

export const insertInvitation = async (db: Database, invitation: InvitationRow): Promise<void> => {
  await db.insertInto('invitations').values(invitation).execute();
};

/** Index: invitations_token_key. */
export const findOpenInvitation = (
  db: Database,
  tokenHash: string,
  now: Date,
): Promise<OpenInvitation | undefined> =>
  selectOpen(db, now).where('invitations.tokenHash', '=', tokenHash).executeTakeFirst();

/** One page, newest first. Index: invitations_team. */
export const listOpenInvitations = (
  db: Database,
  teamId: TeamId,
  page: { before: InvitationId | null; limit: number; now: Date },
): Promise<OpenInvitation[]> => {
  const query = selectOpen(db, page.now)
    .where('invitations.teamId', '=', teamId)
    .orderBy('invitations.id', 'desc')
    .limit(page.limit);
  return (page.before === null ? query : query.where('invitations.id', '<', page.before)).execute();
};

/** An invitation works as long as its maker could still make it: who is removed or demoted invites nobody any more. */
const selectOpen = (db: Database, now: Date) =>
  db
    .selectFrom('invitations')
    .innerJoin('teams', 'teams.id', 'invitations.teamId')
    .innerJoin('users', 'users.id', 'invitations.createdBy')
    .innerJoin('memberships', (join) =>
      join
        .onRef('memberships.teamId', '=', 'invitations.teamId')
        .onRef('memberships.userId', '=', 'invitations.createdBy'),
    )
    .select([
      'invitations.id',
      'invitations.teamId',
      'teams.name as teamName',
      'invitations.email',
      'invitations.role',
      'invitations.createdAt',
      'invitations.expiresAt',
      'users.name as invitedBy',
    ])
    .where('invitations.expiresAt', '>', now)
    .where((of) =>
      of.or(
        roles
          .filter((role) => manageableRoles[role].length > 0)
          .map((role) =>
            of.and([
              of('memberships.role', '=', role),
              of('invitations.role', 'in', [...manageableRoles[role]]),
            ]),
          ),
      ),
    );

/** Uses the invitation up. False when somebody else was first. */
export const takeInvitation = async (db: Database, teamId: TeamId, id: InvitationId): Promise<boolean> => {
  const result = await db
    .deleteFrom('invitations')
    .where('id', '=', id)
    .where('teamId', '=', teamId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
};

/** Index: invitations_team. */
export const deleteInvitationsBy = async (db: Database, teamId: TeamId, createdBy: UserId): Promise<void> => {
  await db
    .deleteFrom('invitations')
    .where('teamId', '=', teamId)
    .where('createdBy', '=', createdBy)
    .execute();
};
