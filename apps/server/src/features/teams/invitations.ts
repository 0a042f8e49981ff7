import {
  invitationId as idSchema,
  type Invitation,
  type InvitationId,
  type ListQuery,
  type Role,
  type TeamId,
} from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { newId } from '../../kernel/new-id.ts';
import { hashToken, newToken } from '../../platform/crypto/token.ts';
import type { Client, NewAccount, SignedIn } from '../auth/index.ts';
import { requirePerson } from '../auth/index.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { authorize } from './authorize.ts';
import type { TeamsDeps } from './deps.ts';
import {
  findOpenInvitation,
  insertInvitation,
  listOpenInvitations,
  takeInvitation,
} from './invitation-store.ts';
import { logActor } from './log-actor.ts';
import { cursorId, toPage } from '../../platform/db/keyset-page.ts';
import { mayManage } from './policy.ts';
import { presentInvitation } from './presenter.ts';

const dayMilliseconds = 24 * 60 * 60 * 1000;

export interface Invitations {
  list(
    actor: Actor,
    teamId: TeamId,
    query: ListQuery,
  ): Promise<{ items: Invitation[]; nextCursor: string | null }>;
  /** The link is answered once; its token is in the fragment, so that no server or proxy logs it. */
  create(
    actor: Actor,
    teamId: TeamId,
    want: { email: string | null; role: Role; expiresInDays: number },
  ): Promise<{ invitation: Invitation; url: string }>;
  revoke(actor: Actor, teamId: TeamId, id: InvitationId): Promise<void>;
  /** What a link is for, for anybody who holds it. Throws AppError `linkInvalid`. */
  lookUp(
    token: string,
  ): Promise<{ teamName: string; role: Role; email: string | null; invitedBy: string; expiresAt: string }>;
  /** Joins with the signed-in account, or with a new one, which is then signed in. */
  accept(
    actor: Actor | null,
    want: { token: string; account: NewAccount | null },
    client: Client,
  ): Promise<{ me: SignedIn['me']; session: SignedIn['session'] | null }>;
}

export const createInvitations = (deps: TeamsDeps): Invitations => {
  const { db, clock, log, auth } = deps;
  const requireOpen = async (token: string) => {
    const invitation = await findOpenInvitation(db, hashToken(token), clock.now());
    if (invitation === undefined)
      throw new AppError('linkInvalid', 'There is no open invitation for this link.');
    return invitation;
  };

  const joinAs = async (actor: Actor, tokenHash: string): Promise<SignedIn['me']> => {
    const { userId } = requirePerson(actor);
    return db.transaction().execute(async (inside) => {
      const { user } = await auth.account.meOf(inside, userId);
      await acceptInvitation(inside, tokenHash, { userId, email: user.email }, { clock, log });
      return auth.account.meOf(inside, userId);
    });
  };

  return {
    list: async (actor, teamId, query) => {
      await authorize(db, actor, teamId, 'listInvitations');
      const before = cursorId(query, idSchema);
      const rows = await listOpenInvitations(db, teamId, {
        before,
        limit: query.limit + 1,
        now: clock.now(),
      });
      return toPage(rows, query.limit, (row) => row.id, presentInvitation);
    },
    create: async (actor, teamId, { email, role, expiresInDays }) => {
      const access = await authorize(db, actor, teamId, 'invite');
      if (!mayManage(access.role, role)) {
        throw new AppError('forbidden', `Your role ${access.role} may not give the role ${role}.`);
      }
      const token = newToken();
      const tokenHash = hashToken(token.reveal());
      const now = clock.now();
      const id = newId('inv');
      const expiresAt = new Date(now.getTime() + expiresInDays * dayMilliseconds);
      await insertInvitation(db, {
        id,
        teamId,
        email,
        role,
        tokenHash,
        createdBy: access.userId,
        createdAt: now,
        expiresAt,
      });
      log.info({ event: 'invited', teamId, invitationId: id, role, by: logActor(actor) }, 'Invitation made');
      return {
        invitation: presentInvitation(await requireOpen(token.reveal())),
        url: `${deps.publicUrl()}/invitation#token=${token.reveal()}`,
      };
    },
    revoke: async (actor, teamId, id) => {
      await authorize(db, actor, teamId, 'revokeInvitation');
      if (!(await takeInvitation(db, teamId, id))) {
        throw new AppError('notFound', 'There is no such invitation in this team.');
      }
      log.info(
        { event: 'invitationRevoked', teamId, invitationId: id, by: logActor(actor) },
        'Invitation revoked',
      );
    },
    lookUp: async (token) => {
      const { teamName, role, email, invitedBy, expiresAt } = await requireOpen(token);
      return { teamName, role, email, invitedBy, expiresAt: expiresAt.toISOString() };
    },
    accept: async (actor, { token, account }, client) => {
      const tokenHash = hashToken(token);
      if (actor !== null) {
        if (account !== null) {
          throw new AppError(
            'invalidRequest',
            'You are signed in: join with that account, or sign out first.',
            {
              errors: [{ path: 'account', message: 'is for those who are not signed in' }],
            },
          );
        }
        return { me: await joinAs(actor, tokenHash), session: null };
      }
      if (account === null) throw new AppError('notSignedIn', 'Sign in, or send a new account.');
      // Before the hash, so that a guess costs nothing.
      await requireOpen(token);
      const passwordHash = await auth.account.hashPassword(account.password);
      return db.transaction().execute(async (inside) => {
        const user = await auth.account.register(inside, {
          email: account.email,
          name: account.name,
          passwordHash,
        });
        await acceptInvitation(inside, tokenHash, { userId: user.id, email: user.email }, { clock, log });
        const session = await auth.sessions.start(inside, user.id, client);
        return { me: await auth.account.meOf(inside, user.id), session };
      });
    },
  };
};
