import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OriginalFacts } from '@windlass/images';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMovingClock } from '../../../../../../tests/support/moving-clock.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { silentLog } from '../../../kernel/log.ts';
import { createOriginals, type OriginalsOptions, type StoredOriginals } from './originals.ts';
import type { Origin, OriginFacts } from './origin.ts';

const MiB = 1024 * 1024;
const clock = createMovingClock();
let folder = '';
let stack: AsyncDisposableStack;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'originals-'));
  stack = new AsyncDisposableStack();
});
afterEach(async () => {
  await stack.disposeAsync();
  await rm(folder, { recursive: true });
});

const start = async (options: Partial<OriginalsOptions> = {}): Promise<StoredOriginals> => {
  const originals = stack.use(
    await createOriginals({ folder, maxBytes: 64 * MiB, clock, log: silentLog, ...options }),
  );
  await originals.scanned;
  return originals;
};

interface Thing {
  bytes: Buffer;
  etag: string | null;
  lastModified: Date | null;
  /** False: comes without a length. */
  sized?: boolean;
  /** Ends early, in silence. */
  cutAt?: number;
}

/** An origin in memory. `pace` milliseconds pass before each chunk of 16 KiB. */
const createShelf = (id = 'shelf') => {
  const things = new Map<string, Thing>();
  const counts = { opens: 0, heads: 0, aborted: 0 };
  const shelf = { things, counts, pace: 0, headPace: 0 };
  const find = (key: string): Thing => {
    const thing = things.get(key);
    if (thing === undefined) throw new AppError('notFound', 'There is no such object.');
    return thing;
  };
  const factsOf = ({ bytes, etag, lastModified, sized = true }: Thing): OriginFacts => ({
    etag,
    lastModified,
    size: sized ? bytes.byteLength : null,
  });
  const origin: Origin = {
    id,
    head: async (key, { signal }) => {
      counts.heads += 1;
      await sleep(shelf.headPace, undefined, { signal });
      return factsOf(find(key));
    },
    open: async (key, { signal, ifChanged }) => {
      counts.opens += 1;
      signal.addEventListener('abort', () => (counts.aborted += 1), { once: true });
      const thing = find(key);
      if (ifChanged !== undefined && ifChanged.etag === thing.etag) return null;
      const send = async function* () {
        const whole = thing.bytes.subarray(0, thing.cutAt ?? thing.bytes.byteLength);
        for (let at = 0; at < whole.byteLength; at += 16_384) {
          if (shelf.pace > 0) await sleep(shelf.pace, undefined, { signal });
          yield whole.subarray(at, at + 16_384);
        }
      };
      return { ...factsOf(thing), body: Readable.from(send(), { objectMode: false }) };
    },
  };
  return Object.assign(shelf, {
    origin,
    put: (key: string, size: number, thing: Partial<Thing> = {}): Thing => {
      const made = {
        bytes: randomBytes(size),
        etag: `"${randomBytes(8).toString('hex')}"`,
        lastModified: null,
        ...thing,
      };
      things.set(key, made);
      return made;
    },
  });
};

const limits = (more: { signal?: AbortSignal; maxBytes?: number; version?: OriginFacts | null } = {}) => ({
  signal: new AbortController().signal,
  maxBytes: 32 * MiB,
  version: null,
  ...more,
});

const filesOnDisk = async (): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /-[om]-/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
};

const jpegFacts: OriginalFacts = {
  format: 'jpeg',
  width: 40,
  height: 30,
  orientation: 1,
  frames: 1,
  alpha: false,
  progressive: false,
};

test('a hundred holds at once cost one fetch, and each reads the bytes of the origin', async () => {
  const originals = await start();
  const shelf = createShelf();
  shelf.pace = 1;
  const { bytes } = shelf.put('a.jpg', 100_000);
  const held = await Promise.all(
    Array.from({ length: 100 }, () => originals.hold(shelf.origin, 'a.jpg', limits())),
  );
  expect(shelf.counts.opens).toBe(1);
  expect(originals.stats()).toMatchObject({ files: 1, bytes: 100_000, fetches: 1 });
  for (const one of held) expect((await readFile(one.file.path)).equals(bytes)).toBe(true);
  for (const one of held) one[Symbol.dispose]();
  const [path = ''] = await filesOnDisk();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
});

