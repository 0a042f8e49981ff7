import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MiB = 1024 * 1024;

/** What is uploaded, as it lies on the disk. */
export interface Fixture {
  name: string;
  /** A folder that holds the files and nothing else. */
  folder: string;
  files: string[];
  bytes: number;
}

/** Files that do not compress, so that nobody gains by trying. */
export const makeFixtures = async ({
  quick,
}: {
  quick: boolean;
}): Promise<{ fixtures: Fixture[] } & AsyncDisposable> => {
  const root = await mkdtemp(join(tmpdir(), 'bench-transfer-'));
  const large = await largeFile(join(root, 'large'), quick ? 128 : 1024);
  const many = await manyFiles(join(root, 'many'), quick ? 200 : 2000, 200_000);
  return {
    fixtures: [large, many],
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
};

const largeFile = async (folder: string, mebibytes: number): Promise<Fixture> => {
  await mkdir(folder);
  const path = join(folder, 'film.bin');
  await using file = await open(path, 'w');
  for (let written = 0; written < mebibytes; written += 1) await file.write(randomBytes(MiB));
  return { name: `one file of ${mebibytes} MiB`, folder, files: [path], bytes: mebibytes * MiB };
};

const manyFiles = async (folder: string, count: number, size: number): Promise<Fixture> => {
  await mkdir(folder);
  const files: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const path = join(folder, `IMG_${String(index).padStart(4, '0')}.jpg`);
    await writeFile(path, randomBytes(size));
    files.push(path);
  }
  return { name: `${count} files of ${size / 1000} kB`, folder, files, bytes: count * size };
};
