import { roles } from '@windlass/contract';
import { expect, test } from 'vitest';
import {
  createAccountsApp,
  createBrowser,
  signUpMember,
  signUpOwner,
  type AccountsApp,
  type Browser,
} from '../../../../../tests/support/accounts-app.ts';
import { createRecordingLog } from '../../../../../tests/support/recording-log.ts';
import { createTestDatabase } from '../../../../../tests/support/test-database.ts';

const setUp = async (app: AccountsApp) => {
  const owner = await signUpOwner(app);
  const { teamId } = owner;
  const join = (role: 'owner' | 'admin' | 'member', name: string) =>
    signUpMember(app, owner.browser, teamId, role, `${name}@example.com`);
  const url = (userId: string) => `/api/v1/teams/${teamId}/members/${userId}`;
  const changeRole = (browser: Browser, userId: string, role: string) =>
    browser.call({ method: 'PATCH', url: url(userId), body: { role } });
  const remove = (browser: Browser, userId: string) => browser.call({ method: 'DELETE', url: url(userId) });
  return { owner, teamId, join, changeRole, remove };
};

test('whoever makes a team owns it, and only its members see it', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { owner, teamId, join } = await setUp(app);
  const other = await join('member', 'other');
  const made = await other.browser.call({ method: 'POST', url: '/api/v1/teams', body: { name: 'Lab' } });
  expect(made.json()).toMatchObject({ name: 'Lab', role: 'owner', demo: false });
  expect((await owner.browser.call({ url: `/api/v1/teams/${made.json().id}` })).statusCode).toBe(404);
  const { items } = (await other.browser.call({ url: '/api/v1/teams' })).json();
  expect(items.map(({ id, role }: { id: string; role: string }) => [id, role])).toEqual([
    [teamId, 'member'],
    [made.json().id, 'owner'],
  ]);
});

test('only an owner renames a team, and only the version that they saw', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { owner, teamId, join } = await setUp(app);
  const admin = await join('admin', 'admin');
  const url = `/api/v1/teams/${teamId}`;
  const { etag } = (await owner.browser.call({ url })).headers;
  const rename = (browser: Browser, name: string, ifMatch: string) =>
    browser.call({ method: 'PATCH', url, body: { name }, headers: { 'if-match': ifMatch } });
  expect((await rename(admin.browser, 'Mine', '*')).statusCode).toBe(403);
  expect((await rename(owner.browser, 'First', String(etag))).json()).toMatchObject({ name: 'First' });
  expect((await rename(owner.browser, 'Second', String(etag))).statusCode).toBe(412);
});

test('the list of members is paged', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { owner, teamId, join } = await setUp(app);
  for (const name of ['a', 'b', 'c', 'd']) await join('member', name);
  const seen: string[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < 5 && cursor !== null; page += 1) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const answer = await owner.browser.call({ url: `/api/v1/teams/${teamId}/members?limit=2${query}` });
    const { items, nextCursor } = answer.json();
    seen.push(...items.map(({ name }: { name: string }) => name));
    cursor = nextCursor;
  }
  expect(seen).toEqual(['Olga Owner', 'a', 'b', 'c', 'd']);
  const forged = await owner.browser.call({ url: `/api/v1/teams/${teamId}/members?cursor=bm90IG91cnM` });
  expect(forged.statusCode).toBe(400);
});

// Rows: who acts; columns: what the other is; the third says whether they may change or remove them.
const table = roles.flatMap((actor) => roles.map((other) => [actor, other] as const));
const allowed = new Set(['owner>owner', 'owner>admin', 'owner>member', 'admin>admin', 'admin>member']);

test.each(table)('an actor of role %s on a member of role %s', async (actorRole, otherRole) => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { join, changeRole, remove } = await setUp(app);
  const actor = await join(actorRole, 'actor');
  const other = await join(otherRole, 'other');
  const may = allowed.has(`${actorRole}>${otherRole}`);
  expect((await changeRole(actor.browser, other.userId, 'member')).statusCode).toBe(may ? 200 : 403);
  if (may) await changeRole(actor.browser, other.userId, otherRole);
  expect((await remove(actor.browser, other.userId)).statusCode).toBe(may ? 204 : 403);
});

