import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createShelf } from '../../../../../../tests/support/origin-shelf.ts';
import {
  holdOptions,
  jpegFacts,
  openOriginalsScene,
  type OriginalsScene,
} from '../../../../../../tests/support/originals-scene.ts';
import type { Origin } from './origin.ts';

let scene: OriginalsScene;
beforeEach(async () => {
  scene = await openOriginalsScene();
});
afterEach(() => scene[Symbol.asyncDispose]());

test('a hundred holds at once cost one fetch, and each reads the bytes of the origin', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  shelf.pace = 1;
  const { bytes } = shelf.put('a.jpg', 100_000);
  const held = await Promise.all(
    Array.from({ length: 100 }, () => originals.hold(shelf.origin, 'a.jpg', holdOptions())),
  );
  expect(shelf.counts.opens).toBe(1);
  expect(originals.stats()).toMatchObject({ files: 1, bytes: 100_000, fetches: 1 });
  for (const one of held) expect((await readFile(one.file.path)).equals(bytes)).toBe(true);
  for (const one of held) one[Symbol.dispose]();
  const [path = ''] = await scene.filesOnDisk();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
});

test('a hundred checks at once cost one HEAD, and the answer is known afterwards', async () => {
  const originals = await scene.start();
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
    checkedAt: scene.clock.now().getTime(),
  });
});

test('a version that is on disk is not fetched again; of a changed one the new version is given', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  const { signal } = new AbortController();
  shelf.put('a.jpg', 1000);
  const first = await originals.check(shelf.origin, 'a.jpg', signal);
  (await originals.hold(shelf.origin, 'a.jpg', holdOptions({ version: first.origin })))[Symbol.dispose]();
  (await originals.hold(shelf.origin, 'a.jpg', holdOptions({ version: first.origin })))[Symbol.dispose]();
  expect(shelf.counts.opens).toBe(1);

  const second = await originals.check(shelf.origin, 'a.jpg', signal);
  scene.clock.forward({ seconds: 1 });
  const changed = shelf.put('a.jpg', 2000);
  originals.forget(shelf.origin, 'a.jpg');
  using held = await originals.hold(shelf.origin, 'a.jpg', holdOptions({ version: second.origin }));
  expect(held.origin.etag).toBe(changed.etag);
  expect((await readFile(held.file.path)).equals(changed.bytes)).toBe(true);
  expect(originals.known(shelf.origin, 'a.jpg')?.origin.etag).toBe(changed.etag);
});

test('two versions are on disk while both are held, and the older one is gone with its last holder', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  const older = shelf.put('a.jpg', 1000);
  const first = await originals.hold(shelf.origin, 'a.jpg', holdOptions());
  scene.clock.forward({ seconds: 1 });
  const newer = shelf.put('a.jpg', 2000);
  const second = await originals.hold(shelf.origin, 'a.jpg', holdOptions());
  expect((await readFile(first.file.path)).equals(older.bytes)).toBe(true);
  expect((await readFile(second.file.path)).equals(newer.bytes)).toBe(true);
  expect(originals.stats().bytes).toBe(3000);
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  second[Symbol.dispose]();
  expect(originals.stats()).toMatchObject({ bytes: 2000, files: 1 });
  await expect.poll(scene.filesOnDisk).toEqual([second.file.path]);
});

test('a slow download of an older version does not replace a newer one', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  const older = shelf.put('a.jpg', 160_000);
  const { signal } = new AbortController();
  const first = await originals.check(shelf.origin, 'a.jpg', signal);
  shelf.pace = 10;
  const slow = originals.hold(shelf.origin, 'a.jpg', holdOptions({ version: first.origin }));
  await sleep(20);
  shelf.pace = 0;
  scene.clock.forward({ seconds: 1 });
  const newer = shelf.put('a.jpg', 2000);
  const second = await originals.check(shelf.origin, 'a.jpg', signal);
  using fast = await originals.hold(shelf.origin, 'a.jpg', holdOptions({ version: second.origin }));
  using late = await slow;
  expect(late.origin.etag).toBe(older.etag);
  expect((await readFile(late.file.path)).equals(older.bytes)).toBe(true);
  expect(originals.known(shelf.origin, 'a.jpg')?.origin.etag).toBe(newer.etag);
  late[Symbol.dispose]();
  fast[Symbol.dispose]();
  await expect.poll(scene.filesOnDisk).toEqual([fast.file.path]);
});

