import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openIdentities } from '../iam/identities.ts';
import type { Identities } from '../iam/identities.ts';
import { createUsers } from './users.ts';
import type { Users } from './users.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windlass-users-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const clock = { now: (): Date => new Date('2026-05-04T12:00:00Z') };
async function open(): Promise<{ users: Users; identities: Identities }> {
  const identities = await openIdentities(folder);
  return { identities, users: createUsers(identities, clock) };
}
const path = (): string => join(folder, 'users.json');

describe('users', () => {
  test('outlive the process in a file that only its owner reads', async () => {
    const made = await (await open()).users.ensureUser({ name: 'alice' });
    const again = await open();
    expect(await again.users.ensureUser({ name: 'alice' })).toEqual(made);
    expect(again.identities.key(made.accessKeyId)).toMatchObject({
      user: { userId: made.userId, name: 'alice', standing: 'owner' },
      key: { active: true },
    });
    expect((await stat(path())).mode & 0o777).toBe(0o600);
  });

  test('take over a given pair and replace its secret', async () => {
    const { users, identities } = await open();
    await users.ensureUser({ name: 'alice', accessKeyId: 'GIVEN', secretAccessKey: 'one' });
    const { userId } = await users.ensureUser({
      name: 'alice',
      accessKeyId: 'GIVEN',
      secretAccessKey: 'two',
    });
    expect(identities.key('GIVEN')).toMatchObject({ key: { secretAccessKey: 'two' }, user: { userId } });
    await expect(users.ensureUser({ name: 'bob', accessKeyId: 'GIVEN' })).rejects.toThrow('another user');
  });

  test('have several keys, each of which can be switched off and removed', async () => {
    const { users, identities } = await open();
    const first = await users.ensureUser({ name: 'alice' });
    const second = await users.createAccessKey(first.userId);
    expect(identities.key(second.accessKeyId)?.user.userId).toBe(first.userId);
    await users.setAccessKeyActive(first.accessKeyId, false);
    expect(identities.key(first.accessKeyId)?.key.active).toBe(false);
    expect((await users.ensureUser({ name: 'alice' })).accessKeyId).toBe(second.accessKeyId);
    await users.setAccessKeyActive(first.accessKeyId, true);
    await users.deleteAccessKey(second.accessKeyId);
    expect(identities.key(second.accessKeyId)).toBeUndefined();
    expect(identities.key(first.accessKeyId)?.key.active).toBe(true);
    await expect(users.deleteAccessKey(second.accessKeyId)).rejects.toThrow('no access key');
  });

  test('made at the same time are all kept', async () => {
    const { users } = await open();
    await Promise.all(Array.from({ length: 20 }, (_, index) => users.ensureUser({ name: `user${index}` })));
    const document = JSON.parse(await readFile(path(), 'utf8')) as { users: unknown[] };
    expect(document.users).toHaveLength(20);
  });

  test('become administrators when they are asked for as such, and stay it', async () => {
    const { users, identities } = await open();
    const { userId } = await users.ensureUser({ name: 'windlass' });
    await users.ensureUser({ name: 'windlass', administrator: true });
    expect(identities.user(userId)?.standing).toBe('administrator');
    await users.ensureUser({ name: 'windlass' });
    expect(identities.user(userId)?.standing).toBe('administrator');
  });

  test('are not written anew by a start that changes nothing', async () => {
    await (await open()).users.ensureUser({ name: 'alice' });
    const before = await stat(path());
    await (await open()).users.ensureUser({ name: 'alice' });
    expect((await stat(path())).ino).toBe(before.ino);
  });
});

describe('a folder of version 1', () => {
  const version1 = {
    version: 1,
    users: [
      {
        userId: '00112233445566778899aabbccddeeff',
        name: 'demo',
        keys: [{ accessKeyId: 'WLAKOLD', secretAccessKey: 'old-secret', active: true }],
      },
    ],
  };

  test('opens with its users as the owners that they were', async () => {
    await writeFile(path(), JSON.stringify(version1));
    const { users, identities } = await open();
    expect(identities.key('WLAKOLD')?.user).toMatchObject({ name: 'demo', standing: 'owner' });
    expect(await users.ensureUser({ name: 'demo' })).toEqual({
      userId: '00112233445566778899aabbccddeeff',
      accessKeyId: 'WLAKOLD',
      secretAccessKey: 'old-secret',
    });
    await users.ensureUser({ name: 'demo', administrator: true });
    expect(JSON.parse(await readFile(path(), 'utf8'))).toMatchObject({
      version: 2,
      users: [{ ...version1.users[0], standing: 'administrator', policies: [] }],
    });
  });

  test('of a version that nobody knows is refused', async () => {
    await writeFile(path(), JSON.stringify({ version: 3 }));
    await expect(open()).rejects.toThrow('unknown version');
  });
});

describe('a crash while identities are written', () => {
  test('leaves what was there before, and the next write goes through', async () => {
    const made = await (await open()).users.ensureUser({ name: 'alice' });
    // What a process that died between open and rename leaves: half a file under the temporary name.
    await writeFile(`${path()}.new`, '{ "version": 2, "users": [{ "na', { mode: 0o644 });
    const { users, identities } = await open();
    expect(identities.key(made.accessKeyId)?.user.name).toBe('alice');
    await users.ensureUser({ name: 'bob' });
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect((await open()).identities.records().users.map(({ name }) => name)).toEqual(['alice', 'bob']);
  });
});
