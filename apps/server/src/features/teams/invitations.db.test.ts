import { expect, test } from 'vitest';
import {
  createAccountsApp,
  createBrowser,
  signUpMember,
  signUpOwner,
  tokenOf,
  type AccountsApp,
  type Browser,
} from '../../../../../tests/support/accounts-app.ts';
import { createMovingClock } from '../../../../../tests/support/moving-clock.ts';
import { createTestDatabase } from '../../../../../tests/support/test-database.ts';

const invite = async (browser: Browser, teamId: string, body: object) => {
  const made = await browser.call({ method: 'POST', url: `/api/v1/teams/${teamId}/invitations`, body });
  expect(made.statusCode).toBe(201);
  return { ...made.json(), token: tokenOf(made.json().url) };
};
const accept = (browser: Browser, token: string, account?: object) =>
  browser.call({ method: 'POST', url: '/api/v1/invitations/accept', body: { token, account } });
const lookUp = (app: AccountsApp, token: string) =>
  createBrowser(app).call({ method: 'POST', url: '/api/v1/invitations/look-up', body: { token } });
const accountOf = (name: string) => ({
  email: `${name}@example.com`,
  name,
  password: 'a password of its own',
});

test('a link says what it is for and makes a new account a member', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { browser, teamId } = await signUpOwner(app);
  const { invitation, url, token } = await invite(browser, teamId, { role: 'admin' });
  expect(url).toMatch(/^http:\/\/localhost:7400\/invitation#token=[\w-]{43}$/);
  expect((await lookUp(app, token)).json()).toEqual({
    teamName: 'My team',
    role: 'admin',
    email: null,
    invitedBy: 'Olga Owner',
    expiresAt: invitation.expiresAt,
  });
  const stored = await database.db.selectFrom('invitations').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain(token);

  const newcomer = createBrowser(app);
  const joined = await accept(newcomer, token, accountOf('new'));
  expect(joined.json()).toMatchObject({ memberships: [{ teamId, role: 'admin' }] });
  expect((await newcomer.call({ url: `/api/v1/teams/${teamId}` })).statusCode).toBe(200);
});

test('somebody with an account joins by being signed in', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const owner = await signUpOwner(app);
  const person = await signUpMember(app, owner.browser, owner.teamId, 'member', 'p@example.com');
  const lab = await owner.browser.call({ method: 'POST', url: '/api/v1/teams', body: { name: 'Lab' } });
  const { token } = await invite(owner.browser, lab.json().id, { role: 'member' });

  const both = await accept(person.browser, token, accountOf('second'));
  expect(both.json()).toMatchObject({ status: 400, errors: [{ path: 'account' }] });
  const taken = await accept(createBrowser(app), token, accountOf('p'));
  expect(taken.json().code).toBe('conflict');
  expect((await accept(createBrowser(app), token)).json().code).toBe('notSignedIn');
  const joined = await accept(person.browser, token);
  expect(joined.json().memberships).toHaveLength(2);
  expect((await accept(person.browser, token)).json().code).toBe('linkInvalid');
});

test('a member of the team cannot use a link up by opening it', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { browser, teamId } = await signUpOwner(app);
  const { token } = await invite(browser, teamId, { role: 'member' });
  expect((await accept(browser, token)).json().code).toBe('conflict');
  expect((await lookUp(app, token)).statusCode).toBe(200);
});

test('a link works once, however many open it at the same moment', async () => {
  await using database = await createTestDatabase({ maxConnections: 8 });
  await using app = await createAccountsApp(database);
  const { browser, teamId } = await signUpOwner(app);
  const { token } = await invite(browser, teamId, { role: 'member' });
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) => accept(createBrowser(app), token, accountOf(`racer${index}`))),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
  expect(answers.filter(({ statusCode }) => statusCode === 403)).toHaveLength(5);
  // The losers left no account behind.
  expect(await database.db.selectFrom('users').select('id').execute()).toHaveLength(2);
});

test('a link bound to an e-mail lets nobody else in', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { browser, teamId } = await signUpOwner(app);
  const { token } = await invite(browser, teamId, { role: 'member', email: 'Right@Example.com' });
  expect((await accept(createBrowser(app), token, accountOf('wrong'))).json().code).toBe('linkInvalid');
  expect((await accept(createBrowser(app), token, accountOf('right'))).statusCode).toBe(201);
});

test('a link ends when it expires or is taken back', async () => {
  await using database = await createTestDatabase();
  const clock = createMovingClock();
  await using app = await createAccountsApp({ ...database, clock });
  const { browser, teamId } = await signUpOwner(app);
  const short = await invite(browser, teamId, { role: 'member', expiresInDays: 1 });
  const long = await invite(browser, teamId, { role: 'member' });
  const listed = async () =>
    (await browser.call({ url: `/api/v1/teams/${teamId}/invitations` }))
      .json()
      .items.map(({ id }: { id: string }) => id);
  expect(await listed()).toEqual([long.invitation.id, short.invitation.id]);

  clock.forward({ days: 1, seconds: 1 });
  expect((await lookUp(app, short.token)).json().code).toBe('linkInvalid');
  expect((await accept(createBrowser(app), short.token, accountOf('late'))).json().code).toBe('linkInvalid');
  expect(await listed()).toEqual([long.invitation.id]);

  const url = `/api/v1/teams/${teamId}/invitations/${long.invitation.id}`;
  expect((await browser.call({ method: 'DELETE', url })).statusCode).toBe(204);
  expect((await browser.call({ method: 'DELETE', url })).statusCode).toBe(404);
  expect((await accept(createBrowser(app), long.token, accountOf('late'))).json().code).toBe('linkInvalid');
});

test('an admin invites members and admins, a member nobody', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const owner = await signUpOwner(app);
  const admin = await signUpMember(app, owner.browser, owner.teamId, 'admin', 'admin@example.com');
  const member = await signUpMember(app, owner.browser, owner.teamId, 'member', 'member@example.com');
  const status = async (browser: Browser, role: string) =>
    (
      await browser.call({
        method: 'POST',
        url: `/api/v1/teams/${owner.teamId}/invitations`,
        body: { role },
      })
    ).statusCode;
  expect(await Promise.all(['owner', 'admin', 'member'].map((role) => status(admin.browser, role)))).toEqual([
    403, 201, 201,
  ]);
  expect(await status(member.browser, 'member')).toBe(403);
});

test('an invitation dies with the role of whoever made it', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const owner = await signUpOwner(app);
  const second = await signUpMember(app, owner.browser, owner.teamId, 'owner', 'second@example.com');
  const { token } = await invite(second.browser, owner.teamId, { role: 'owner' });
  await owner.browser.call({
    method: 'PATCH',
    url: `/api/v1/teams/${owner.teamId}/members/${second.userId}`,
    body: { role: 'admin' },
  });
  expect((await accept(createBrowser(app), token, accountOf('sly'))).json().code).toBe('linkInvalid');
});
