import { email as emailSchema, password as passwordSchema } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { Secret } from '../../kernel/secret.ts';
import { hashToken, newToken } from '../../platform/crypto/token.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Account, NewAccount } from './account.ts';
import type { AuthDeps } from './deps.ts';
import { deleteOwnerLink, hasOwnerLink, replaceOwnerLink, takeOwnerLink } from './link-store.ts';
import type { Client } from './sessions.ts';
import type { SignedIn } from './sign-in.ts';
import { isAnyUser, lockUsers, type UserRow } from './user-store.ts';

export interface OwnerSetup {
  needsOwner(): Promise<boolean>;
  /**
   * A new one-time link for the console, with its token in the fragment so that no server or proxy logs it; null once
   * there is an owner. Only the newest link works.
   *
   * @example 'http://localhost:7400/setup#token=dGhp…'
   */
  ensureOwnerLink(): Promise<string | null>;
  /** Makes the first owner with the link. Throws AppError `alreadySetUp` or `linkInvalid`. */
  createOwner(owner: NewAccount & { token: string }, client: Client): Promise<SignedIn>;
  /** Makes the first owner without a link; false when there is one already. Throws for an e-mail or password that the API would refuse. */
  ensureOwner(owner: { email: string; password: Secret }): Promise<boolean>;
}

export const createOwnerSetup = (deps: AuthDeps, account: Account): OwnerSetup => {
  const { db, clock, teams, sessions, log } = deps;

  const needsOwner = async (): Promise<boolean> => !(await isAnyUser(db));

  /** Within the lock: whoever comes second finds a user. */
  const makeOwner = async (
    inside: Database,
    owner: { email: string; name: string; passwordHash: string },
  ): Promise<UserRow> => {
    const user = await account.register(inside, owner);
    await teams.adoptFirstTeam(inside, user.id);
    await deleteOwnerLink(inside);
    return user;
  };

  return {
    needsOwner,
    ensureOwnerLink: async () => {
      const token = newToken();
      const made = await db.transaction().execute(async (inside) => {
        await lockUsers(inside);
        if (await isAnyUser(inside)) return false;
        await replaceOwnerLink(inside, { tokenHash: hashToken(token.reveal()), createdAt: clock.now() });
        return true;
      });
      return made ? `${deps.publicUrl()}/setup#token=${token.reveal()}` : null;
    },
    createOwner: async ({ token, email, name, password }, client) => {
      const tokenHash = hashToken(token);
      if (!(await needsOwner())) throw alreadySetUp();
      // Before the hash, so that a guess costs nothing.
      if (!(await hasOwnerLink(db, tokenHash))) throw linkInvalid();
      const passwordHash = await account.hashPassword(password);
      const signedIn = await db.transaction().execute(async (inside) => {
        await lockUsers(inside);
        if (await isAnyUser(inside)) throw alreadySetUp();
        if (!(await takeOwnerLink(inside, tokenHash))) throw linkInvalid();
        const user = await makeOwner(inside, { email, name, passwordHash });
        const session = await sessions.start(inside, user.id, client);
        return { me: await account.meOf(inside, user.id), session };
      });
      log.info(
        { event: 'ownerMade', userId: signedIn.me.user.id, address: client.address, with: 'link' },
        'The first owner was made',
      );
      return signedIn;
    },
    ensureOwner: async ({ email, password }) => {
      if (!(await needsOwner())) return false;
      const address = emailSchema.parse(email);
      const passwordHash = await account.hashPassword(passwordSchema.parse(password.reveal()));
      const owner = await db.transaction().execute(async (inside) => {
        await lockUsers(inside);
        if (await isAnyUser(inside)) return null;
        return makeOwner(inside, { email: address, name: address.replace(/@.*$/, ''), passwordHash });
      });
      if (owner !== null) {
        log.info({ event: 'ownerMade', userId: owner.id, with: 'configuration' }, 'The first owner was made');
      }
      return owner !== null;
    },
  };
};

const alreadySetUp = (): AppError => new AppError('alreadySetUp', 'This server has its owner.');
const linkInvalid = (): AppError =>
  new AppError('linkInvalid', 'This is not the newest link: each start of the server prints a new one.');
