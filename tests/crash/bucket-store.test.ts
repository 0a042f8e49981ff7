import { spawn } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ObjectStore } from '../../packages/bucket/src/store.ts';
import { createObjectStore } from '../../packages/bucket/src/store/index.ts';
import { soakRounds } from '../support/soak-rounds.ts';

const writer = new URL('bucket-writer.ts', import.meta.url).pathname;
/** Far more than a round lives to make; three rounds acknowledge about 300. */
const writes = 1000;
const rounds = soakRounds(3);
const maxWritesOfRound = 200;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bucket-crash-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** For each key what may be there: the last acknowledged bytes, or those of a write that was under way. */
interface Expected {
  acknowledged: Map<string, string>;
  begun: Map<string, Set<string>>;
  refused: string[];
}

const note = (expected: Expected, line: string): void => {
  const [word = '', key = '', md5 = ''] = line.split(' ');
  if (word === 'refused') expected.refused.push(key);
  if (word === 'begin') expected.begun.set(key, (expected.begun.get(key) ?? new Set()).add(md5));
  if (word === 'done') {
    expected.acknowledged.set(key, md5);
    expected.begun.delete(key);
  }
};

/** Runs the writer; with `killAfter`, SIGKILLs it when it has acknowledged that many writes, or a moment later. */
const runWriter = async (
  expected: Expected,
  round: number,
  options: { killAfter?: number; shell?: string; writes?: number } = {},
): Promise<void> => {
  const args = [writer, folder, String(round), String(options.writes ?? writes)];
  const child =
    options.shell === undefined
      ? spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      : spawn('bash', ['-c', `${options.shell}; exec "$0" "$@"`, process.execPath, ...args], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
  const exited = once(child, 'exit');
  let done = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    note(expected, line);
    if (line.startsWith('done')) done += 1;
    if (done === options.killAfter) setTimeout(() => child.kill('SIGKILL'), randomInt(4));
  }
  const [code, signal] = (await exited) as [number | null, string | null];
  expect(options.killAfter === undefined ? code : signal).toBe(
    options.killAfter === undefined ? 0 : 'SIGKILL',
  );
};

const contents = async (store: ObjectStore): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for (let startAfter: string | undefined = ''; startAfter !== undefined;) {
    const page: Awaited<ReturnType<ObjectStore['listObjects']>> = await store.listObjects('b', {
      prefix: '',
      delimiter: '',
      startAfter,
      maxKeys: 1000,
    });
    for (const { key, size } of page.objects) {
      const opened = await store.openObject('b', key);
      const md5 = createHash('md5');
      let read = 0;
      for await (const chunk of opened?.read() ?? []) {
        md5.update(chunk as Buffer);
        read += (chunk as Buffer).length;
      }
      await opened?.close();
      expect(read).toBe(size);
      found.set(key, md5.digest('hex'));
    }
    startAfter = page.next;
  }
  return found;
};

const filesIn = async (part: string): Promise<string[]> => {
  const buckets = join(folder, 'store', 'buckets');
  const [id = ''] = await readdir(buckets);
  const entries = await readdir(join(buckets, id, part), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
};

/** Opens the store, looks at every object and at what lies around, and closes it. */
const inspect = async (expected: Expected): Promise<void> => {
  const warnings: string[] = [];
  const log = { warn: (_facts: Record<string, unknown>, message: string) => void warnings.push(message) };
  const store = await createObjectStore({ dataDirectory: folder, clock: { now: () => new Date() }, log });
  const found = await contents(store);
  const openUploads = await store.listUploads('b', {
    prefix: '',
    delimiter: '',
    keyMarker: '',
    uploadIdMarker: '',
    maxUploads: 1000,
  });
  for (const { key, uploadId } of openUploads.uploads) await store.abortUpload('b', key, uploadId);
  // Disposal waits for the sweep of leftovers.
  await store[Symbol.asyncDispose]();

  expect(warnings).toEqual([]);
  for (const [key, md5] of expected.acknowledged) {
    const allowed = [md5, ...(expected.begun.get(key) ?? [])];
    expect({ key, isAllowed: allowed.includes(found.get(key) ?? 'missing') }).toEqual({
      key,
      isAllowed: true,
    });
  }
  for (const [key, md5] of found) {
    const allowed = [expected.acknowledged.get(key), ...(expected.begun.get(key) ?? [])];
    expect({ key, isAllowed: allowed.includes(md5) }).toEqual({ key, isAllowed: true });
    // From now on it is there, and has to stay.
    expected.acknowledged.set(key, md5);
  }
  expected.begun.clear();
  expect(await filesIn('temporary')).toEqual([]);
  expect(await filesIn('uploads')).toEqual([]);
  expect(await filesIn('objects')).toHaveLength(found.size);
};

test(`SIGKILL at a random moment among writes, ${rounds} times: what was acknowledged is whole, nothing is half`, async () => {
  const expected: Expected = { acknowledged: new Map(), begun: new Map(), refused: [] };
  for (let round = 0; round < rounds; round += 1) {
    await runWriter(expected, round, { killAfter: randomInt(1, maxWritesOfRound) });
    await inspect(expected);
  }
  expect(expected.refused).toEqual([]);
  expect(expected.acknowledged.size).toBeGreaterThan(rounds);
}, 600_000);

test('a full disk refuses writes with 503 and leaves nothing of them', async () => {
  const expected: Expected = { acknowledged: new Map(), begun: new Map(), refused: [] };
  // A limit on the size of a file fails a write in its middle, as a full disk does.
  await runWriter(expected, 0, { shell: 'ulimit -f 200', writes: 300 });
  expect(expected.refused.length).toBeGreaterThan(50);
  expect(new Set(expected.refused)).toEqual(new Set(['ServiceUnavailable']));
  expected.begun.clear();
  await inspect(expected);
  expect(expected.acknowledged.size).toBeGreaterThan(200);
});
