import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDiskTier, type DiskTier } from '../../apps/server/src/features/images/cache/disk-tier.ts';
import { soakRounds } from '../support/soak-rounds.ts';
import { pictureOf } from './picture-writer.ts';

const writer = new URL('picture-writer.ts', import.meta.url).pathname;
const rounds = soakRounds(4);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picture-crash-'));
});
afterEach(() => rm(folder, { recursive: true }));

const { signal } = new AbortController();

/** Runs the writer and gives its lines; with `killAfter` it is killed a moment after it said so many. */
const runWriter = async (
  round: number,
  {
    puts,
    killAfter,
    shell = ':',
    into = folder,
  }: { puts: number; killAfter?: number; shell?: string; into?: string },
): Promise<{ keys: string[]; last: string; end: number | string | null }> => {
  const args = [writer, into, String(round), String(puts)];
  const child = spawn('bash', ['-c', `${shell}; exec "$0" "$@"`, process.execPath, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const keys: string[] = [];
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, key = ''] = line.split(' ');
    if (word === 'done') keys.push(key);
    last = line;
    if (keys.length === killAfter) setTimeout(() => child.kill('SIGKILL'), randomInt(5));
  }
  // Code and signal: one of them is null.
  const [code, killed] = (await exited) as [number | null, string | null];
  return { keys, last, end: killed ?? code };
};

const open = async (path = folder): Promise<DiskTier> => {
  const disk = await createDiskTier({ folder: path, maxBytes: 1e9, log: { warn: () => {} } });
  await disk.scanned;
  return disk;
};

/** Of these keys those that are served; each of them has the bytes that its facts tell of. */
const servedWhole = async (disk: DiskTier, keys: Iterable<string>): Promise<string[]> => {
  const served: string[] = [];
  for (const key of keys) {
    const found = await disk.get(key, signal);
    if (found === null) continue;
    served.push(key);
    const isWhole = Buffer.from(found.bytes).equals(pictureOf(found.facts.path).bytes);
    expect({ key, isWhole }).toEqual({ key, isWhole: true });
  }
  return served;
};

test(`after each of ${rounds} SIGKILLs every picture that is served is whole, and those that were kept are there`, async () => {
  const kept = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const { keys, end } = await runWriter(round, { puts: 100_000, killAfter: 30 + randomInt(30) });
    expect(end).toBe('SIGKILL');
    await using disk = await open();
    expect(await servedWhole(disk, keys)).toEqual(keys);
    expect(await readdir(join(folder, 'slot-0', 'tmp'))).toEqual([]);
    for (const key of keys) kept.add(key);
  }
  await using disk = await open();
  expect(await servedWhole(disk, kept)).toHaveLength(kept.size);
  expect(kept.size).toBeGreaterThan(rounds * 15);
}, 600_000);

test('where a file cannot be written to its end, nothing cut is kept and everything else is', async () => {
  // In blocks of 1,024 bytes: 70,000 and 400,000 do not fit, a third of all.
  const { keys, last, end } = await runWriter(0, { puts: 60, shell: 'ulimit -f 64' });
  expect({ end, last }).toEqual({ end: 0, last: 'kept 40 20 0' });
  await using disk = await open();
  expect(await servedWhole(disk, keys)).toHaveLength(40);
});

/** A disk of 2 MiB, where this machine lets us make one. */
const mountSmallDisk = async (): Promise<string | null> => {
  const path = join(folder, 'small');
  await mkdir(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    return null;
  }
};

test('on a full disk older pictures make room, and what is served is whole', async ({ skip }) => {
  const small = await mountSmallDisk();
  if (small === null) return skip('only root may mount a small disk here');
  try {
    const { keys, last, end } = await runWriter(0, { puts: 120, into: small });
    expect(end).toBe(0);
    const [, entries, failedWrites, evictions] = last.split(' ').map(Number);
    expect(failedWrites).toBeGreaterThan(0);
    expect(evictions).toBeGreaterThan(0);
    await using disk = await open(small);
    expect(await servedWhole(disk, keys)).toHaveLength(entries ?? 0);
    // How many are left depends on what the eight writers had open at once. The newest finds room in any case: its
    // first attempt at the latest has made some.
    for (const attempt of ['makes room', 'is kept']) await disk.put('newest', pictureOf(`${attempt}/5`));
    expect(await servedWhole(disk, ['newest'])).toEqual(['newest']);
  } finally {
    execFileSync('umount', [small]);
  }
});
