import { expect, test } from 'vitest';
import {
  createAccountsApp,
  signUpMember,
  signUpOwner,
  type AccountsApp,
  type Browser,
} from '../../../../../tests/support/accounts-app.ts';
import { createMovingClock } from '../../../../../tests/support/moving-clock.ts';
import { createRecordingLog } from '../../../../../tests/support/recording-log.ts';
import { createTestDatabase } from '../../../../../tests/support/test-database.ts';
import { newApiKey } from '../../platform/crypto/token.ts';

const makeKey = async (browser: Browser, teamId: string, scopes: string[], more: object = {}) => {
  const made = await browser.call({
    method: 'POST',
    url: `/api/v1/teams/${teamId}/api-keys`,
    body: { name: 'CI', scopes, ...more },
  });
  expect(made.statusCode).toBe(201);
  const { apiKey, secret } = made.json();
  return { id: String(apiKey.id), secret: String(secret), apiKey };
};
const callWith = (
  { app }: AccountsApp,
  secret: string,
  url: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' = 'GET',
  body?: object,
) =>
  app.inject({
    method,
    url,
    headers: { host: 'localhost:7400', authorization: `Bearer ${secret}`, 'if-match': '*' },
    ...(body === undefined ? {} : { payload: body }),
  });

test('a key is shown once, kept as a hash, and works without Origin or cookie', async () => {
  await using database = await createTestDatabase();
  const log = createRecordingLog();
  await using app = await createAccountsApp({ ...database, log });
  const { browser, teamId, userId } = await signUpOwner(app);
  const { secret, id, apiKey } = await makeKey(browser, teamId, ['team:write', 'team:write']);
  expect(secret).toMatch(/^wk_/);
  expect(apiKey).toMatchObject({
    hint: secret.slice(-4),
    scopes: ['team:write'],
    createdBy: 'Olga Owner',
    lastUsedAt: null,
    expiresAt: null,
  });
  const rows = await database.db.selectFrom('apiKeys').selectAll().execute();
  const listed = await browser.call({ url: `/api/v1/teams/${teamId}/api-keys` });
  expect(JSON.stringify(rows) + listed.body + JSON.stringify(log.lines)).not.toContain(secret);
  expect(log.lines.map(({ facts }) => facts)).toContainEqual(
    expect.objectContaining({ event: 'apiKeyMade', apiKeyId: id, by: { userId } }),
  );
  const renamed = await callWith(app, secret, `/api/v1/teams/${teamId}`, 'PATCH', { name: 'By key' });
  expect(renamed.json()).toMatchObject({ name: 'By key' });
});

test('a key reaches its own team only, and says so of no other', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { browser, teamId } = await signUpOwner(app);
  const lab = (await browser.call({ method: 'POST', url: '/api/v1/teams', body: { name: 'Lab' } })).json();
  const { secret } = await makeKey(browser, teamId, ['team:read']);
  expect((await callWith(app, secret, `/api/v1/teams/${teamId}`)).statusCode).toBe(200);
  expect((await callWith(app, secret, `/api/v1/teams/${lab.id}`)).statusCode).toBe(404);
  const { items } = (await callWith(app, secret, '/api/v1/teams')).json();
  expect(items.map(({ id }: { id: string }) => id)).toEqual([teamId]);
});

test('write includes read; another scope does not', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { browser, teamId } = await signUpOwner(app);
  const url = `/api/v1/teams/${teamId}`;
  const read = await makeKey(browser, teamId, ['team:read']);
  const write = await makeKey(browser, teamId, ['team:write']);
  const other = await makeKey(browser, teamId, ['connections:write', 'sources:write']);
  expect((await callWith(app, write.secret, url)).statusCode).toBe(200);
  expect((await callWith(app, read.secret, url, 'PATCH', { name: 'x' })).json().code).toBe('missingScope');
  expect((await callWith(app, other.secret, url)).json().code).toBe('missingScope');
});