test('where nobody names a version the origin is asked whether it changed, and sends nothing when it did not', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  shelf.put('a.jpg', 1000);
  (await originals.hold(shelf.origin, 'a.jpg', holdOptions()))[Symbol.dispose]();
  scene.clock.forward({ seconds: 5 });
  using held = await originals.hold(shelf.origin, 'a.jpg', holdOptions());
  expect(held.file.bytes).toBe(1000);
  expect(shelf.counts.opens).toBe(2);
  expect(originals.known(shelf.origin, 'a.jpg')?.checkedAt).toBe(scene.clock.now().getTime());
  expect(await scene.filesOnDisk()).toHaveLength(1);
});

test('date and size are a version where there is no ETag; what has neither goes with those who wait', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  shelf.put('dated.jpg', 1000, { etag: null, lastModified: new Date(0) });
  const { origin: version } = await originals.check(shelf.origin, 'dated.jpg', new AbortController().signal);
  for (let count = 0; count < 2; count += 1) {
    (await originals.hold(shelf.origin, 'dated.jpg', holdOptions({ version })))[Symbol.dispose]();
  }
  expect(shelf.counts.opens).toBe(1);

  const { bytes } = shelf.put('bare.jpg', 500, { etag: null, sized: false });
  const held = await Promise.all(
    [1, 2, 3].map(() => originals.hold(shelf.origin, 'bare.jpg', holdOptions())),
  );
  expect(shelf.counts.opens).toBe(2);
  expect(originals.stats().bytes).toBe(1500);
  for (const one of held) {
    expect((await readFile(one.file.path)).equals(bytes)).toBe(true);
    one[Symbol.dispose]();
  }
  expect(originals.stats()).toMatchObject({ bytes: 1000, files: 1 });
  await expect.poll(scene.filesOnDisk).toHaveLength(1);
  (await originals.hold(shelf.origin, 'bare.jpg', holdOptions()))[Symbol.dispose]();
  expect(shelf.counts.opens).toBe(3);
});

test('a download is called off when the last waiter leaves, and not before', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  shelf.pace = 20;
  shelf.put('a.jpg', 320_000);
  const leavers = Array.from({ length: 3 }, () => new AbortController());
  const waiting = leavers.map(({ signal }) => originals.hold(shelf.origin, 'a.jpg', holdOptions({ signal })));
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
  await expect.poll(() => readdir(join(scene.folder, 'slot-0', 'tmp'))).toEqual([]);
  // Whoever comes next starts anew, and is not told of a failure.
  shelf.pace = 0;
  using held = await originals.hold(shelf.origin, 'a.jpg', holdOptions());
  expect(held.file.bytes).toBe(320_000);
});

test('the unused for longest is evicted, and never what is held', async () => {
  const originals = await scene.start({ maxBytes: 10_000 });
  const shelf = createShelf();
  for (const key of 'abcde') shelf.put(key, 4000);
  using first = await originals.hold(shelf.origin, 'a', holdOptions());
  using second = await originals.hold(shelf.origin, 'b', holdOptions());
  using third = await originals.hold(shelf.origin, 'c', holdOptions());
  expect(originals.stats()).toMatchObject({ bytes: 12_000, files: 3, evictions: 0 });
  second[Symbol.dispose]();
  expect(originals.stats()).toMatchObject({ bytes: 8000, files: 2, evictions: 1 });
  await expect
    .poll(async () => (await scene.filesOnDisk()).toSorted())
    .toEqual([first.file.path, third.file.path].toSorted());
  expect((await readFile(first.file.path)).byteLength).toBe(4000);
});

test('an original larger than the whole budget is there for those who hold it', async () => {
  const originals = await scene.start({ maxBytes: 1000 });
  const shelf = createShelf();
  const { bytes } = shelf.put('a', 5000);
  const held = await originals.hold(shelf.origin, 'a', holdOptions());
  expect((await readFile(held.file.path)).equals(bytes)).toBe(true);
  held[Symbol.dispose]();
  expect(originals.stats()).toMatchObject({ bytes: 0, files: 0 });
});

