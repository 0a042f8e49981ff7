import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeExclusiveLock } from './exclusive-lock.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('one holder at a time, and free again when it lets go, once or twice', () => {
  const path = join(folder, 'lock');
  const first = takeExclusiveLock(path);
  expect(first).not.toBeNull();
  expect(takeExclusiveLock(path)).toBeNull();
  first?.[Symbol.dispose]();
  first?.[Symbol.dispose]();
  using second = takeExclusiveLock(path);
  expect(second).not.toBeNull();
});

test('a file that cannot be a lock is an error, not a lock that somebody else has', async () => {
  expect(() => takeExclusiveLock(join(folder, 'no', 'lock'))).toThrow('unable to open database file');
  await writeFile(join(folder, 'text'), 'this is no lock but a text that somebody needs');
  expect(() => takeExclusiveLock(join(folder, 'text'))).toThrow('file is not a database');
});
