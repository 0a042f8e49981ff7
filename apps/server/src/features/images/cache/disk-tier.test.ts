import { mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cachedPicture } from '../../../../../../tests/support/cached-picture.ts';
import { createDiskTier, type DiskTier } from './disk-tier.ts';

const MiB = 1024 * 1024;
const { signal } = new AbortController();
let folder = '';
let stack: AsyncDisposableStack;
let warnings: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'disk-tier-'));
  stack = new AsyncDisposableStack();
  warnings = [];
});
afterEach(async () => {
  await stack.disposeAsync();
  await rm(folder, { recursive: true });
});

const log = { warn: (_facts: object, message: string) => void warnings.push(message) };
const start = async (maxBytes = 64 * MiB): Promise<DiskTier> => {
  const disk = stack.use(await createDiskTier({ folder, maxBytes, log }));
  await disk.scanned;
  return disk;
};
const filesOnDisk = async (): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('lock'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
};
const theFile = async (): Promise<string> => (await filesOnDisk())[0] ?? '';

test('gives back what was put, in files that only we may read', async () => {
  const disk = await start();
  const picture = cachedPicture('a', 30_000);
  await disk.put('a', picture);
  const found = await disk.get('a', signal);
  expect(found?.facts).toEqual(picture.facts);
  expect(Buffer.from(found?.bytes ?? []).equals(picture.bytes)).toBe(true);
  expect(await disk.get('b', signal)).toBeNull();
  const path = await theFile();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
  expect(warnings).toEqual([]);
});

test('a picture that is put again replaces the older one, and leaves one file', async () => {
  const disk = await start();
  await disk.put('a', cachedPicture('older', 1000));
  const newer = cachedPicture('newer', 2000);
  await disk.put('a', newer);
  expect((await disk.get('a', signal))?.facts.etag).toBe(newer.facts.etag);
  expect(await filesOnDisk()).toHaveLength(1);
  expect(disk.usage().bytes).toBe((await stat(await theFile())).size);
});

test('what is deleted is gone', async () => {
  const disk = await start();
  await disk.put('a', cachedPicture('a'));
  await disk.delete('a');
  await disk.delete('never there');
  expect(await disk.get('a', signal)).toBeNull();
  expect(await filesOnDisk()).toEqual([]);
  expect(disk.usage()).toMatchObject({ bytes: 0, entries: 0 });
});

test('stays within its bytes, on disk too, and evicts what was unused for longest', async () => {
  const disk = await start(100_000);
  for (let index = 0; index < 50; index += 1) {
    await disk.put(`k${index}`, cachedPicture(`k${index}`, 5000));
    await disk.get('k0', signal);
  }
  const { bytes, entries, evictions } = disk.usage();
  expect(bytes).toBeLessThanOrEqual(100_000);
  expect(entries + evictions).toBe(50);
  await expect.poll(filesOnDisk).toHaveLength(entries);
  expect(await disk.get('k0', signal)).not.toBeNull();
  expect(await disk.get('k1', signal)).toBeNull();
  expect(await disk.get('k49', signal)).not.toBeNull();
});

test('a picture larger than the whole budget is not kept', async () => {
  const disk = await start(1000);
  await disk.put('a', cachedPicture('a', 2000));
  expect(await filesOnDisk()).toEqual([]);
});

test('pictures are there after a restart, and what this process used stays longer than what it found', async () => {
  {
    await using disk = await createDiskTier({ folder, maxBytes: MiB, log });
    for (const key of 'abcd') await disk.put(key, cachedPicture(key, 10_000));
  }
  const disk = await start(45_000);
  expect(disk.usage().entries).toBe(4);
  expect(await disk.get('a', signal)).not.toBeNull();
  for (const key of ['e', 'f', 'g']) await disk.put(key, cachedPicture(key, 10_000));
  expect(disk.usage().entries).toBe(4);
  for (const key of ['a', 'e', 'f', 'g']) expect(await disk.get(key, signal)).not.toBeNull();
});