test('a hundred checks at once cost one HEAD, and the answer is known afterwards', async () => {
  const originals = await start();
  const shelf = createShelf();
  shelf.headPace = 5;
  const { etag } = shelf.put('a.jpg', 10);
  expect(originals.known(shelf.origin, 'a.jpg')).toBeNull();
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 100 }, () => originals.check(shelf.origin, 'a.jpg', signal)));
  expect(shelf.counts.heads).toBe(1);
  expect(originals.known(shelf.origin, 'a.jpg')).toEqual({
    origin: { etag, lastModified: null, size: 10 },
    facts: null,
    checkedAt: clock.now().getTime(),
  });
});

test('a version that is on disk is not fetched again; of a changed one the new version is given', async () => {
  const originals = await start();
  const shelf = createShelf();
  const { signal } = new AbortController();
  shelf.put('a.jpg', 1000);
  const first = await originals.check(shelf.origin, 'a.jpg', signal);
  (await originals.hold(shelf.origin, 'a.jpg', limits({ version: first.origin })))[Symbol.dispose]();
  (await originals.hold(shelf.origin, 'a.jpg', limits({ version: first.origin })))[Symbol.dispose]();
  expect(shelf.counts.opens).toBe(1);

  const second = await originals.check(shelf.origin, 'a.jpg', signal);
  clock.forward({ seconds: 1 });
  const changed = shelf.put('a.jpg', 2000);
  originals.forget(shelf.origin, 'a.jpg');
  using held = await originals.hold(shelf.origin, 'a.jpg', limits({ version: second.origin }));
  expect(held.origin.etag).toBe(changed.etag);
  expect((await readFile(held.file.path)).equals(changed.bytes)).toBe(true);
  expect(originals.known(shelf.origin, 'a.jpg')?.origin.etag).toBe(changed.etag);
});

test('two versions are on disk while both are held, and the older one is gone with its last holder', async () => {
  const originals = await start();
  const shelf = createShelf();
  const older = shelf.put('a.jpg', 1000);
  const first = await originals.hold(shelf.origin, 'a.jpg', limits());
  clock.forward({ seconds: 1 });
  const newer = shelf.put('a.jpg', 2000);
  const second = await originals.hold(shelf.origin, 'a.jpg', limits());
  expect((await readFile(first.file.path)).equals(older.bytes)).toBe(true);
  expect((await readFile(second.file.path)).equals(newer.bytes)).toBe(true);
  expect(originals.stats().bytes).toBe(3000);
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  second[Symbol.dispose]();
  expect(originals.stats()).toMatchObject({ bytes: 2000, files: 1 });
  await expect.poll(filesOnDisk).toEqual([second.file.path]);
});

test('a slow download of an older version does not replace a newer one', async () => {
  const originals = await start();
  const shelf = createShelf();
  const older = shelf.put('a.jpg', 160_000);
  const { signal } = new AbortController();
  const first = await originals.check(shelf.origin, 'a.jpg', signal);
  shelf.pace = 10;
  const slow = originals.hold(shelf.origin, 'a.jpg', limits({ version: first.origin }));
  await sleep(20);
  shelf.pace = 0;
  clock.forward({ seconds: 1 });
  const newer = shelf.put('a.jpg', 2000);
  const second = await originals.check(shelf.origin, 'a.jpg', signal);
  using fast = await originals.hold(shelf.origin, 'a.jpg', limits({ version: second.origin }));
  using late = await slow;
  expect(late.origin.etag).toBe(older.etag);
  expect((await readFile(late.file.path)).equals(older.bytes)).toBe(true);
  expect(originals.known(shelf.origin, 'a.jpg')?.origin.etag).toBe(newer.etag);
  late[Symbol.dispose]();
  fast[Symbol.dispose]();
  await expect.poll(filesOnDisk).toEqual([fast.file.path]);
});

test('where nobody names a version the origin is asked whether it changed, and sends nothing when it did not', async () => {
  const originals = await start();
  const shelf = createShelf();
  shelf.put('a.jpg', 1000);
  (await originals.hold(shelf.origin, 'a.jpg', limits()))[Symbol.dispose]();
  clock.forward({ seconds: 5 });
  using held = await originals.hold(shelf.origin, 'a.jpg', limits());
  expect(held.file.bytes).toBe(1000);
  expect(shelf.counts.opens).toBe(2);
  expect(originals.known(shelf.origin, 'a.jpg')?.checkedAt).toBe(clock.now().getTime());
  expect(await filesOnDisk()).toHaveLength(1);
});

