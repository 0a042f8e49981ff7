import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { AppError } from '../../kernel/app-error.ts';
import type { BucketReader } from '../../platform/s3/index.ts';
import { streamZip } from './stream-zip.ts';

const MiB = 1024 * 1024;
const chunk = Buffer.alloc(64 * 1024, 7);

const other = async (): Promise<never> => {
  throw new Error('A zip only opens objects.');
};

/** Objects of `size` bytes that come as they are read; `bad` ones end after a chunk, or fail. */
const createLazyBucket = (size: number, bad: Readonly<Record<string, 'ends' | 'fails' | 'missing'>> = {}) => {
  const facts = { bytesRead: 0, opened: 0, openNow: 0, mostOpen: 0 };
  const read = function* (key: string): Generator<Buffer> {
    for (let sent = 0; sent < size; sent += chunk.length) {
      if (sent > 0 && bad[key] === 'ends') return;
      if (sent > 0 && bad[key] === 'fails') throw new AppError('originFailed', 'planted');
      facts.bytesRead += chunk.length;
      yield chunk;
    }
  };
  const openObject: BucketReader['openObject'] = async (key) => {
    if (bad[key] === 'missing') throw new AppError('notFound', 'There is no such object.');
    facts.opened += 1;
    facts.openNow += 1;
    facts.mostOpen = Math.max(facts.mostOpen, facts.openNow);
    const body = Readable.from(read(key), { objectMode: false });
    body.once('close', () => {
      facts.openNow -= 1;
    });
    return { size, contentType: null, etag: null, lastModified: null, body };
  };
  const bucket: BucketReader = { openObject, getObject: other, headObject: other, listObjects: other };
  return { bucket, facts };
};
const entries = (...names: string[]) => names.map((name) => ({ key: name, name }));
const settled = async (zip: Readable): Promise<string> => {
  try {
    for await (const _ of zip);
    return 'whole';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

it('reads of the bucket what is read of it, and no more', async () => {
  const { bucket, facts } = createLazyBucket(64 * MiB);
  const { zip, done } = await streamZip(bucket, entries('a', 'b'));
  zip.read(1);
  await delay(50);
  expect(facts.bytesRead).toBeGreaterThan(0);
  expect(facts.bytesRead).toBeLessThan(2 * MiB);
  zip.destroy();
  expect(await done).toBe('left');
  await expect.poll(() => facts.openNow).toBe(0);
  expect(facts.opened).toBe(1);
});

it('opens one object ahead behind a small one, and none behind a large one', async () => {
  const small = createLazyBucket(MiB);
  const many = entries('a', 'b', 'c', 'd');
  expect(await settled((await streamZip(small.bucket, many)).zip)).toBe('whole');
  expect(small.facts).toMatchObject({ opened: 4, openNow: 0, mostOpen: 2 });
  const large = createLazyBucket(9 * MiB);
  expect(await settled((await streamZip(large.bucket, many)).zip)).toBe('whole');
  expect(large.facts).toMatchObject({ opened: 4, openNow: 0, mostOpen: 1 });
});

it.each(['ends', 'fails', 'missing'] as const)('breaks off where an object %s too early', async (how) => {
  const { bucket, facts } = createLazyBucket(MiB, { b: how });
  const { zip, done } = await streamZip(bucket, entries('a', 'b', 'c'));
  const code = how === 'missing' ? 'notFound' : 'originFailed';
  const failure = done.catch((error: unknown) => error);
  expect(await settled(zip)).toBe(code);
  expect(await failure).toMatchObject({ code });
  await expect.poll(() => facts.openNow).toBe(0);
});

it('tells of the first object before there is a zip', async () => {
  const { bucket } = createLazyBucket(MiB, { a: 'missing' });
  await expect(streamZip(bucket, entries('a', 'b'))).rejects.toMatchObject({ code: 'notFound' });
});

it('closes what it opened ahead when its reader leaves', async () => {
  const { bucket, facts } = createLazyBucket(MiB);
  const { zip, done } = await streamZip(bucket, entries('a', 'b', 'c'));
  zip.read(1);
  await delay(20);
  expect(facts.openNow).toBe(2);
  zip.destroy();
  expect(await done).toBe('left');
  await expect.poll(() => facts.openNow).toBe(0);
});
