import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSmallBodyReader } from './small-body-reader.ts';
import type { PartBody } from './upload-source.ts';

const MiB = 1024 ** 2;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const blobOf = (size: number) => {
  const bytes = new Uint8Array(randomBytes(size));
  return { bytes, blob: new Blob([bytes]) };
};

test.each([0, 1, 4100, 4101, 70_000, MiB])('knows head and hash of %i bytes', async (size) => {
  const { bytes, blob } = blobOf(size);
  const reading = await createSmallBodyReader(1)(blob, 4100);
  expect(reading).not.toBeNull();
  expect(sha256(bytes)).toBe(Buffer.from(reading?.sha256 ?? []).toString('hex'));
  expect(Buffer.from(reading?.head ?? []).equals(bytes.subarray(0, 4100))).toBe(true);
});

test('what is read into the same memory later does not change an earlier head', async () => {
  const read = createSmallBodyReader(1);
  const [first, second] = [blobOf(9000), blobOf(9000)];
  const earlier = await read(first.blob, 4100);
  await read(second.blob, 4100);
  expect(Buffer.from(earlier?.head ?? []).equals(first.bytes.subarray(0, 4100))).toBe(true);
});

test('several at once do not write into each other', async () => {
  const read = createSmallBodyReader(2);
  const all = Array.from({ length: 20 }, () => blobOf(150_000));
  const readings = await Promise.all(all.map(({ blob }) => read(blob, 0)));
  expect(readings.map((reading) => Buffer.from(reading?.sha256 ?? []).toString('hex'))).toEqual(
    all.map(({ bytes }) => sha256(bytes)),
  );
});

const bodyOf = (size: number, stream: PartBody['stream']): PartBody => ({
  size,
  stream,
  arrayBuffer: () => Promise.reject(new Error('Nobody asks for it.')),
});

/** As older browsers have it: not of bytes, so that no given buffer can be filled. */
const older = () => new ReadableStream<Uint8Array<ArrayBuffer>>({ pull: (controller) => controller.close() });

const broken = () =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    // Only a stream of bytes is read into a given buffer.
    type: 'bytes',
    pull: () => Promise.reject(new Error('The disk is gone.')),
  });

test('leaves to others what is large, and streams that bring their own buffers', async () => {
  const read = createSmallBodyReader(1);
  expect(await read(blobOf(MiB + 1).blob, 0)).toBeNull();
  expect(await read(bodyOf(5, older), 0)).toBeNull();
});

test('a body that is shorter than it was, or that cannot be read, is refused, and the next one is read', async () => {
  const read = createSmallBodyReader(1);
  const { bytes, blob } = blobOf(3000);
  await expect(
    read(
      bodyOf(4000, () => blob.stream()),
      0,
    ),
  ).rejects.toThrow(RangeError);
  await expect(read(bodyOf(10, broken), 0)).rejects.toThrow('The disk is gone.');
  const reading = await read(blob, 0);
  expect(Buffer.from(reading?.sha256 ?? []).toString('hex')).toBe(sha256(bytes));
});