test('too many bytes are refused, announced or not, and also from disk', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  shelf.put('sized', 5000);
  shelf.put('chunked', 50_000, { sized: false });
  for (const key of ['sized', 'chunked']) {
    await expect(originals.hold(shelf.origin, key, holdOptions({ maxBytes: 4000 }))).rejects.toMatchObject({
      code: 'payloadTooLarge',
    });
  }
  using held = await originals.hold(shelf.origin, 'sized', holdOptions());
  const smaller = holdOptions({ maxBytes: 4000, version: held.origin });
  await expect(originals.hold(shelf.origin, 'sized', smaller)).rejects.toMatchObject({
    code: 'payloadTooLarge',
  });
  expect(await readdir(join(scene.folder, 'slot-0', 'tmp'))).toEqual([]);
});

test('an original that breaks off fails, is not kept, and is asked for again two seconds later', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  const thing = shelf.put('a', 50_000, { cutAt: 20_000 });
  const failed = { code: 'originFailed' };
  await expect(originals.hold(shelf.origin, 'a', holdOptions())).rejects.toMatchObject(failed);
  delete thing.cutAt;
  await expect(originals.hold(shelf.origin, 'a', holdOptions())).rejects.toMatchObject(failed);
  expect(shelf.counts.opens).toBe(1);
  scene.clock.forward({ seconds: 2.001 });
  using held = await originals.hold(shelf.origin, 'a', holdOptions());
  expect(held.file.bytes).toBe(50_000);
});

test('an answer that breaks off before anybody reads it is a failure like any other', async () => {
  const originals = await scene.start();
  const origin: Origin = {
    ...createShelf().origin,
    open: async () => {
      const body = new Readable({ read: () => {} });
      setImmediate(() => body.destroy(new Error('reset')));
      return { body, etag: '"a"', lastModified: null, size: 5000 };
    },
  };
  await expect(originals.hold(origin, 'a', holdOptions())).rejects.toMatchObject({ code: 'originFailed' });
});

test('what is not there is remembered for ten seconds, and what is gone is not served any more', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  const { signal } = new AbortController();
  shelf.put('a', 100);
  (await originals.hold(shelf.origin, 'a', holdOptions()))[Symbol.dispose]();
  shelf.things.delete('a');
  for (let count = 0; count < 3; count += 1) {
    await expect(originals.check(shelf.origin, 'a', signal)).rejects.toMatchObject({ code: 'notFound' });
  }
  expect(shelf.counts.heads).toBe(1);
  expect(originals.known(shelf.origin, 'a')).toBeNull();
  expect(originals.stats().files).toBe(0);
  shelf.put('a', 100);
  scene.clock.forward({ seconds: 10.001 });
  await originals.check(shelf.origin, 'a', signal);
  shelf.things.delete('b');
  await expect(originals.check(shelf.origin, 'b', signal)).rejects.toMatchObject({ code: 'notFound' });
  shelf.put('b', 100);
  originals.forget(shelf.origin, 'b');
  await originals.check(shelf.origin, 'b', signal);
});

test('an origin that says nothing ends in time', async () => {
  const originals = await scene.start({ checkTimeoutMilliseconds: 20, fetchTimeoutMilliseconds: 20 });
  const shelf = createShelf();
  shelf.put('a', 100_000);
  shelf.headPace = 60_000;
  shelf.pace = 60_000;
  const late = { code: 'originTimeout' };
  await expect(originals.check(shelf.origin, 'a', new AbortController().signal)).rejects.toMatchObject(late);
  await expect(originals.hold(shelf.origin, 'a', holdOptions())).rejects.toMatchObject(late);
});

test('a slow origin with many requests does not hold up another one', async () => {
  const originals = await scene.start({ maxFetches: 4, maxFetchesPerOrigin: 2 });
  const slow = createShelf('slow');
  slow.pace = 30_000;
  const leave = new AbortController();
  const waiting = Array.from({ length: 50 }, (_, index) => {
    slow.put(`s${index}`, 1000);
    return originals.hold(slow.origin, `s${index}`, holdOptions({ signal: leave.signal, maxBytes: 1000 }));
  });
  const quick = createShelf('quick');
  for (let index = 0; index < 20; index += 1) {
    quick.put(`q${index}`, 1000);
    using held = await originals.hold(quick.origin, `q${index}`, holdOptions({ maxBytes: 1000 }));
    expect(held.file.bytes).toBe(1000);
  }
  expect(slow.counts.opens).toBe(2);
  expect(originals.stats()).toMatchObject({ running: 2, waiting: 48 });
  leave.abort(new Error('enough'));
  const outcomes = await Promise.allSettled(waiting);
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
});