test('date and size are a version where there is no ETag; what has neither goes with those who wait', async () => {
  const originals = await start();
  const shelf = createShelf();
  shelf.put('dated.jpg', 1000, { etag: null, lastModified: new Date(0) });
  const { origin: version } = await originals.check(shelf.origin, 'dated.jpg', new AbortController().signal);
  for (let count = 0; count < 2; count += 1) {
    (await originals.hold(shelf.origin, 'dated.jpg', limits({ version })))[Symbol.dispose]();
  }
  expect(shelf.counts.opens).toBe(1);

  const { bytes } = shelf.put('bare.jpg', 500, { etag: null, sized: false });
  const held = await Promise.all([1, 2, 3].map(() => originals.hold(shelf.origin, 'bare.jpg', limits())));
  expect(shelf.counts.opens).toBe(2);
  expect(originals.stats().bytes).toBe(1500);
  for (const one of held) {
    expect((await readFile(one.file.path)).equals(bytes)).toBe(true);
    one[Symbol.dispose]();
  }
  expect(originals.stats()).toMatchObject({ bytes: 1000, files: 1 });
  await expect.poll(filesOnDisk).toHaveLength(1);
  (await originals.hold(shelf.origin, 'bare.jpg', limits()))[Symbol.dispose]();
  expect(shelf.counts.opens).toBe(3);
});

