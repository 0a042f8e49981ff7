import { expect, test } from 'vitest';
import {
  createAccountsApp,
  createBrowser,
  ownerPassword,
  signUpOwner,
  tokenOf,
} from '../../../../../tests/support/accounts-app.ts';
import { createTestDatabase } from '../../../../../tests/support/test-database.ts';
import { Secret } from '../../kernel/secret.ts';

const account = (token: string, email = 'o@example.com') => ({
  token,
  email,
  name: 'O',
  password: ownerPassword,
});

test('makes the first owner with the link, signs them in and gives them a team', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const browser = createBrowser(app);
  expect((await browser.call({ url: '/api/v1/setup' })).json()).toMatchObject({
    needsOwner: true,
    oidc: null,
    sendsMail: false,
  });

  const link = await app.auth.ensureOwnerLink();
  expect(link).toMatch(/^http:\/\/localhost:7400\/setup#token=[\w-]{43}$/);
  const made = await browser.call({
    method: 'POST',
    url: '/api/v1/setup',
    body: account(tokenOf(link ?? ''), ' Olga@Example.com '),
  });
  expect(made.statusCode).toBe(201);
  expect(made.json()).toMatchObject({
    user: { email: 'olga@example.com', hasPassword: true },
    memberships: [{ teamName: 'My team', role: 'owner' }],
  });
  expect((await browser.call({ url: '/api/v1/me' })).statusCode).toBe(200);
  expect((await browser.call({ url: '/api/v1/setup' })).json()).toMatchObject({ needsOwner: false });
  expect(await app.auth.ensureOwnerLink()).toBeNull();
  const again = await browser.call({
    method: 'POST',
    url: '/api/v1/setup',
    body: account(tokenOf(link ?? '')),
  });
  expect(again.json()).toMatchObject({ status: 409, code: 'alreadySetUp' });
});

test('keeps only the newest link, and only its hash', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const first = tokenOf((await app.auth.ensureOwnerLink()) ?? '');
  const second = tokenOf((await app.auth.ensureOwnerLink()) ?? '');
  const rows = await database.db.selectFrom('ownerLink').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(second);

  const browser = createBrowser(app);
  const stale = await browser.call({ method: 'POST', url: '/api/v1/setup', body: account(first) });
  expect(stale.json()).toMatchObject({ status: 403, code: 'linkInvalid' });
  const good = await browser.call({ method: 'POST', url: '/api/v1/setup', body: account(second) });
  expect(good.statusCode).toBe(201);
});

test('lets exactly one of many racing requests become the owner', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const token = tokenOf((await app.auth.ensureOwnerLink()) ?? '');
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      createBrowser(app).call({
        method: 'POST',
        url: '/api/v1/setup',
        body: account(token, `owner${index}@example.com`),
      }),
    ),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
  for (const lost of answers.filter(({ statusCode }) => statusCode !== 201)) {
    expect(['alreadySetUp', 'linkInvalid']).toContain(lost.json().code);
  }
  expect(await database.db.selectFrom('users').select('id').execute()).toHaveLength(1);
  expect(await database.db.selectFrom('teams').select('id').execute()).toHaveLength(1);
});

test('gives the first owner the demo team that nobody is in', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const demo = await app.teams.ensureDemoTeam('Demo');
  expect(await app.teams.ensureDemoTeam('Demo')).toEqual({ teamId: demo.teamId, created: false });
  const { teamId } = await signUpOwner(app);
  expect(teamId).toBe(demo.teamId);
});

test('makes one demo team however many processes start at once', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const made = await Promise.all(Array.from({ length: 5 }, () => app.teams.ensureDemoTeam('Demo')));
  expect(made.filter(({ created }) => created)).toHaveLength(1);
  expect(new Set(made.map(({ teamId }) => teamId)).size).toBe(1);
});

test('makes the configured owner once, and closes the link', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const link = await app.auth.ensureOwnerLink();
  const owner = { email: 'Boss@Example.com', password: new Secret(ownerPassword) };
  const made = await Promise.all([app.auth.ensureOwner(owner), app.auth.ensureOwner(owner)]);
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await app.auth.ensureOwner({ ...owner, password: new Secret('another password') })).toBe(false);

  const browser = createBrowser(app);
  const late = await browser.call({
    method: 'POST',
    url: '/api/v1/setup',
    body: account(tokenOf(link ?? '')),
  });
  expect(late.json().code).toBe('alreadySetUp');
  const signedIn = await browser.call({
    method: 'POST',
    url: '/api/v1/sessions',
    body: { email: 'boss@example.com', password: ownerPassword },
  });
  expect(signedIn.statusCode).toBe(201);
});

test('refuses a configured owner whose password the API would refuse', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  await expect(
    app.auth.ensureOwner({ email: 'boss@example.com', password: new Secret('short') }),
  ).rejects.toThrow(/at least 10 characters/);
});
