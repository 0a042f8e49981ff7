import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { mapAtOnce } from '../../../apps/server/src/kernel/map-at-once.ts';
import { keyPrefix, type SurvivalScene } from './survival-scene.ts';

const MiB = 1024 ** 2;

/** A file on the disk, and what has to come out of the bucket. */
export interface SentFile {
  path: string;
  /** Below the folder of all, with slashes. */
  name: string;
  size: number;
  /** Milliseconds since 1970. */
  lastModified: number;
  sha256: string;
}

export interface FilesToSend extends AsyncDisposable {
  /** Ends in a slash: what is in it is sent. */
  folder: string;
  files: readonly SentFile[];
  bytes: number;
}

/** One film of so many MiB, `film.bin`, and small pictures in folders beside it. Bytes by chance: nothing is like another. */
export const makeFilesToSend = async (film: number, pictures: number): Promise<FilesToSend> => {
  const root = await mkdtemp(join(tmpdir(), 'windlass-sent-'));
  const write = async (name: string, size: number): Promise<SentFile> => {
    const path = join(root, name);
    const bytes = randomBytes(size);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    const { mtimeMs } = await stat(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { path, name, size, lastModified: Math.floor(mtimeMs), sha256 };
  };
  const files = [await write('film.bin', film * MiB)];
  for (let index = 0; index < pictures; index += 1)
    files.push(await write(`Tag ${index % 3}/ü ${index}.jpg`, 2000 + 97 * index));
  return {
    folder: `${root}/`,
    files,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
};

/** That the bucket gives back, below a prefix, what was sent. */
export const expectStored = async (
  scene: Pick<SurvivalScene, 'stored'>,
  prefix: string,
  files: readonly SentFile[],
): Promise<void> => {
  const stored = await mapAtOnce(files, 8, async ({ name }) => [
    name,
    await scene.stored(`${keyPrefix}${prefix}${name}`),
  ]);
  expect(stored).toEqual(files.map(({ name, sha256 }) => [name, sha256]));
};
