import type { UserId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Database } from '../../platform/db/index.ts';
import { findOpenInvitation, takeInvitation, type OpenInvitation } from './invitation-store.ts';
import { addMember } from './membership-store.ts';

/** True when the invitation is for anybody, or for this e-mail. */
export const isFor = (invitation: Pick<OpenInvitation, 'email'>, email: string): boolean =>
  invitation.email === null || invitation.email === email;

/**
 * Uses an invitation up and makes the person a member, inside the caller's transaction. Of two who accept at once,
 * one deletes the row; the other finds it gone.
 *
 * @throws AppError linkInvalid; conflict when the person is in the team already, which leaves the invitation open
 */
export const acceptInvitation = async (
  db: Database,
  tokenHash: string,
  person: { userId: UserId; email: string },
  { clock, log }: { clock: Clock; log: Log },
): Promise<void> => {
  const now = clock.now();
  const invitation = await findOpenInvitation(db, tokenHash, now);
  if (invitation === undefined) throw linkInvalid();
  if (!isFor(invitation, person.email)) {
    throw new AppError('linkInvalid', 'This invitation is for another e-mail address.');
  }
  if (!(await takeInvitation(db, invitation.teamId, invitation.id))) throw linkInvalid();
  const { teamId, role } = invitation;
  if (!(await addMember(db, { teamId, userId: person.userId, role, joinedAt: now }))) {
    throw new AppError('conflict', 'You are in this team already.');
  }
  log.info({ event: 'joined', teamId, userId: person.userId, role, invitationId: invitation.id }, 'Joined');
};

const linkInvalid = (): AppError => new AppError('linkInvalid', 'There is no open invitation for this link.');