test('an admin makes nobody an owner, least of all themselves', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { join, changeRole } = await setUp(app);
  const admin = await join('admin', 'admin');
  const member = await join('member', 'member');
  expect((await changeRole(admin.browser, member.userId, 'owner')).statusCode).toBe(403);
  expect((await changeRole(admin.browser, admin.userId, 'owner')).statusCode).toBe(403);
  expect((await changeRole(admin.browser, member.userId, 'admin')).json()).toMatchObject({ role: 'admin' });
});

test('a removed member is out with the next request, with their invitations', async () => {
  await using database = await createTestDatabase();
  const log = createRecordingLog();
  await using app = await createAccountsApp({ ...database, log });
  const { owner, teamId, join, remove } = await setUp(app);
  const admin = await join('admin', 'admin');
  const invited = await admin.browser.call({
    method: 'POST',
    url: `/api/v1/teams/${teamId}/invitations`,
    body: { role: 'member' },
  });
  expect((await remove(owner.browser, admin.userId)).statusCode).toBe(204);
  expect((await admin.browser.call({ url: `/api/v1/teams/${teamId}` })).statusCode).toBe(404);
  const token = new URL(invited.json().url).hash.slice('#token='.length);
  const late = await createBrowser(app).call({
    method: 'POST',
    url: '/api/v1/invitations/look-up',
    body: { token },
  });
  expect(late.json().code).toBe('linkInvalid');
  expect(log.lines.map(({ facts }) => facts)).toContainEqual(
    expect.objectContaining({ event: 'memberRemoved', memberId: admin.userId, by: { userId: owner.userId } }),
  );
});

test('a member may leave', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { join, remove } = await setUp(app);
  const member = await join('member', 'member');
  expect((await remove(member.browser, member.userId)).statusCode).toBe(204);
});

test('the last owner can neither leave nor step down', async () => {
  await using database = await createTestDatabase();
  await using app = await createAccountsApp(database);
  const { owner, join, changeRole, remove } = await setUp(app);
  await join('admin', 'admin');
  expect((await remove(owner.browser, owner.userId)).json()).toMatchObject({
    status: 409,
    code: 'lastOwner',
  });
  expect((await changeRole(owner.browser, owner.userId, 'member')).json().code).toBe('lastOwner');
  expect((await changeRole(owner.browser, owner.userId, 'owner')).statusCode).toBe(200);
});

test('two owners who go, step down or throw each other out at once leave one owner', async () => {
  await using database = await createTestDatabase({ maxConnections: 8 });
  await using app = await createAccountsApp(database);
  const { owner, teamId, join, changeRole, remove } = await setUp(app);
  const races: ((a: typeof owner, b: { browser: Browser; userId: string }) => Promise<unknown>[])[] = [
    (a, b) => [remove(a.browser, a.userId), remove(b.browser, b.userId)],
    (a, b) => [changeRole(a.browser, a.userId, 'member'), changeRole(b.browser, b.userId, 'member')],
    (a, b) => [changeRole(a.browser, b.userId, 'member'), changeRole(b.browser, a.userId, 'member')],
    (a, b) => [remove(a.browser, b.userId), remove(b.browser, a.userId)],
  ];
  for (const [round, race] of races.entries()) {
    const second = await join('owner', `second${round}`);
    await Promise.all(race(owner, second));
    const owners = await database.db
      .selectFrom('memberships')
      .select('userId')
      .where('role', '=', 'owner')
      .execute();
    expect(owners).toHaveLength(1);
    // Put the first owner back for the next round.
    await database.db.deleteFrom('memberships').execute();
    await database.db
      .insertInto('memberships')
      // The ids came out of the same API a moment ago.
      .values({ teamId: teamId as never, userId: owner.userId as never, role: 'owner', joinedAt: new Date() })
      .execute();
  }
});
