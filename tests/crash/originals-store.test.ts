import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { holdOptions, openOriginalsScene } from '../support/originals-scene.ts';
import { soakRounds } from '../support/soak-rounds.ts';
import { originalOf, shelfOf } from './originals-writer.ts';

const writer = new URL('originals-writer.ts', import.meta.url).pathname;
const rounds = soakRounds(3);

/** Runs the writer, kills it a moment after it told of some originals, and gives their keys. */
const runAndKill = async (folder: string, round: number): Promise<string[]> => {
  const child = spawn(process.execPath, [writer, folder, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const killAfter = 15 + randomInt(20);
  const keys: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    keys.push(line.split(' ')[1] ?? '');
    if (keys.length === killAfter) setTimeout(() => child.kill('SIGKILL'), randomInt(10));
  }
  // Code and signal: one of them is null.
  const [, signal] = (await exited) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return keys;
};

test('originals that were there before SIGKILL are held again without a fetch, and each is whole', async () => {
  await using scene = await openOriginalsScene();
  const keys: string[] = [];
  for (let round = 0; round < rounds; round += 1) keys.push(...(await runAndKill(scene.folder, round)));

  const originals = await scene.start({ maxBytes: 4e9 });
  expect(await readdir(join(scene.folder, 'slot-0', 'tmp'))).toEqual([]);
  const shelf = shelfOf(keys);
  for (const key of keys) {
    const { origin: version } = await originals.check(shelf.origin, key, new AbortController().signal);
    using held = await originals.hold(shelf.origin, key, holdOptions({ version }));
    const isWhole = (await readFile(held.file.path)).equals(originalOf(key));
    const small = held.mezzanine === null ? null : await readFile(held.mezzanine.path);
    const hasItsMezzanine = Number(key.split('-')[1]) % 2 === 0;
    expect({ key, isWhole, small: small?.equals(originalOf(`${key} small`)) ?? null }).toEqual({
      key,
      isWhole: true,
      small: hasItsMezzanine ? true : null,
    });
  }
  expect(shelf.counts).toMatchObject({ heads: keys.length, opens: 0 });
  // Nothing lies there that is not counted.
  const { files, bytes } = originals.stats();
  expect(files).toBeGreaterThanOrEqual(keys.length);
  const names = (await scene.filesOnDisk()).map((path) => Number(path.split('-').at(-4)));
  expect(names.reduce((sum, size) => sum + size, 0)).toBe(bytes);
}, 600_000);
