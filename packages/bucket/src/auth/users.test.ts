import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openUsers } from './users.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windlass-users-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('users', () => {
  test('outlive the process in a file that only its owner reads', async () => {
    const made = await (await openUsers(folder)).ensureUser({ name: 'alice' });
    const again = await openUsers(folder);
    expect(await again.ensureUser({ name: 'alice' })).toEqual(made);
    expect(again.find(made.accessKeyId)?.principal).toEqual({
      kind: 'user',
      userId: made.userId,
      name: 'alice',
      arn: 'arn:aws:iam::000000000000:user/alice',
    });
    expect((await stat(join(folder, 'users.json'))).mode & 0o777).toBe(0o600);
  });

  test('take over a given pair and replace its secret', async () => {
    const users = await openUsers(folder);
    await users.ensureUser({ name: 'alice', accessKeyId: 'GIVEN', secretAccessKey: 'one' });
    const { userId } = await users.ensureUser({
      name: 'alice',
      accessKeyId: 'GIVEN',
      secretAccessKey: 'two',
    });
    expect(users.find('GIVEN')).toMatchObject({ key: { secretAccessKey: 'two' }, principal: { userId } });
    await expect(users.ensureUser({ name: 'bob', accessKeyId: 'GIVEN' })).rejects.toThrow('another user');
  });

  test('have several keys, each of which can be switched off and removed', async () => {
    const users = await openUsers(folder);
    const first = await users.ensureUser({ name: 'alice' });
    const second = await users.createAccessKey(first.userId);
    expect(users.find(second.accessKeyId)?.principal.userId).toBe(first.userId);
    await users.setAccessKeyActive(first.accessKeyId, false);
    expect(users.find(first.accessKeyId)).toBeUndefined();
    expect((await users.ensureUser({ name: 'alice' })).accessKeyId).toBe(second.accessKeyId);
    await users.setAccessKeyActive(first.accessKeyId, true);
    await users.deleteAccessKey(second.accessKeyId);
    expect(users.find(second.accessKeyId)).toBeUndefined();
    expect(users.find(first.accessKeyId)).toBeDefined();
    await expect(users.deleteAccessKey(second.accessKeyId)).rejects.toThrow('no access key');
  });

  test('made at the same time are all kept', async () => {
    const users = await openUsers(folder);
    await Promise.all(Array.from({ length: 20 }, (_, index) => users.ensureUser({ name: `user${index}` })));
    const document = JSON.parse(await readFile(join(folder, 'users.json'), 'utf8')) as { users: unknown[] };
    expect(document.users).toHaveLength(20);
  });
});
