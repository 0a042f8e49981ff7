import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openKeyringFile } from './keyring-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyring-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('makes one key for many processes that start at once, for its owner only', async () => {
  const path = join(folder, 'keyring');
  const keyrings = await Promise.all(Array.from({ length: 8 }, () => openKeyringFile(path)));
  expect(new Set(keyrings.map(({ activeKid }) => activeKid)).size).toBe(1);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['keyring']);
  const wrapped = keyrings[0]!.wrap(new Uint8Array(32).fill(7), 'x');
  expect(keyrings[7]!.unwrap(keyrings[0]!.activeKid, wrapped, 'x')).toEqual(Buffer.alloc(32, 7));
});

it('closes a file that others could read', async () => {
  const path = join(folder, 'keyring');
  await openKeyringFile(path);
  await chmod(path, 0o644);
  await openKeyringFile(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('says what is wrong with a damaged file', async () => {
  const path = join(folder, 'keyring');
  await writeFile(path, 'nonsense');
  await expect(openKeyringFile(path)).rejects.toThrow('Entry 1 of the keyring');
});
