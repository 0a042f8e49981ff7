import { inspect } from 'node:util';
import { Events, OAuth2Server } from 'oauth2-mock-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createAccountsApp,
  createBrowser,
  signUpOwner,
  tokenOf,
  type AccountsApp,
  type Browser,
} from '../../../../../tests/support/accounts-app.ts';
import { createMovingClock } from '../../../../../tests/support/moving-clock.ts';
import { createRecordingLog } from '../../../../../tests/support/recording-log.ts';
import { createTestDatabase } from '../../../../../tests/support/test-database.ts';
import { systemClock } from '../../kernel/clock.ts';
import { Secret } from '../../kernel/secret.ts';
import { createOidcProvider } from './oidc-provider.ts';

const clientId = 'windlass';
const issuer = new OAuth2Server();
/** What the provider says of the person in the next sign-in. */
let claims: Record<string, unknown> = {};
/** What the provider answers at userinfo. */
let profile: Record<string, unknown> = { sub: 'subject-1' };

beforeAll(async () => {
  await issuer.issuer.keys.generate('RS256');
  await issuer.start(0, '127.0.0.1');
  issuer.service.on(Events.BeforeTokenSigning, (token: { payload: Record<string, unknown> }) => {
    if (token.payload['aud'] === clientId) Object.assign(token.payload, claims);
  });
  issuer.service.on(Events.BeforeUserinfo, (answer: { body: unknown }) => {
    answer.body = profile;
  });
});
afterAll(() => issuer.stop());

const settings = () => ({
  issuer: new URL(issuer.issuer.url ?? ''),
  clientId,
  clientSecret: new Secret('the client secret'),
  name: 'Company account',
});
const person = (more: object = {}) => ({
  sub: 'subject-1',
  email: 'Pat@Example.com',
  email_verified: true,
  name: 'Pat',
  ...more,
});

const at = (issuerUrl: string) => () =>
  createOidcProvider({ ...settings(), issuer: new URL(issuerUrl) }, systemClock);

/** Follows the browser to the provider and back; answers with the callback's path and query. */
const goToProvider = async (browser: Browser, next = '/sources'): Promise<string> => {
  const start = await browser.call({ url: `/auth/oidc/start?next=${encodeURIComponent(next)}` });
  expect(start.statusCode).toBe(302);
  const there = await fetch(String(start.headers.location), { redirect: 'manual' });
  const back = new URL(there.headers.get('location') ?? '');
  expect(back.pathname).toBe('/auth/oidc/callback');
  return `${back.pathname}${back.search}`;
};
const signIn = async (browser: Browser, next?: string): Promise<string> => {
  const back = await browser.call({ url: await goToProvider(browser, next) });
  expect(back.statusCode).toBe(302);
  return String(back.headers.location);
};
const location = async (browser: Browser, url: string) => (await browser.call({ url })).headers.location;
const me = async (browser: Browser) => browser.call({ url: '/api/v1/me' });

const setUp = async (app: AccountsApp) => {
  const owner = await signUpOwner(app);
  const invite = async (body: object) => {
    const made = await owner.browser.call({
      method: 'POST',
      url: `/api/v1/teams/${owner.teamId}/invitations`,
      body: { role: 'member', ...body },
    });
    return tokenOf(made.json().url);
  };
  return { owner, invite };
};

test('asks the provider with PKCE, state and nonce, bound to this browser', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp({ ...database, oidc: settings() });
  const browser = createBrowser(app);
  expect((await browser.call({ url: '/api/v1/setup' })).json().oidc).toEqual({
    name: 'Company account',
    startUrl: '/auth/oidc/start',
  });
  const start = await browser.call({ url: '/auth/oidc/start' });
  const asked = new URL(String(start.headers.location)).searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: 'http://localhost:7400/auth/oidc/callback',
    code_challenge_method: 'S256',
  });
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
  expect(start.cookies[0]).toMatchObject({
    name: 'windlass_oidc',
    httpOnly: true,
    sameSite: 'Lax',
    path: '/auth/oidc',
  });
});

