import { randomBytes } from 'node:crypto';
import { readdir, readFile, truncate, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createShelf } from '../../../../../../tests/support/origin-shelf.ts';
import {
  holdOptions,
  jpegFacts,
  openOriginalsScene,
  type OriginalsScene,
} from '../../../../../../tests/support/originals-scene.ts';
import type { OriginFacts } from './origin.ts';

let scene: OriginalsScene;
beforeEach(async () => {
  scene = await openOriginalsScene();
});
afterEach(() => scene[Symbol.asyncDispose]());

/** One life with two originals, one of them with a mezzanine, ended in good order. */
const leaveTwoBehind = async (shelf: ReturnType<typeof createShelf>): Promise<OriginFacts[]> => {
  await using originals = await scene.start();
  const versions: OriginFacts[] = [];
  for (const key of ['a', 'b']) {
    shelf.put(key, 5000);
    using held = await originals.hold(shelf.origin, key, holdOptions());
    versions.push(held.origin);
  }
  originals.learn(shelf.origin, 'a', jpegFacts);
  await originals.putMezzanine(shelf.origin, 'a', versions[0] as OriginFacts, randomBytes(700));
  return versions;
};

test('files and what is known of them are there after a restart', async () => {
  const shelf = createShelf();
  const [version = null] = await leaveTwoBehind(shelf);
  const originals = await scene.start();
  expect(originals.stats()).toMatchObject({ bytes: 10_700, files: 2 });
  expect(originals.known(shelf.origin, 'a')).toMatchObject({ origin: version, facts: jpegFacts });
  const held = await Promise.all(
    Array.from({ length: 10 }, () => originals.hold(shelf.origin, 'a', holdOptions({ version }))),
  );
  expect(held[0]?.mezzanine?.bytes).toBe(700);
  expect((await readFile(held[0]?.file.path ?? '')).equals(shelf.things.get('a')?.bytes ?? Buffer.of())).toBe(
    true,
  );
  for (const one of held) one[Symbol.dispose]();
  expect(shelf.counts.opens).toBe(2);
});

test.each([
  ['cut', (path: string) => truncate(path, 4999)],
  ['emptied', (path: string) => truncate(path, 0)],
  ['altered', (path: string) => writeFile(path, randomBytes(5000))],
  ['gone', (path: string) => unlink(path)],
])('a file that was %s while nobody ran is fetched again', async (_what, damage) => {
  const shelf = createShelf();
  const [first, second] = await leaveTwoBehind(shelf);
  for (const path of await scene.filesOnDisk()) if (path.includes('-o-')) await damage(path);
  const originals = await scene.start();
  for (const [key, version] of [
    ['a', first],
    ['b', second],
  ] as const) {
    using held = await originals.hold(shelf.origin, key, holdOptions({ version: version ?? null }));
    expect((await readFile(held.file.path)).equals(shelf.things.get(key)?.bytes ?? Buffer.of())).toBe(true);
    expect(held.mezzanine).toBeNull();
  }
  expect(shelf.counts.opens).toBe(4);
  await expect.poll(scene.filesOnDisk).toHaveLength(2);
});

test('what was being written when a process died, and files that are none, are swept', async () => {
  const shelf = createShelf();
  await leaveTwoBehind(shelf);
  const [some = ''] = await scene.filesOnDisk();
  await writeFile(join(scene.folder, 'slot-0', 'tmp', 'half'), randomBytes(100));
  const stray = `${basename(dirname(some))}-stray`;
  await writeFile(join(dirname(some), stray), randomBytes(100));
  const originals = await scene.start();
  expect(await readdir(join(scene.folder, 'slot-0', 'tmp'))).toEqual([]);
  await expect.poll(() => readdir(dirname(some))).not.toContain(stray);
  expect(originals.stats().files).toBe(2);
});
