import fc from 'fast-check';
import sharp, { type Exif } from 'sharp';
import { describe, expect, it } from 'vitest';
import { exifFacts } from './exif-facts.ts';

const exifOf = async (tags: Exif): Promise<Buffer> => {
  const file = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .withExif(tags)
    .jpeg()
    .toBuffer();
  return (await sharp(file).metadata()).exif ?? Buffer.alloc(0);
};

const whole = await exifOf({
  IFD0: { Make: 'Acme', Model: 'One' },
  IFD2: { ExposureTime: '1/250', DateTimeOriginal: '2026:05:01 12:30:00', OffsetTimeOriginal: '+02:00' },
});

/** The same facts the other way round, with the most significant byte first. */
const bigEndian = Buffer.concat([
  Buffer.from('MM\0*\0\0\0\x08\0\x01', 'latin1'),
  Buffer.from([0x01, 0x10, 0, 2, 0, 0, 0, 4]),
  Buffer.from('One\0'),
]);

describe('EXIF', () => {
  it('tells how a photograph was made', () => {
    expect(exifFacts(whole)).toEqual({
      make: 'Acme',
      model: 'One',
      exposureSeconds: 0.004,
      takenAt: '2026-05-01T12:30:00+02:00',
    });
  });

  it('is read in either byte order, with and without its marker', () => {
    expect(exifFacts(bigEndian)).toEqual({ model: 'One' });
    expect(exifFacts(Buffer.concat([Buffer.from('Exif\0\0'), bigEndian]))).toEqual({ model: 'One' });
  });

  it('leaves out what is no date or no number', async () => {
    const odd = await exifOf({
      IFD2: { DateTimeOriginal: '0000:00:00 00:00:00', FNumber: '0/0', ISOSpeedRatings: '0' },
    });
    expect(exifFacts(odd)).toEqual({});
  });

  it('never throws, and tells no control characters', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 30 });
    fc.assert(
      fc.property(damage, fc.nat(whole.length), (changes, length) => {
        const broken = Buffer.from(whole);
        for (const [at, value] of changes) broken[at % broken.length] = value;
        const odd = Object.values(exifFacts(broken.subarray(0, length))).filter((value) =>
          typeof value === 'string' ? /\p{Cc}/u.test(value) : !(value > 0),
        );
        expect(odd).toEqual([]);
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void exifFacts(bytes)));
  });
});
