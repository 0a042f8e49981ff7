import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import {
  createAuthentication,
  createAuthService,
  createSessions,
  registerAuthRoutes,
  sessionCookie,
  type AuthService,
  type OidcSettings,
} from '../../apps/server/src/features/auth/index.ts';
import {
  createTeamsForAccounts,
  createTeamsService,
  registerTeamsRoutes,
  type TeamsService,
} from '../../apps/server/src/features/teams/index.ts';
import { systemClock, type Clock } from '../../apps/server/src/kernel/clock.ts';
import { silentLog, type Log } from '../../apps/server/src/kernel/log.ts';
import { createPasswords } from '../../apps/server/src/platform/crypto/password.ts';
import { createDatabaseRateLimiter, type Database } from '../../apps/server/src/platform/db/index.ts';
import { createHttpServer } from '../../apps/server/src/platform/http/create-http-server.ts';

/** Cheap enough for hundreds of accounts; the real cost has its own test. */
export const testPasswords = () =>
  createPasswords({ cost: { memoryKibibytes: 64, passes: 1, parallelism: 1 } });

export interface AccountsApp extends AsyncDisposable {
  app: FastifyInstance;
  auth: AuthService;
  teams: TeamsService;
  publicUrl: string;
}

interface AccountsAppOptions {
  db: Database;
  clock?: Clock;
  log?: Log;
  publicUrl?: string;
  oidc?: OidcSettings;
  passwords?: ReturnType<typeof createPasswords>;
}

/** Accounts and teams over HTTP, in this process, without the rest of the server. */
export const createAccountsApp = async (options: AccountsAppOptions): Promise<AccountsApp> => {
  const { db, clock = systemClock, log = silentLog, publicUrl = 'http://localhost:7400' } = options;
  const sessions = createSessions({ db, clock });
  const auth = createAuthService({
    db,
    clock,
    log,
    sessions,
    passwords: options.passwords ?? testPasswords(),
    teams: createTeamsForAccounts({ clock, log }),
    createRateLimiter: createDatabaseRateLimiter(db),
    publicUrl: () => publicUrl,
    imagesUrl: () => 'http://localhost:7401',
    version: '0.0.0',
    demo: false,
    sendsMail: false,
    oidc: options.oidc ?? null,
  });
  const teams = createTeamsService({ db, clock, log, auth, publicUrl: () => publicUrl });
  const app = await createHttpServer({
    log: pino({ level: 'silent' }),
    bindHost: '127.0.0.1',
    publicUrl,
    imagesUrl: 'http://localhost:7401',
    trustProxy: false,
    authenticate: createAuthentication({
      sessions,
      findApiKey: (key) => teams.apiKeys.find(key),
      publicUrl: () => publicUrl,
    }),
  });
  registerAuthRoutes(app, auth);
  registerTeamsRoutes(app, teams, auth);
  await app.ready();
  return { app, auth, teams, publicUrl, [Symbol.asyncDispose]: () => app.close() };
};

interface BrowserCall {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  body?: object;
  headers?: Record<string, string>;
  /** Where the request seems to come from. */
  address?: string;
}

export interface Browser {
  call(call: BrowserCall): Promise<LightMyRequestResponse>;
  cookies: Map<string, string>;
  /** The token of its session, if it has one. */
  token(): string | undefined;
}

/** A browser on the app's own origin: keeps cookies, sends Origin. */
export const createBrowser = ({ app, publicUrl }: AccountsApp): Browser => {
  const cookies = new Map<string, string>();
  return {
    cookies,
    token: () => cookies.get(sessionCookie),
    call: async ({ method = 'GET', url, body, headers, address }) => {
      const response = await app.inject({
        method,
        url,
        headers: {
          host: new URL(publicUrl).host,
          origin: new URL(publicUrl).origin,
          ...(cookies.size === 0
            ? {}
            : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: body }),
        ...(address === undefined ? {} : { remoteAddress: address }),
      });
      for (const { name, value } of response.cookies) {
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    },
  };
};

export const tokenOf = (url: string): string => new URL(url).hash.replace('#token=', '');

/** The first owner, made with the link, signed in. */
export const signUpOwner = async (
  app: AccountsApp,
  email = 'owner@example.com',
): Promise<{ browser: Browser; userId: string; teamId: string }> => {
  const browser = createBrowser(app);
  const link = await app.auth.ensureOwnerLink();
  if (link === null) throw new Error('There is an owner already.');
  const response = await browser.call({
    method: 'POST',
    url: '/api/v1/setup',
    body: { token: tokenOf(link), email, name: 'Olga Owner', password: ownerPassword },
  });
  if (response.statusCode !== 201) throw new Error(response.body);
  const { user, memberships } = response.json();
  return { browser, userId: user.id, teamId: memberships[0].teamId };
};

export const ownerPassword = 'correct horse battery';

/** A new person who joins through an invitation that `inviter` makes. */
export const signUpMember = async (
  app: AccountsApp,
  inviter: Browser,
  teamId: string,
  role: 'owner' | 'admin' | 'member',
  email: string,
): Promise<{ browser: Browser; userId: string }> => {
  const made = await inviter.call({
    method: 'POST',
    url: `/api/v1/teams/${teamId}/invitations`,
    body: { role },
  });
  if (made.statusCode !== 201) throw new Error(made.body);
  const browser = createBrowser(app);
  const joined = await browser.call({
    method: 'POST',
    url: '/api/v1/invitations/accept',
    body: {
      token: tokenOf(made.json().url),
      account: { email, name: email.replace(/@.*/, ''), password: 'a password of its own' },
    },
  });
  if (joined.statusCode !== 201) throw new Error(joined.body);
  return { browser, userId: joined.json().user.id };
};