test('a download is called off when the last waiter leaves, and not before', async () => {
  const originals = await start();
  const shelf = createShelf();
  shelf.pace = 20;
  shelf.put('a.jpg', 320_000);
  const leavers = Array.from({ length: 3 }, () => new AbortController());
  const waiting = leavers.map(({ signal }) => originals.hold(shelf.origin, 'a.jpg', limits({ signal })));
  const outcome = Promise.allSettled(waiting);
  await sleep(50);
  leavers[0]?.abort(new Error('first gone'));
  leavers[1]?.abort(new Error('second gone'));
  await expect(waiting[0]).rejects.toThrow('first gone');
  expect(shelf.counts.aborted).toBe(0);
  leavers[2]?.abort(new Error('third gone'));
  expect((await outcome).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(shelf.counts.aborted).toBe(1);
  await expect.poll(() => originals.stats()).toMatchObject({ bytes: 0, files: 0, running: 0 });
  await expect.poll(() => readdir(join(folder, 'slot-0', 'tmp'))).toEqual([]);
  // Whoever comes next starts anew, and is not told of a failure.
  shelf.pace = 0;
  using held = await originals.hold(shelf.origin, 'a.jpg', limits());
  expect(held.file.bytes).toBe(320_000);
});

test('the unused for longest is evicted, and never what is held', async () => {
  const originals = await start({ maxBytes: 10_000 });
  const shelf = createShelf();
  for (const key of 'abcde') shelf.put(key, 4000);
  using first = await originals.hold(shelf.origin, 'a', limits());
  using second = await originals.hold(shelf.origin, 'b', limits());
  using third = await originals.hold(shelf.origin, 'c', limits());
  expect(originals.stats()).toMatchObject({ bytes: 12_000, files: 3, evictions: 0 });
  second[Symbol.dispose]();
  expect(originals.stats()).toMatchObject({ bytes: 8000, files: 2, evictions: 1 });
  await expect
    .poll(async () => (await filesOnDisk()).toSorted())
    .toEqual([first.file.path, third.file.path].toSorted());
  expect((await readFile(first.file.path)).byteLength).toBe(4000);
});

test('an original larger than the whole budget is there for those who hold it', async () => {
  const originals = await start({ maxBytes: 1000 });
  const shelf = createShelf();
  const { bytes } = shelf.put('a', 5000);
  const held = await originals.hold(shelf.origin, 'a', limits());
  expect((await readFile(held.file.path)).equals(bytes)).toBe(true);
  held[Symbol.dispose]();
  expect(originals.stats()).toMatchObject({ bytes: 0, files: 0 });
});

test('too many bytes are refused, announced or not, and also from disk', async () => {
  const originals = await start();
  const shelf = createShelf();
  shelf.put('sized', 5000);
  shelf.put('chunked', 50_000, { sized: false });
  for (const key of ['sized', 'chunked']) {
    await expect(originals.hold(shelf.origin, key, limits({ maxBytes: 4000 }))).rejects.toMatchObject({
      code: 'payloadTooLarge',
    });
  }
  using held = await originals.hold(shelf.origin, 'sized', limits());
  const smaller = limits({ maxBytes: 4000, version: held.origin });
  await expect(originals.hold(shelf.origin, 'sized', smaller)).rejects.toMatchObject({
    code: 'payloadTooLarge',
  });
  expect(await readdir(join(folder, 'slot-0', 'tmp'))).toEqual([]);
});

test('an original that breaks off fails, is not kept, and is asked for again two seconds later', async () => {
  const originals = await start();
  const shelf = createShelf();
  const thing = shelf.put('a', 50_000, { cutAt: 20_000 });
  const failed = { code: 'originFailed' };
  await expect(originals.hold(shelf.origin, 'a', limits())).rejects.toMatchObject(failed);
  delete thing.cutAt;
  await expect(originals.hold(shelf.origin, 'a', limits())).rejects.toMatchObject(failed);
  expect(shelf.counts.opens).toBe(1);
  clock.forward({ seconds: 2.001 });
  using held = await originals.hold(shelf.origin, 'a', limits());
  expect(held.file.bytes).toBe(50_000);
});

test('what is not there is remembered for ten seconds, and what is gone is not served any more', async () => {
  const originals = await start();
  const shelf = createShelf();
  const { signal } = new AbortController();
  shelf.put('a', 100);
  (await originals.hold(shelf.origin, 'a', limits()))[Symbol.dispose]();
  shelf.things.delete('a');
  for (let count = 0; count < 3; count += 1) {
    await expect(originals.check(shelf.origin, 'a', signal)).rejects.toMatchObject({ code: 'notFound' });
  }
  expect(shelf.counts.heads).toBe(1);
  expect(originals.known(shelf.origin, 'a')).toBeNull();
  expect(originals.stats().files).toBe(0);
  shelf.put('a', 100);
  clock.forward({ seconds: 10.001 });
  await originals.check(shelf.origin, 'a', signal);
  shelf.things.delete('b');
  await expect(originals.check(shelf.origin, 'b', signal)).rejects.toMatchObject({ code: 'notFound' });
  shelf.put('b', 100);
  originals.forget(shelf.origin, 'b');
  await originals.check(shelf.origin, 'b', signal);
});

test('an origin that says nothing ends in time', async () => {
  const originals = await start({ checkTimeoutMilliseconds: 20, fetchTimeoutMilliseconds: 20 });
  const shelf = createShelf();
  shelf.put('a', 100_000);
  shelf.headPace = 60_000;
  shelf.pace = 60_000;
  const late = { code: 'originTimeout' };
  await expect(originals.check(shelf.origin, 'a', new AbortController().signal)).rejects.toMatchObject(late);
  await expect(originals.hold(shelf.origin, 'a', limits())).rejects.toMatchObject(late);
});

test('a slow origin with many requests does not hold up another one', async () => {
  const originals = await start({ maxFetches: 4, maxFetchesPerOrigin: 2 });
  const slow = createShelf('slow');
  slow.pace = 30_000;
  const leave = new AbortController();
  const waiting = Array.from({ length: 50 }, (_, index) => {
    slow.put(`s${index}`, 1000);
    return originals.hold(slow.origin, `s${index}`, limits({ signal: leave.signal, maxBytes: 1000 }));
  });
  const quick = createShelf('quick');
  for (let index = 0; index < 20; index += 1) {
    quick.put(`q${index}`, 1000);
    using held = await originals.hold(quick.origin, `q${index}`, limits({ maxBytes: 1000 }));
    expect(held.file.bytes).toBe(1000);
  }
  expect(slow.counts.opens).toBe(2);
  expect(originals.stats()).toMatchObject({ running: 2, waiting: 48 });
  leave.abort(new Error('enough'));
  const outcomes = await Promise.allSettled(waiting);
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
});

test('a mezzanine lies beside its original, counts, and goes with it', async () => {
  const originals = await start({ maxBytes: 10_000 });
  const shelf = createShelf();
  shelf.put('a', 4000);
  const mezzanine = randomBytes(1000);
  {
    using held = await originals.hold(shelf.origin, 'a', limits());
    expect(held.mezzanine).toBeNull();
    await originals.putMezzanine(shelf.origin, 'a', held.origin, mezzanine);
    await originals.putMezzanine(shelf.origin, 'a', { ...held.origin, etag: '"other"' }, randomBytes(10));
  }
  expect(originals.stats()).toMatchObject({ bytes: 5000, files: 1 });
  const { origin: version } = await originals.check(shelf.origin, 'a', new AbortController().signal);
  {
    using held = await originals.hold(shelf.origin, 'a', limits({ version }));
    expect((await readFile(held.mezzanine?.path ?? '')).equals(mezzanine)).toBe(true);
  }
  shelf.put('b', 8000);
  (await originals.hold(shelf.origin, 'b', limits()))[Symbol.dispose]();
  expect(originals.stats()).toMatchObject({ bytes: 8000, files: 1 });
  await expect.poll(filesOnDisk).toHaveLength(1);
});

test('what a render learned is told with the same version, and forgotten with a new one', async () => {
  const originals = await start();
  const shelf = createShelf();
  shelf.put('a', 100);
  const { signal } = new AbortController();
  await originals.check(shelf.origin, 'a', signal);
  originals.learn(shelf.origin, 'a', jpegFacts);
  clock.forward({ seconds: 1 });
  expect((await originals.check(shelf.origin, 'a', signal)).facts).toEqual(jpegFacts);
  using held = await originals.hold(shelf.origin, 'a', limits());
  expect(held.facts).toEqual(jpegFacts);
  clock.forward({ seconds: 1 });
  shelf.put('a', 100);
  expect((await originals.check(shelf.origin, 'a', signal)).facts).toBeNull();
});

/** One life with two originals, one of them with a mezzanine, ended in good order. */
const leaveTwoBehind = async (shelf: ReturnType<typeof createShelf>): Promise<OriginFacts[]> => {
  await using originals = await createOriginals({ folder, maxBytes: 64 * MiB, clock, log: silentLog });
  await originals.scanned;
  const versions: OriginFacts[] = [];
  for (const key of ['a', 'b']) {
    shelf.put(key, 5000);
    using held = await originals.hold(shelf.origin, key, limits());
    versions.push(held.origin);
  }
  originals.learn(shelf.origin, 'a', jpegFacts);
  await originals.putMezzanine(shelf.origin, 'a', versions[0] as OriginFacts, randomBytes(700));
  return versions;
};

test('files and what is known of them are there after a restart', async () => {
  const shelf = createShelf();
  const [version = null] = await leaveTwoBehind(shelf);
  const originals = await start();
  expect(originals.stats()).toMatchObject({ bytes: 10_700, files: 2 });
  expect(originals.known(shelf.origin, 'a')).toMatchObject({ origin: version, facts: jpegFacts });
  const held = await Promise.all(
    Array.from({ length: 10 }, () => originals.hold(shelf.origin, 'a', limits({ version }))),
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
  for (const path of await filesOnDisk()) if (path.includes('-o-')) await damage(path);
  const originals = await start();
  for (const [key, version] of [
    ['a', first],
    ['b', second],
  ] as const) {
    using held = await originals.hold(shelf.origin, key, limits({ version: version ?? null }));
    expect((await readFile(held.file.path)).equals(shelf.things.get(key)?.bytes ?? Buffer.of())).toBe(true);
    expect(held.mezzanine).toBeNull();
  }
  expect(shelf.counts.opens).toBe(4);
  await expect.poll(filesOnDisk).toHaveLength(2);
});

test('a file that vanishes while we run is fetched again', async () => {
  const originals = await start();
  const shelf = createShelf();
  shelf.put('a', 100);
  const held = await originals.hold(shelf.origin, 'a', limits());
  held[Symbol.dispose]();
  await unlink(held.file.path);
  using again = await originals.hold(shelf.origin, 'a', limits({ version: held.origin }));
  expect((await readFile(again.file.path)).byteLength).toBe(100);
});

test('what was being written when a process died, and files that are none, are swept', async () => {
  const shelf = createShelf();
  await leaveTwoBehind(shelf);
  const [some = ''] = await filesOnDisk();
  await writeFile(join(folder, 'slot-0', 'tmp', 'half'), randomBytes(100));
  const stray = `${basename(dirname(some))}-stray`;
  await writeFile(join(dirname(some), stray), randomBytes(100));
  const originals = await start();
  expect(await readdir(join(folder, 'slot-0', 'tmp'))).toEqual([]);
  await expect.poll(() => readdir(dirname(some))).not.toContain(stray);
  expect(originals.stats().files).toBe(2);
});

test('two that share a folder keep apart, and end without each other', async () => {
  const first = await start();
  const second = await start();
  const shelf = createShelf();
  shelf.put('a', 1000);
  using one = await first.hold(shelf.origin, 'a', limits());
  using two = await second.hold(shelf.origin, 'a', limits());
  expect(shelf.counts.opens).toBe(2);
  first.forget(shelf.origin, 'a');
  one[Symbol.dispose]();
  expect((await readFile(two.file.path)).byteLength).toBe(1000);
});

test('an end calls off what runs, and whoever waits is told', async () => {
  const originals = await createOriginals({ folder, maxBytes: MiB, clock, log: silentLog });
  const shelf = createShelf();
  shelf.pace = 60_000;
  shelf.put('a', 1000);
  const waiting = originals.hold(shelf.origin, 'a', limits());
  const told = expect(waiting).rejects.toMatchObject({ code: 'unavailable' });
  await sleep(10);
  await originals[Symbol.asyncDispose]();
  await told;
  expect(await readdir(join(folder, 'slot-0', 'tmp'))).toEqual([]);
});
