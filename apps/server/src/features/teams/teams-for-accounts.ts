import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { newId } from '../../kernel/new-id.ts';
import type { TeamsPort } from '../auth/index.ts';
import { acceptInvitation, isFor } from './accept-invitation.ts';
import { findOpenInvitation } from './invitation-store.ts';
import { addMember } from './membership-store.ts';
import { presentMembership } from './presenter.ts';
import { findOrphanDemoTeam, insertTeam, listTeamsOf } from './team-store.ts';

/** What accounts need of teams, without needing this feature. */
export const createTeamsForAccounts = (deps: { clock: Clock; log: Log }): TeamsPort => ({
  listMemberships: async (db, userId) => (await listTeamsOf(db, userId)).map(presentMembership),
  adoptFirstTeam: async (db, userId) => {
    const now = deps.clock.now();
    const demo = await findOrphanDemoTeam(db);
    const teamId = demo?.id ?? newId('team');
    if (demo === undefined) {
      await insertTeam(db, { id: teamId, name: 'My team', demo: false, createdAt: now, updatedAt: now });
    }
    await addMember(db, { teamId, userId, role: 'owner', joinedAt: now });
  },
  mayAccept: async (db, invitationHash, email) => {
    const invitation = await findOpenInvitation(db, invitationHash, deps.clock.now());
    return invitation !== undefined && isFor(invitation, email);
  },
  accept: (db, invitationHash, person) => acceptInvitation(db, invitationHash, person, deps),
});