test('signs in whoever has an account with the verified e-mail, and knows them by subject afterwards', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp({ ...database, oidc: settings() });
  const owner = await signUpOwner(app, 'pat@example.com');
  claims = person();
  const browser = createBrowser(app);
  expect(await signIn(browser, '/sources?x=1')).toBe('/sources?x=1');
  expect((await me(browser)).json().user.id).toBe(owner.userId);

  claims = person({ email: 'renamed@example.com', email_verified: false });
  const later = createBrowser(app);
  expect(await signIn(later)).toBe('/sources');
  expect((await me(later)).json().user.id).toBe(owner.userId);
});

test.each([
  ['unverified', { email_verified: false }, 'oidcEmailUnverified'],
  ['verified in words only', { email_verified: 'true' }, 'oidcEmailUnverified'],
  ['missing', { email: undefined }, 'oidcEmailUnverified'],
  ['of a stranger', { email: 'stranger@example.com' }, 'oidcNotInvited'],
])('lets nobody in whose e-mail is %s', async (_, more, failure) => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp({ ...database, oidc: settings() });
  await signUpOwner(app, 'pat@example.com');
  claims = person(more);
  const browser = createBrowser(app);
  expect(await signIn(browser)).toBe(`/sign-in?error=${failure}`);
  expect(browser.token()).toBeUndefined();
  expect((await database.db.selectFrom('users').select('id').execute()).length).toBe(1);
});

test('asks userinfo where the ID token has no e-mail, and believes only what is about the same subject', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp({ ...database, oidc: settings() });
  await signUpOwner(app, 'pat@example.com');
  claims = person({ email: undefined, email_verified: undefined });
  profile = { ...person(), sub: 'somebody else' };
  expect(await signIn(createBrowser(app))).toBe('/sign-in?error=oidcFailed');
  profile = person();
  expect(await signIn(createBrowser(app))).toBe('/sources');
});

test('makes an account for whoever comes with an invitation', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp({ ...database, oidc: settings() });
  const { owner, invite } = await setUp(app);
  const token = await invite({});
  claims = person();
  const browser = createBrowser(app);
  await browser.call({ method: 'POST', url: '/api/v1/invitations/look-up', body: { token } });
  expect(await signIn(browser, '/invitation')).toBe('/');
  expect((await me(browser)).json()).toMatchObject({
    user: { email: 'pat@example.com', name: 'Pat', hasPassword: false },
    memberships: [{ teamId: owner.teamId, role: 'member' }],
  });
  const used = await browser.call({ method: 'POST', url: '/api/v1/invitations/look-up', body: { token } });
  expect(used.json().code).toBe('linkInvalid');
  const change = await browser.call({
    method: 'PUT',
    url: '/api/v1/me/password',
    body: { currentPassword: '', newPassword: 'a brand new password' },
  });
  expect(change.json().code).toBe('conflict');
});

test('an invitation for another e-mail, or one that was only looked at, makes no account', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp({ ...database, oidc: settings() });
  const { invite } = await setUp(app);
  claims = person();
  const bound = createBrowser(app);
  const token = await invite({ email: 'somebody@example.com' });
  await bound.call({ method: 'POST', url: '/api/v1/invitations/look-up', body: { token } });
  expect(await signIn(bound, '/invitation')).toBe('/sign-in?error=oidcNotInvited');

  const curious = createBrowser(app);
  const open = await invite({});
  await curious.call({ method: 'POST', url: '/api/v1/invitations/look-up', body: { token: open } });
  expect(await signIn(curious, '/')).toBe('/sign-in?error=oidcNotInvited');
});