const damages: [string, (path: string) => Promise<unknown>][] = [
  ['cut', (path) => truncate(path, 500)],
  ['emptied', (path) => truncate(path, 0)],
  ['lengthened with nothing', (path) => truncate(path, 0).then(() => truncate(path, 5000))],
  [
    'altered in one byte',
    async (path) => {
      const bytes = await readFile(path);
      bytes[bytes.byteLength - 1] = (bytes.at(-1) ?? 0) ^ 1;
      await writeFile(path, bytes);
    },
  ],
  ['gone', (path) => rm(path)],
];

test.each(damages)('a file that was %s is not served, and removed when it is met', async (_what, damage) => {
  const disk = await start();
  await disk.put('a', cachedPicture('a', 4000));
  await damage(await theFile());
  expect(await disk.get('a', signal)).toBeNull();
  expect(await filesOnDisk()).toEqual([]);
  expect(disk.usage()).toMatchObject({ bytes: 0, entries: 0 });
  await disk.put('a', cachedPicture('a', 4000));
  expect(await disk.get('a', signal)).not.toBeNull();
});

test.each(damages)('a file that was %s while nobody ran is not served either', async (_what, damage) => {
  {
    await using disk = await createDiskTier({ folder, maxBytes: MiB, log });
    await disk.put('a', cachedPicture('a', 4000));
  }
  await damage(await theFile());
  const disk = await start();
  expect(await disk.get('a', signal)).toBeNull();
  expect(await filesOnDisk()).toEqual([]);
});

test('a whole file under the name of another picture is not served', async () => {
  const disk = await start();
  await disk.put('a', cachedPicture('a', 1000));
  const first = await theFile();
  await disk.put('b', cachedPicture('b', 1000));
  const second = (await filesOnDisk()).find((path) => path !== first) ?? '';
  await rename(first, second);
  expect(await disk.get('b', signal)).toBeNull();
});

test('unfinished and foreign files are swept at the start', async () => {
  {
    await using disk = await createDiskTier({ folder, maxBytes: MiB, log });
    await disk.put('a', cachedPicture('a'));
  }
  const path = await theFile();
  await writeFile(join(folder, 'slot-0', 'tmp', 'half'), 'half');
  await writeFile(join(dirname(path), `${basename(dirname(path))}-stray`), 'stray');
  await start();
  expect(await filesOnDisk()).toEqual([path]);
});

test('where nothing can be written a picture is just not kept, and that is said once', async () => {
  const disk = await start();
  await rm(join(folder, 'slot-0', 'tmp'), { recursive: true });
  await writeFile(join(folder, 'slot-0', 'tmp'), 'a file where a folder was');
  await disk.put('a', cachedPicture('a'));
  await disk.put('b', cachedPicture('b'));
  expect(await disk.get('a', signal)).toBeNull();
  expect(disk.usage()).toMatchObject({ entries: 0, failedWrites: 2 });
  expect(warnings).toEqual(['a picture could not be kept on disk']);
});

test('two that share a folder do not see each other, nor remove what is not theirs', async () => {
  const first = await start(3000);
  const second = await start(3000);
  await second.put('a', cachedPicture('a', 1000));
  for (const key of 'bcde') await first.put(key, cachedPicture(key, 1000));
  expect(await first.get('a', signal)).toBeNull();
  expect(await second.get('a', signal)).not.toBeNull();
});

test('puts and gets of one key at once always end in a whole picture', async () => {
  const disk = await start();
  const versions = Array.from({ length: 40 }, (_, index) => cachedPicture(`v${index}`, 500 + index));
  const etags = new Set(versions.map(({ facts }) => facts.etag));
  const gets = versions.flatMap((version) => {
    void disk.put('a', version);
    return [disk.get('a', signal)];
  });
  const found = (await Promise.all(gets)).flatMap((one) => (one === null ? [] : [one.facts.etag]));
  expect(found.every((etag) => etags.has(etag))).toBe(true);
  await disk.put('a', cachedPicture('last'));
  expect(await disk.get('a', signal)).not.toBeNull();
  await expect.poll(filesOnDisk).toHaveLength(1);
});
