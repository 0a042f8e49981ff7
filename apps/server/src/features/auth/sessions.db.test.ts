import { expect, test } from 'vitest';
import {
  createAccountsApp,
  createBrowser,
  ownerPassword,
  signUpMember,
  signUpOwner,
  type AccountsApp,
} from '../../../../../tests/support/accounts-app.ts';
import { createMovingClock } from '../../../../../tests/support/moving-clock.ts';
import { createRecordingLog } from '../../../../../tests/support/recording-log.ts';
import { createTestDatabase } from '../../../../../tests/support/test-database.ts';
import { createPasswords } from '../../platform/crypto/password.ts';

const email = 'owner@example.com';
const signIn = (app: AccountsApp, body: object, browser = createBrowser(app), address = '192.0.2.1') =>
  browser.call({ method: 'POST', url: '/api/v1/sessions', body, address });

test.each([
  ['http://localhost:7400', false],
  ['https://media.example.com', true],
])('the cookie of %s is HttpOnly, Lax, for the whole site, and Secure: %s', async (publicUrl, secure) => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp({ ...database, publicUrl });
  await signUpOwner(app);
  const [cookie] = (await signIn(app, { email, password: ownerPassword })).cookies;
  expect(cookie).toMatchObject({
    name: 'windlass_session',
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: 90 * 24 * 60 * 60,
  });
  expect(cookie?.secure ?? false).toBe(secure);
  expect(cookie?.domain).toBeUndefined();
});

test('an unknown e-mail and a wrong password give the same answer', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  await signUpOwner(app);
  const { requestId: _, ...wrong } = (await signIn(app, { email, password: 'wrong password' })).json();
  const { requestId: __, ...unknown } = (
    await signIn(app, { email: 'nobody@example.com', password: 'wrong password' })
  ).json();
  expect(wrong).toMatchObject({ status: 401, code: 'wrongCredentials' });
  expect(unknown).toEqual(wrong);
});

test('the table holds only the hash of the token', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { browser } = await signUpOwner(app);
  const rows = await database.db.selectFrom('sessions').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(browser.token() ?? 'no token');
});

test('signing in never takes over the token that the browser brought, and ends that session', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { browser } = await signUpOwner(app);
  const before = browser.token() ?? '';
  await signIn(app, { email, password: ownerPassword }, browser);
  expect(browser.token()).not.toBe(before);
  expect(await app.auth.sessions.find(before)).toBeNull();

  const planted = createBrowser(app);
  planted.cookies.set('windlass_session', 'planted-by-somebody-else');
  await signIn(app, { email, password: ownerPassword }, planted);
  expect(planted.token()).not.toBe('planted-by-somebody-else');
  expect((await planted.call({ url: '/api/v1/me' })).statusCode).toBe(200);
});

test('a session slides with use, ends after 30 idle days and after 90 days in any case', async () => {
  await using database = await createTestDatabase();
  const clock = createMovingClock();
  await using app = await createAccountsApp({ ...database, clock });
  const { browser } = await signUpOwner(app);
  const status = async () => (await browser.call({ url: '/api/v1/me' })).statusCode;
  for (const days of [29, 29, 29]) {
    clock.forward({ days });
    expect(await status()).toBe(200);
  }
  clock.forward({ days: 3, seconds: 1 });
  expect(await status()).toBe(401);

  const idle = createBrowser(app);
  await signIn(app, { email, password: ownerPassword }, idle);
  clock.forward({ days: 30, seconds: 1 });
  expect((await idle.call({ url: '/api/v1/me' })).statusCode).toBe(401);
});

test('last seen is written at most once a minute', async () => {
  await using database = await createTestDatabase();
  const clock = createMovingClock();
  await using app = await createAccountsApp({ ...database, clock });
  const { browser } = await signUpOwner(app);
  const seen = async () => {
    await browser.call({ url: '/api/v1/me' });
    const row = await database.db.selectFrom('sessions').select('lastSeenAt').executeTakeFirstOrThrow();
    return row.lastSeenAt.getTime();
  };
  const first = await seen();
  clock.forward({ seconds: 59 });
  expect(await seen()).toBe(first);
  clock.forward({ seconds: 2 });
  expect(await seen()).toBe(first + 61_000);
});

test('a person sees and ends their own sessions, and nobody else’s', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const owner = await signUpOwner(app);
  const phone = createBrowser(app);
  await signIn(app, { email, password: ownerPassword }, phone);
  const other = await signUpMember(app, owner.browser, owner.teamId, 'member', 'm@example.com');

  const { items } = (await owner.browser.call({ url: '/api/v1/sessions' })).json();
  expect(items).toHaveLength(2);
  expect(items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
  const ofPhone = items.find(({ current }: { current: boolean }) => !current);
  expect(ofPhone).toMatchObject({ address: '192.0.2.1' });

  const foreign = await other.browser.call({ method: 'DELETE', url: `/api/v1/sessions/${ofPhone.id}` });
  expect(foreign.statusCode).toBe(404);
  expect((await phone.call({ url: '/api/v1/me' })).statusCode).toBe(200);
  const own = await owner.browser.call({ method: 'DELETE', url: `/api/v1/sessions/${ofPhone.id}` });
  expect(own.statusCode).toBe(204);
  expect((await phone.call({ url: '/api/v1/me' })).statusCode).toBe(401);
});

test('signing out ends the session, not only the cookie', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { browser } = await signUpOwner(app);
  const token = browser.token() ?? '';
  expect((await browser.call({ method: 'DELETE', url: '/api/v1/sessions/current' })).statusCode).toBe(204);
  expect(browser.token()).toBeUndefined();
  expect(await app.auth.sessions.find(token)).toBeNull();
});