test('a callback works once, in the browser that began, within ten minutes, with its own state', async () => {
  await using database = await createTestDatabase();
  const clock = createMovingClock();
  await using app = await createAccountsApp({ ...database, clock, oidc: settings() });
  await signUpOwner(app, 'pat@example.com');
  claims = person();
  const expired = '/sign-in?error=oidcExpired';

  const browser = createBrowser(app);
  const callback = await goToProvider(browser);
  // An attacker hands their own callback to a victim.
  expect(await location(createBrowser(app), callback)).toBe(expired);
  const cookie = browser.cookies.get('windlass_oidc') ?? '';
  expect(await location(browser, callback)).toBe('/sources');
  browser.cookies.set('windlass_oidc', cookie);
  expect(await location(browser, callback)).toBe(expired);

  const slow = createBrowser(app);
  const late = await goToProvider(slow);
  clock.forward({ minutes: 10, seconds: 1 });
  expect(await location(slow, late)).toBe(expired);

  const forged = createBrowser(app);
  const wrong = (await goToProvider(forged)).replace(/state=[^&]+/, 'state=another');
  expect(await location(forged, wrong)).toBe('/sign-in?error=oidcFailed');

  const refused = createBrowser(app);
  const state = new URL(await goToProvider(refused), 'http://own').searchParams.get('state');
  const denied = `/auth/oidc/callback?error=access_denied&state=${state}`;
  expect(await location(refused, denied)).toBe('/sign-in?error=oidcDenied');
});

test('a replayed nonce, another audience or a bent signature signs nobody in, and leaves no token in the log', async () => {
  await using database = await createTestDatabase();
  const log = createRecordingLog();
  await using app = await createAccountsApp({ ...database, log, oidc: settings() });
  await signUpOwner(app, 'pat@example.com');
  for (const bad of [{ nonce: 'of another day' }, { aud: 'another app' }, { iss: 'https://evil.example' }]) {
    claims = person(bad);
    expect(await signIn(createBrowser(app))).toBe('/sign-in?error=oidcFailed');
  }
  claims = person();
  issuer.service.once(Events.BeforeResponse, (answer: { body: Record<string, unknown> }) => {
    answer.body['id_token'] = String(answer.body['id_token']).replace(/\.[^.]{20}/, '.eyJzdWIiOiJzdWJqZWN0');
  });
  expect(await signIn(createBrowser(app))).toBe('/sign-in?error=oidcFailed');
  const failed = log.lines.filter(({ facts }) => facts['event'] === 'signInFailed');
  expect(failed).toHaveLength(4);
  for (const { facts } of failed) expect(facts['reason']).toEqual(expect.any(String));
  expect(inspect(log.lines, { depth: 10 })).not.toMatch(/eyJ[\w-]+\.|the client secret/);
});

test('never redirects off our origin', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp({ ...database, oidc: settings() });
  await signUpOwner(app, 'pat@example.com');
  claims = person();
  expect(await signIn(createBrowser(app), '//evil.example')).toBe('/');
});

test('a provider that is away is a clear failure, and is asked again next time', async () => {
  await using database = await createTestDatabase();
  const away = new OAuth2Server();
  await away.issuer.keys.generate('RS256');
  await away.start(0, '127.0.0.1');
  const url = new URL(away.issuer.url ?? '');
  await away.stop();
  await using app = await createAccountsApp({ ...database, oidc: { ...settings(), issuer: url } });
  const start = () => createBrowser(app).call({ url: '/auth/oidc/start' });
  expect((await start()).headers.location).toBe('/sign-in?error=oidcFailed');
  await away.start(Number(url.port), '127.0.0.1');
  try {
    expect((await start()).headers.location).toContain(url.origin);
  } finally {
    await away.stop();
  }
});

test('a plain http issuer is refused unless it is on loopback', () => {
  expect(at('http://login.example.com')).toThrow(/must be https/);
  expect(at('http://127.evil.example')).toThrow(/must be https/);
  expect(at('http://127.0.0.1:9000')).not.toThrow();
  expect(at('http://[::1]:9000')).not.toThrow();
  expect(at('https://login.example.com')).not.toThrow();
});
