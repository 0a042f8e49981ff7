import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectFiles } from './collect-files.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windlass-collect-'));
  await mkdir(join(folder, 'trip/day 1'), { recursive: true });
  await mkdir(join(folder, 'other'));
  await writeFile(join(folder, 'trip/a.jpg'), 'aa');
  await writeFile(join(folder, 'trip/day 1/ä.jpg'), 'b');
  await writeFile(join(folder, 'other/a.jpg'), 'c');
  await symlink('..', join(folder, 'trip/round'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const namesOf = async (...paths: string[]): Promise<string[]> =>
  (await collectFiles(paths.map((path) => `${folder}/${path}`))).files.map(({ name }) => name);

describe('files to upload', () => {
  it('carry the name of their folder, or not where it ends in a slash', async () => {
    expect(await namesOf('trip')).toEqual(['trip/a.jpg', 'trip/day 1/ä.jpg']);
    expect(await namesOf('trip/')).toEqual(['a.jpg', 'day 1/ä.jpg']);
    expect(await namesOf('trip/a.jpg')).toEqual(['a.jpg']);
  });

  it('have size and time, and links in folders are counted instead of followed', async () => {
    const { files, skipped } = await collectFiles([join(folder, 'trip')]);
    expect(skipped).toBe(1);
    expect(files[0]).toMatchObject({ size: 2 });
    expect(Math.abs((files[0]?.lastModified ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('may not be two of one name, nor missing', async () => {
    await expect(namesOf('trip/a.jpg', 'other/a.jpg')).rejects.toThrow('would both become a.jpg');
    await expect(namesOf('nowhere')).rejects.toThrow('is not there');
  });
});