test('changing the password ends the other sessions and gives this one a new token', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { browser } = await signUpOwner(app);
  const elsewhere = createBrowser(app);
  await signIn(app, { email, password: ownerPassword }, elsewhere);
  const before = browser.token() ?? '';
  const change = (currentPassword: string) =>
    browser.call({
      method: 'PUT',
      url: '/api/v1/me/password',
      body: { currentPassword, newPassword: 'a new and longer one' },
    });
  expect((await change('not this one')).json()).toMatchObject({
    status: 400,
    errors: [{ path: 'currentPassword' }],
  });
  expect((await elsewhere.call({ url: '/api/v1/me' })).statusCode).toBe(200);

  expect((await change(ownerPassword)).statusCode).toBe(204);
  expect((await elsewhere.call({ url: '/api/v1/me' })).statusCode).toBe(401);
  expect(await app.auth.sessions.find(before)).toBeNull();
  expect((await browser.call({ url: '/api/v1/me' })).statusCode).toBe(200);
  expect((await signIn(app, { email, password: ownerPassword })).statusCode).toBe(401);
  expect((await signIn(app, { email, password: 'a new and longer one' })).statusCode).toBe(201);
});

test('one account may be tried ten times, from whatever addresses, over all processes', async () => {
  await using database = await createTestDatabase();
  await using one = await createAccountsApp(database);
  await using other = await createAccountsApp(database);
  await signUpOwner(one);
  for (let round = 0; round < 10; round += 1) {
    const refused = await signIn(
      round % 2 === 0 ? one : other,
      { email, password: 'a wrong guess' },
      undefined,
      `192.0.2.${round}`,
    );
    expect(refused.statusCode).toBe(401);
  }
  const limited = await signIn(other, { email, password: ownerPassword }, undefined, '192.0.2.99');
  expect(limited.json()).toMatchObject({ status: 429, code: 'tooManyRequests' });
  expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
  expect(limited.headers).toMatchObject({ 'ratelimit-limit': '10', 'ratelimit-remaining': '0' });
});

test('one address may try thirty times, over all accounts', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  await signUpOwner(app);
  const tryAs = (name: string, address: string) =>
    signIn(app, { email: `${name}@example.com`, password: 'a wrong guess' }, undefined, address);
  for (let round = 0; round < 30; round += 1) {
    // Neighbours in one /64 count as one.
    expect((await tryAs(`guess${round}`, `2001:db8::${round + 1}`)).statusCode).toBe(401);
  }
  expect((await tryAs('more', '2001:db8::ffff')).statusCode).toBe(429);
  expect((await tryAs('more', '2001:db8:0:1::1')).statusCode).toBe(401);
});

test('a correct password gives the account its tries back', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  await signUpOwner(app);
  for (let round = 0; round < 9; round += 1) await signIn(app, { email, password: 'a wrong guess' });
  expect((await signIn(app, { email, password: ownerPassword })).statusCode).toBe(201);
  expect((await signIn(app, { email, password: 'a wrong guess' })).statusCode).toBe(401);
});

test('a session cannot be used from another site, a sign-in cannot be made from one', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { browser } = await signUpOwner(app);
  const evil = { origin: 'https://evil.example' };
  const rename = { method: 'PATCH', url: '/api/v1/me', body: { name: 'Mallory' } } as const;
  expect((await browser.call({ ...rename, headers: evil })).json().code).toBe('crossSiteRequest');
  expect((await browser.call({ ...rename, headers: { origin: '' } })).json().code).toBe('crossSiteRequest');
  expect((await browser.call({ url: '/api/v1/me' })).json().user.name).toBe('Olga Owner');
  expect((await browser.call(rename)).json().user.name).toBe('Mallory');

  const forced = await createBrowser(app).call({
    method: 'POST',
    url: '/api/v1/sessions',
    body: { email, password: ownerPassword },
    headers: evil,
  });
  expect(forced.json().code).toBe('crossSiteRequest');
  expect(forced.cookies).toHaveLength(0);
});

test('a password hashed at another cost is hashed anew when it is next used', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  await signUpOwner(app);
  const cost = { memoryKibibytes: 128, passes: 2, parallelism: 1 };
  await using dearer = await createAccountsApp({ ...database, passwords: createPasswords({ cost }) });
  expect((await signIn(dearer, { email, password: ownerPassword })).statusCode).toBe(201);
  const { passwordHash } = await database.db
    .selectFrom('users')
    .select('passwordHash')
    .executeTakeFirstOrThrow();
  expect(passwordHash).toContain('$m=128,t=2,p=1$');
  expect((await signIn(dearer, { email, password: ownerPassword })).statusCode).toBe(201);
});

test('the log tells who signed in and who failed, without a secret', async () => {
  await using database = await createTestDatabase();
  const log = createRecordingLog();
  await using app = await createAccountsApp({ ...database, log });
  const { browser, userId } = await signUpOwner(app);
  await signIn(app, { email, password: 'my wrong guess' });
  await signIn(app, { email, password: ownerPassword });
  const events = log.lines.map(({ facts }) => facts);
  expect(events).toContainEqual(expect.objectContaining({ event: 'ownerMade', userId }));
  expect(events).toContainEqual(
    expect.objectContaining({ event: 'signInFailed', userId, address: '192.0.2.1' }),
  );
  expect(events).toContainEqual(expect.objectContaining({ event: 'signedIn', userId }));
  const written = JSON.stringify(log.lines);
  for (const secret of ['my wrong guess', ownerPassword, browser.token() ?? 'no token']) {
    expect(written).not.toContain(secret);
  }
});
