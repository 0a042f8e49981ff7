import type { Me } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import { hashToken } from '../../platform/crypto/token.ts';
import type { RateLimitState } from '../../platform/http/rate-limit.ts';
import type { Account } from './account.ts';
import { toLimitKey } from '../../platform/http/limit-key.ts';
import type { AuthDeps } from './deps.ts';
import type { Client, StartedSession } from './sessions.ts';
import { findUserByEmail, replacePasswordHash, type UserRow } from './user-store.ts';

/** Whoever has just been signed in. */
export interface SignedIn {
  me: Me;
  session: StartedSession;
}

export interface SignIn {
  /**
   * E-mail and password against a session.
   *
   * An unknown e-mail and a wrong password cost the same work and give the same answer.
   * @throws AppError wrongCredentials; tooManyRequests with Retry-After
   */
  withPassword(
    credentials: { email: string; password: string },
    client: Client,
  ): Promise<SignedIn & { limit: RateLimitState }>;
}

/** One address may try this often, over all accounts. */
const addressRule = { name: 'sign-in-address', points: 30, durationSeconds: 15 * 60 };
/** One account may be tried this often, from all addresses. A correct password clears it. */
const emailRule = { name: 'sign-in-email', points: 10, durationSeconds: 15 * 60 };

export const createSignIn = (deps: AuthDeps, account: Account): SignIn => {
  const { db, passwords, sessions, log } = deps;
  const addressLimit = deps.createRateLimiter(addressRule);
  const emailLimit = deps.createRateLimiter(emailRule);

  return {
    withPassword: async ({ email, password }, client) => {
      // The limits come before the hash, so that a flood costs a row and not 19 MiB.
      const ofAddress = await addressLimit.consume(toLimitKey(client.address));
      const emailKey = hashToken(email);
      const ofEmail = await emailLimit.consume(emailKey);

      const user = await findUserByEmail(db, email);
      const { matches, stale } = await passwords.verify(user?.passwordHash ?? null, password);
      if (user === undefined || !matches) {
        log.warn(
          { event: 'signInFailed', userId: user?.id ?? null, address: client.address },
          'Sign-in failed',
        );
        throw new AppError('wrongCredentials', 'There is no account with this e-mail and password.');
      }
      await emailLimit.reset(emailKey);
      if (stale) await rehash(user, password);
      const session = await sessions.start(db, user.id, client);
      log.info(
        { event: 'signedIn', userId: user.id, address: client.address, with: 'password' },
        'Signed in',
      );
      return {
        me: await account.meOf(db, user.id),
        session,
        limit: ofAddress.remaining < ofEmail.remaining ? ofAddress : ofEmail,
      };
    },
  };

  async function rehash(user: UserRow, password: string): Promise<void> {
    if (user.passwordHash === null) return;
    await replacePasswordHash(db, user.id, { from: user.passwordHash, to: await passwords.hash(password) });
  }
};
