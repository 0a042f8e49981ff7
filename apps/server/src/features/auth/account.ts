import type { Me, Session, SessionId, UserId } from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { newId } from '../../kernel/new-id.ts';
import type { Database } from '../../platform/db/index.ts';
import type { AuthDeps } from './deps.ts';
import { requirePerson } from './person.ts';
import { presentMe, presentSession } from './presenter.ts';
import type { Client, StartedSession } from './sessions.ts';
import { findUser, insertUser, updateUser, type UserRow } from './user-store.ts';

/** A new account as the contract takes it: e-mail in lower case. */
export interface NewAccount {
  email: string;
  name: string;
  password: string;
}

export interface Account {
  me(actor: Actor): Promise<Me>;
  /** The same for somebody who is just being signed in, inside the transaction that does it. */
  meOf(db: Database, userId: UserId): Promise<Me>;
  rename(actor: Actor, name: string): Promise<Me>;
  /** Ends every session of the person, also this one, and starts a new one. */
  changePassword(
    actor: Actor,
    passwords: { currentPassword: string; newPassword: string },
    client: Client,
  ): Promise<StartedSession>;
  listSessions(actor: Actor): Promise<Session[]>;
  /** @throws AppError notFound, also for another person's session */
  revokeSession(actor: Actor, id: SessionId): Promise<void>;
  signOut(actor: Actor): Promise<void>;
  /** Costs a password hash; call it before a transaction begins. */
  hashPassword(password: string): Promise<string>;
  /** @throws AppError conflict when the e-mail is taken; the transaction is then lost */
  register(
    db: Database,
    account: { email: string; name: string; passwordHash: string | null },
  ): Promise<UserRow>;
}

/** What a person does with their own account. */
export const createAccount = (deps: AuthDeps): Account => {
  const { db, clock, passwords, sessions, teams, log } = deps;
  const changeLimit = deps.createRateLimiter({
    name: 'change-password',
    points: 10,
    durationSeconds: 15 * 60,
  });

  const meOf = async (inside: Database, userId: UserId): Promise<Me> =>
    presentMe(await requireUser(inside, userId), await teams.listMemberships(inside, userId));

  return {
    meOf,
    me: (actor) => meOf(db, requirePerson(actor).userId),
    rename: async (actor, name) => {
      const { userId } = requirePerson(actor);
      await updateUser(db, userId, { name, updatedAt: clock.now() });
      return meOf(db, userId);
    },
    changePassword: async (actor, { currentPassword, newPassword }, client) => {
      const person = requirePerson(actor);
      await changeLimit.consume(person.userId);
      const user = await requireUser(db, person.userId);
      if (user.passwordHash === null) {
        throw new AppError(
          'conflict',
          'This account has no password: it signs in through the OpenID provider.',
        );
      }
      const { matches } = await passwords.verify(user.passwordHash, currentPassword);
      if (!matches) {
        log.warn(
          { event: 'passwordChangeFailed', userId: user.id, address: client.address },
          'Wrong password',
        );
        throw new AppError('invalidRequest', 'The current password is wrong.', {
          errors: [{ path: 'currentPassword', message: 'is wrong' }],
        });
      }
      const passwordHash = await passwords.hash(newPassword);
      const session = await db.transaction().execute(async (inside) => {
        await updateUser(inside, user.id, { passwordHash, updatedAt: clock.now() });
        await sessions.endAll(inside, user.id);
        return sessions.start(inside, user.id, client);
      });
      log.info({ event: 'passwordChanged', userId: user.id, address: client.address }, 'Password changed');
      return session;
    },
    listSessions: async (actor) => {
      const person = requirePerson(actor);
      const rows = await sessions.list(person.userId);
      return rows.map((row) => presentSession(row, person.sessionId));
    },
    revokeSession: async (actor, id) => {
      const { userId } = requirePerson(actor);
      if (!(await sessions.end(userId, id))) throw new AppError('notFound', 'You have no such session.');
      log.info({ event: 'sessionRevoked', userId, sessionId: id }, 'Session revoked');
    },
    signOut: async (actor) => {
      const { userId, sessionId } = requirePerson(actor);
      await sessions.end(userId, sessionId);
      log.info({ event: 'signedOut', userId, sessionId }, 'Signed out');
    },
    hashPassword: (password) => passwords.hash(password),
    register: async (inside, account) => {
      const now = clock.now();
      const user = { id: newId('usr'), ...account, createdAt: now, updatedAt: now };
      if (!(await insertUser(inside, user))) {
        throw new AppError(
          'conflict',
          'There is an account with this e-mail already: sign in with it first.',
        );
      }
      return user;
    },
  };
};

const requireUser = async (db: Database, id: UserId): Promise<UserRow> => {
  const user = await findUser(db, id);
  if (user === undefined) throw new AppError('notSignedIn', 'This account is gone.');
  return user;
};
