import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHashedFolders, type HashedFolders } from './hashed-folders.ts';

let folder = '';
let files: HashedFolders;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hashed-'));
  files = await openHashedFolders(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string): Promise<string> =>
  files.create(async (file) => {
    await file.writeFile(text);
    return { name, result: text };
  });
const namesOf = async (): Promise<string[]> => {
  const all: string[] = [];
  for await (const names of files.names()) all.push(...names);
  return all;
};

test('a file is under its name when it is whole, and for us alone', async () => {
  expect(await write('4f01', 'text')).toBe('text');
  expect(files.pathOf('4f01')).toBe(join(folder, '4f', '4f01'));
  expect(await readFile(files.pathOf('4f01'), 'utf8')).toBe('text');
  expect((await stat(files.pathOf('4f01'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, '4f'))).mode & 0o777).toBe(0o700);
  expect(await namesOf()).toEqual(['4f01']);
});

test('of a file whose writing fails nothing stays', async () => {
  const failing = files.create(async (file) => {
    await file.writeFile('half');
    throw new Error('the rest never came');
  });
  await expect(failing).rejects.toThrow('the rest never came');
  expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  expect(await namesOf()).toEqual([]);
});

test('what was removed is gone, and to remove it once more is no error', async () => {
  await write('4f01', 'text');
  await files.remove('4f01');
  await files.remove('4f01');
  expect(await namesOf()).toEqual([]);
});

test('folders that somebody took away while we run are made again', async () => {
  await write('4f01', 'first');
  await rm(folder, { recursive: true });
  await write('4f01', 'second');
  await rm(join(folder, '4f'), { recursive: true });
  await write('4f01', 'third');
  expect(await readFile(files.pathOf('4f01'), 'utf8')).toBe('third');
  expect((await stat(join(folder, 'tmp'))).mode & 0o777).toBe(0o700);
});
