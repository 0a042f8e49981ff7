import { email as emailSchema, personName } from '@windlass/contract';
import type { Secret } from '../../kernel/secret.ts';
import { hashToken, newToken } from '../../platform/crypto/token.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Account } from './account.ts';
import { toLimitKey } from '../../platform/http/limit-key.ts';
import type { AuthDeps } from './deps.ts';
import { insertOidcAttempt, takeOidcAttempt } from './link-store.ts';
import { createOidcProvider, type OidcPerson, type OidcProvider } from './oidc-provider.ts';
import { toOwnPath } from './own-path.ts';
import type { Client, StartedSession } from './sessions.ts';
import { findUserByEmail, findUserByIdentity, insertIdentity, type UserRow } from './user-store.ts';

export const attemptSeconds = 10 * 60;
export const callbackPath = '/auth/oidc/callback';
const invitationPath = '/invitation';

/** Why a person comes back to the sign-in page, as `?error=`. */
export const oidcFailures = [
  /** The provider was away or its answer did not hold. */
  'oidcFailed',
  /** The person said no at the provider. */
  'oidcDenied',
  /** No attempt of this browser: too old, used, or begun elsewhere. */
  'oidcExpired',
  /** The provider does not vouch for the e-mail. */
  'oidcEmailUnverified',
  /** Neither an account nor an invitation. */
  'oidcNotInvited',
] as const;
export type OidcFailure = (typeof oidcFailures)[number];

type OidcOutcome =
  | { kind: 'signedIn'; session: StartedSession; returnTo: string }
  | { kind: 'failed'; failure: OidcFailure };

export interface OidcSignIn {
  /** Begins at the provider. `browserToken` goes into a cookie: only that browser can finish. */
  begin(
    want: { next: string | undefined; invitationToken: string | undefined },
    client: Client,
  ): Promise<{ kind: 'redirect'; url: URL; browserToken: Secret } | { kind: 'failed'; failure: OidcFailure }>;
  /** @param pathAndQuery of the callback as the browser asked for it */
  finish(pathAndQuery: string, browserToken: string | undefined, client: Client): Promise<OidcOutcome>;
}

/** Sign-in through the configured provider; null where none is. */
export const createOidcSignIn = (deps: AuthDeps, account: Account): OidcSignIn | null => {
  if (deps.oidc === null) return null;
  const { db, clock, log, sessions } = deps;
  const provider = createOidcProvider(deps.oidc, clock);
  const startLimit = deps.createRateLimiter({ name: 'oidc-start', points: 60, durationSeconds: 15 * 60 });

  const fail = (
    failure: OidcFailure,
    client: Client,
    error?: unknown,
  ): { kind: 'failed'; failure: OidcFailure } => {
    log.warn(
      { event: 'signInFailed', with: 'oidc', failure, address: client.address, reason: reasonOf(error) },
      'Sign-in failed',
    );
    return { kind: 'failed', failure };
  };

  return {
    begin: async ({ next, invitationToken }, client) => {
      await startLimit.consume(toLimitKey(client.address));
      let begun: Awaited<ReturnType<OidcProvider['begin']>>;
      try {
        begun = await provider.begin(`${deps.publicUrl()}${callbackPath}`);
      } catch (error) {
        return fail('oidcFailed', client, error);
      }
      const browserToken = newToken();
      const returnTo = toOwnPath(next);
      const now = clock.now();
      const attempt = {
        browserHash: hashToken(browserToken.reveal()),
        state: begun.state,
        nonce: begun.nonce,
        codeVerifier: begun.codeVerifier,
        returnTo,
        // Only the page of the invitation means it.
        invitationHash:
          invitationToken === undefined || !returnTo.startsWith(invitationPath)
            ? null
            : hashToken(invitationToken),
        expiresAt: new Date(now.getTime() + attemptSeconds * 1000),
      };
      await insertOidcAttempt(db, attempt);
      return { kind: 'redirect', url: begun.url, browserToken };
    },
    finish: async (pathAndQuery, browserToken, client) => {
      const attempt =
        browserToken === undefined ? null : await takeOidcAttempt(db, hashToken(browserToken), clock.now());
      if (attempt === null) return fail('oidcExpired', client);
      const callbackUrl = new URL(pathAndQuery, deps.publicUrl());
      let person: OidcPerson;
      try {
        person = await provider.finish(callbackUrl, attempt);
      } catch (error) {
        const denied = callbackUrl.searchParams.get('error') === 'access_denied';
        return fail(denied ? 'oidcDenied' : 'oidcFailed', client, error);
      }
      const found = await db
        .transaction()
        .execute((inside) => findOrInvite(inside, person, attempt.invitationHash));
      if (typeof found === 'string') return fail(found, client);
      const session = await sessions.start(db, found.user.id, client);
      log.info(
        { event: 'signedIn', userId: found.user.id, address: client.address, with: 'oidc' },
        'Signed in',
      );
      // An invitation that was used up has nothing more to show.
      return { kind: 'signedIn', session, returnTo: found.joined ? '/' : attempt.returnTo };
    },
  };

  async function findOrInvite(
    inside: Database,
    person: OidcPerson,
    invitationHash: string | null,
  ): Promise<{ user: UserRow; joined: boolean } | OidcFailure> {
    const linked = await findUserByIdentity(inside, person);
    if (linked !== undefined) return { user: linked, joined: false };

    const email = emailSchema.safeParse(person.verifiedEmail);
    if (!email.success) return 'oidcEmailUnverified';
    const known = await findUserByEmail(inside, email.data);
    if (known !== undefined) {
      await link(inside, person, known);
      return { user: known, joined: false };
    }
    if (invitationHash === null || !(await deps.teams.mayAccept(inside, invitationHash, email.data))) {
      return 'oidcNotInvited';
    }
    const name = personName.safeParse(person.name);
    const user = await account.register(inside, {
      email: email.data,
      name: name.success ? name.data : email.data.replace(/@.*$/, ''),
      passwordHash: null,
    });
    await link(inside, person, user);
    await deps.teams.accept(inside, invitationHash, { userId: user.id, email: user.email });
    return { user, joined: true };
  }

  async function link(inside: Database, person: OidcPerson, user: UserRow): Promise<void> {
    const { issuer, subject } = person;
    await insertIdentity(inside, { issuer, subject, userId: user.id, createdAt: clock.now() });
    log.info({ event: 'identityLinked', userId: user.id, issuer }, 'Linked an account of the provider');
  }
};

/** The texts of an error and its cause. Never the whole error: openid-client hangs the provider's answer, tokens and all, on some. */
const reasonOf = (error: unknown): string | null => {
  if (!(error instanceof Error)) return null;
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
};