test('one origin is asked about so many originals at once, and another one beside it', async () => {
  const originals = await scene.start();
  const [slow, quick] = [createShelf('slow'), createShelf('quick')];
  slow.headPace = 60_000;
  quick.put('q', 10);
  const leave = new AbortController();
  const waiting = Array.from({ length: 100 }, (_, index) =>
    originals.check(slow.origin, `s${index}`, leave.signal),
  );
  await originals.check(quick.origin, 'q', new AbortController().signal);
  expect(slow.counts.heads).toBe(32);
  leave.abort(new Error('enough'));
  const outcomes = await Promise.allSettled(waiting);
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
});

test('a mezzanine lies beside its original, counts, and goes with it', async () => {
  const originals = await scene.start({ maxBytes: 10_000 });
  const shelf = createShelf();
  shelf.put('a', 4000);
  const mezzanine = randomBytes(1000);
  {
    using held = await originals.hold(shelf.origin, 'a', holdOptions());
    expect(held.mezzanine).toBeNull();
    await originals.putMezzanine(shelf.origin, 'a', held.origin, mezzanine);
    await originals.putMezzanine(shelf.origin, 'a', { ...held.origin, etag: '"other"' }, randomBytes(10));
  }
  expect(originals.stats()).toMatchObject({ bytes: 5000, files: 1 });
  const { origin: version } = await originals.check(shelf.origin, 'a', new AbortController().signal);
  {
    using held = await originals.hold(shelf.origin, 'a', holdOptions({ version }));
    expect((await readFile(held.mezzanine?.path ?? '')).equals(mezzanine)).toBe(true);
  }
  shelf.put('b', 8000);
  (await originals.hold(shelf.origin, 'b', holdOptions()))[Symbol.dispose]();
  expect(originals.stats()).toMatchObject({ bytes: 8000, files: 1 });
  await expect.poll(scene.filesOnDisk).toHaveLength(1);
});

test('what a render learned is told with the same version, and forgotten with a new one', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  shelf.put('a', 100);
  const { signal } = new AbortController();
  await originals.check(shelf.origin, 'a', signal);
  originals.learn(shelf.origin, 'a', jpegFacts);
  scene.clock.forward({ seconds: 1 });
  expect((await originals.check(shelf.origin, 'a', signal)).facts).toEqual(jpegFacts);
  using held = await originals.hold(shelf.origin, 'a', holdOptions());
  expect(held.facts).toEqual(jpegFacts);
  scene.clock.forward({ seconds: 1 });
  shelf.put('a', 100);
  expect((await originals.check(shelf.origin, 'a', signal)).facts).toBeNull();
});

test('a file that vanishes while we run is fetched again', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  shelf.put('a', 100);
  const held = await originals.hold(shelf.origin, 'a', holdOptions());
  held[Symbol.dispose]();
  await unlink(held.file.path);
  using again = await originals.hold(shelf.origin, 'a', holdOptions({ version: held.origin }));
  expect((await readFile(again.file.path)).byteLength).toBe(100);
});

test('two that share a folder keep apart, and end without each other', async () => {
  const first = await scene.start();
  const second = await scene.start();
  const shelf = createShelf();
  shelf.put('a', 1000);
  using one = await first.hold(shelf.origin, 'a', holdOptions());
  using two = await second.hold(shelf.origin, 'a', holdOptions());
  expect(shelf.counts.opens).toBe(2);
  first.forget(shelf.origin, 'a');
  one[Symbol.dispose]();
  expect((await readFile(two.file.path)).byteLength).toBe(1000);
});

test('an end calls off what runs, and whoever waits is told', async () => {
  const originals = await scene.start();
  const shelf = createShelf();
  shelf.pace = 60_000;
  shelf.put('a', 1000);
  const waiting = originals.hold(shelf.origin, 'a', holdOptions());
  const ended = sleep(10).then(() => originals[Symbol.asyncDispose]());
  await expect(waiting).rejects.toMatchObject({ code: 'unavailable' });
  await ended;
  expect(await readdir(join(scene.folder, 'slot-0', 'tmp'))).toEqual([]);
});
