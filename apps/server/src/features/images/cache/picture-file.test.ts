import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from 'node:zlib';
import { formatFacts, outputFormats } from '@windlass/images';
import { cachedPicture } from '../../../../../../tests/support/cached-picture.ts';
import { decodePictureFile, encodePictureFile } from './picture-file.ts';
import type { CachedPicture, PictureFacts } from './picture-tier.ts';

const { facts: sample } = cachedPicture('sample');
const facts: fc.Arbitrary<PictureFacts> = fc
  .record({
    etag: fc.stringMatching(/^"[A-Za-z0-9_-]{1,64}"$/),
    format: fc.constantFrom(...outputFormats),
    width: fc.nat(),
    height: fc.nat(),
    lastModified: fc.option(fc.date({ noInvalidDate: true }).map((date) => date.toUTCString())),
    path: fc.string({ unit: 'binary', maxLength: 200 }),
    tags: fc.array(fc.stringMatching(/^[a-z0-9._-]{1,64}$/), { maxLength: 8 }),
    madeAt: fc.nat(),
    effort: fc.constantFrom('normal', 'slow'),
  })
  .map((some) => ({ ...sample, ...some, contentType: formatFacts[some.format].contentType }));
const picture: fc.Arbitrary<CachedPicture> = fc.record({ facts, bytes: fc.uint8Array({ maxLength: 300 }) });
const key = fc.string({ unit: 'binary', maxLength: 100 });

test('what is encoded is decoded again, wherever in a buffer it lies', () => {
  fc.assert(
    fc.property(key, picture, fc.nat(20), (name, one, offset) => {
      const file = encodePictureFile(name, one);
      const moved = new Uint8Array(file.byteLength + offset);
      moved.set(file, offset);
      const found = decodePictureFile(name, moved.subarray(offset));
      expect(found?.facts).toEqual(one.facts);
      expect(Buffer.from(found?.bytes ?? []).equals(one.bytes)).toBe(true);
    }),
  );
});

test('a file that is cut, longer, or altered in any bit is none', () => {
  fc.assert(
    fc.property(picture, fc.nat(), fc.nat(7), fc.uint8Array({ minLength: 1 }), (one, place, bit, more) => {
      const file = encodePictureFile('k', one);
      const at = place % file.byteLength;
      expect(decodePictureFile('k', file.subarray(0, at))).toBeNull();
      expect(decodePictureFile('k', Buffer.concat([file, more]))).toBeNull();
      file[at] = (file[at] ?? 0) ^ (1 << bit);
      expect(decodePictureFile('k', file)).toBeNull();
    }),
  );
});

test('any bytes at all are read without a throw, and none of them is a picture', () => {
  const header = fc.tuple(
    fc.constant(encodePictureFile('k', cachedPicture('a')).subarray(0, 20)),
    fc.uint8Array(),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        header.map((parts) => Buffer.concat(parts)),
      ),
      (bytes) => {
        expect(decodePictureFile('k', bytes)).toBeNull();
      },
    ),
  );
});

test('a file under the name of another one is none', () => {
  expect(decodePictureFile('other', encodePictureFile('k', cachedPicture('a')))).toBeNull();
});

/** As somebody writes it who knows the format and may write to the bucket. */
const forge = (change: Record<string, unknown>): Buffer => {
  const { facts: honest, bytes } = cachedPicture('a', 10);
  const json = Buffer.from(JSON.stringify({ key: 'k', facts: { ...honest, ...change } }));
  const file = Buffer.concat([Buffer.alloc(20), json, bytes]);
  file.write('WLPF', 0, 'latin1');
  for (const [index, value] of [1, 0, json.byteLength, bytes.byteLength].entries()) {
    file.writeUInt32LE(value, 4 + index * 4);
  }
  file.writeUInt32LE(crc32(file.subarray(12)), 8);
  return file;
};

test.each([
  { contentType: 'text/html' },
  { format: 'jpeg' },
  { format: 'svg', contentType: 'image/svg+xml' },
  { etag: 'weak' },
  { etag: '"a\r\nset-cookie: a=b"' },
  { lastModified: 'now\r\nx: y' },
  { sourceId: 'src_1' },
  { width: -1 },
  { tags: 'summer' },
  { effort: 'none' },
  { madeAt: 'yesterday' },
])('%j in a bucket is refused although the checksum is right', (change) => {
  expect(decodePictureFile('k', forge({}))).not.toBeNull();
  expect(decodePictureFile('k', forge(change))).toBeNull();
});