test('a key hands out no rights, but may take them away', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const owner = await signUpOwner(app);
  const { teamId } = owner;
  const member = await signUpMember(app, owner.browser, teamId, 'member', 'm@example.com');
  const { secret } = await makeKey(owner.browser, teamId, ['team:write']);
  const team = `/api/v1/teams/${teamId}`;
  const status = async (...call: [string, ('POST' | 'PATCH' | 'DELETE' | 'GET')?, object?]) =>
    (await callWith(app, secret, ...call)).statusCode;
  expect(await status(`${team}/api-keys`, 'POST', { name: 'wider', scopes: ['connections:write'] })).toBe(
    403,
  );
  expect(await status(`${team}/invitations`, 'POST', { role: 'owner' })).toBe(403);
  expect(await status(`${team}/members/${member.userId}`, 'PATCH', { role: 'owner' })).toBe(403);
  expect(await status('/api/v1/me')).toBe(403);
  expect(await status('/api/v1/teams', 'POST', { name: 'Mine' })).toBe(403);
  expect(await status(`${team}/members/${member.userId}`, 'DELETE')).toBe(204);
});

test('a key never does what the role of its maker could not', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const owner = await signUpOwner(app);
  const admin = await signUpMember(app, owner.browser, owner.teamId, 'admin', 'a@example.com');
  const { secret } = await makeKey(admin.browser, owner.teamId, ['team:write']);
  const team = `/api/v1/teams/${owner.teamId}`;
  expect((await callWith(app, secret, team, 'PATCH', { name: 'x' })).json().code).toBe('forbidden');
  const removal = await callWith(app, secret, `${team}/members/${owner.userId}`, 'DELETE');
  expect(removal.json().code).toBe('forbidden');
});

test('a revoked, expired or invented key is refused, also beside a good cookie', async () => {
  await using database = await createTestDatabase();
  const clock = createMovingClock();
  await using app = await createAccountsApp({ ...database, clock });
  const { browser, teamId } = await signUpOwner(app);
  const url = `/api/v1/teams/${teamId}`;
  const revoked = await makeKey(browser, teamId, ['team:read']);
  const short = await makeKey(browser, teamId, ['team:read'], { expiresInDays: 1 });
  const keyUrl = `${url}/api-keys/${revoked.id}`;
  expect((await browser.call({ method: 'DELETE', url: keyUrl })).statusCode).toBe(204);
  expect((await browser.call({ method: 'DELETE', url: keyUrl })).statusCode).toBe(404);
  expect((await callWith(app, revoked.secret, url)).json()).toMatchObject({
    status: 401,
    code: 'invalidApiKey',
  });

  expect((await callWith(app, short.secret, url)).statusCode).toBe(200);
  clock.forward({ days: 1, seconds: 1 });
  expect((await callWith(app, short.secret, url)).json().code).toBe('invalidApiKey');
  const beside = await browser.call({ url, headers: { authorization: 'Bearer wk_invented' } });
  expect(beside.json().code).toBe('invalidApiKey');
});

test('says of a bearer token whether it has the form of a key', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const answer = async (key: string) => (await callWith(app, key, '/api/v1/teams')).json();
  expect(await answer('wk_invented')).toMatchObject({
    code: 'invalidApiKey',
    detail: expect.stringContaining('has not the form of an API key'),
  });
  expect(await answer(newApiKey().reveal())).toMatchObject({
    code: 'invalidApiKey',
    detail: expect.stringContaining('unknown here, revoked or expired'),
  });
});

test('last use is written at most once a minute', async () => {
  await using database = await createTestDatabase();
  const clock = createMovingClock();
  await using app = await createAccountsApp({ ...database, clock });
  const { browser, teamId } = await signUpOwner(app);
  const { secret } = await makeKey(browser, teamId, ['team:read']);
  const used = async () => {
    await callWith(app, secret, `/api/v1/teams/${teamId}`);
    const row = await database.db.selectFrom('apiKeys').select('lastUsedAt').executeTakeFirstOrThrow();
    return row.lastUsedAt?.getTime();
  };
  const first = await used();
  expect(first).toBe(clock.now().getTime());
  clock.forward({ seconds: 59 });
  expect(await used()).toBe(first);
  clock.forward({ seconds: 2 });
  expect(await used()).toBe(clock.now().getTime());
});

test('keys stay when their maker goes, with the name of who made them', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const owner = await signUpOwner(app);
  const { teamId } = owner;
  const admin = await signUpMember(app, owner.browser, teamId, 'admin', 'ann@example.com');
  const { secret } = await makeKey(admin.browser, teamId, ['team:read']);
  await owner.browser.call({ method: 'DELETE', url: `/api/v1/teams/${teamId}/members/${admin.userId}` });
  expect((await callWith(app, secret, `/api/v1/teams/${teamId}`)).statusCode).toBe(200);
  const { items } = (await owner.browser.call({ url: `/api/v1/teams/${teamId}/api-keys` })).json();
  expect(items[0]).toMatchObject({ createdBy: 'ann' });
});
