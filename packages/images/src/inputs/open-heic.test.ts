import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { lacks } from '../../../../tests/support/test-skip.ts';
import { claimSize, makeHeic } from './testing/make-heic.ts';
import { failureOf, renderFile } from './testing/render-file.ts';

const plain = (background: string) => sharp({ create: { width: 240, height: 160, channels: 3, background } });

const pixel = async (bytes: Uint8Array, left: number, top: number): Promise<number[]> => [
  ...(await sharp(bytes).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
];

const near = (found: readonly number[], expected: readonly number[]): boolean =>
  found.every((channel, index) => Math.abs(channel - (expected[index] ?? 0)) <= 12);

describe.skipIf(lacks('heif-enc'))('a HEIC', () => {
  it('is read like any other picture', async () => {
    const left = await plain('#0000ff')
      .extract({ left: 0, top: 0, width: 120, height: 160 })
      .png()
      .toBuffer();
    const file = await makeHeic(
      await plain('#cc3311')
        .composite([{ input: left, left: 0, top: 0 }])
        .removeAlpha()
        .png()
        .toBuffer(),
      'png',
    );
    const { bytes, facts } = await renderFile(file, 'width=120&format=png');
    expect(facts).toEqual({
      format: 'heic',
      width: 240,
      height: 160,
      orientation: 1,
      frames: 1,
      alpha: false,
      progressive: false,
    });
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 120, height: 80, hasAlpha: false });
    expect(near(await pixel(bytes, 20, 40), [0, 0, 255])).toBe(true);
    expect(near(await pixel(bytes, 100, 40), [0xcc, 0x33, 0x11])).toBe(true);
  });

  it('keeps the wide colours of a phone, or is brought to sRGB', async () => {
    // The numbers of a colour are others in Display P3 than in sRGB.
    const wide = await plain('#cc3311').withIccProfile('p3').png().toBuffer();
    const file = await makeHeic(wide, 'png');
    const kept = await renderFile(file, 'format=png');
    expect((await sharp(kept.bytes).metadata()).icc).toBeDefined();
    expect(
      near(await pixel((await renderFile(file, 'format=png&strip=all')).bytes, 9, 9), [0xcc, 0x33, 0x11]),
    ).toBe(true);
    const profiled = await sharp(kept.bytes).toColourspace('srgb').removeAlpha().raw().toBuffer();
    expect(near([...profiled.subarray(0, 3)], [0xcc, 0x33, 0x11])).toBe(true);
  });

  it('is not turned by EXIF, which only repeats what HEIF says itself', async () => {
    const file = await makeHeic(
      await plain('#cc3311').jpeg().withMetadata({ orientation: 6 }).toBuffer(),
      'jpg',
    );
    expect(file.includes('Exif')).toBe(true);
    expect(await renderFile(file, 'format=png')).toMatchObject({ width: 240, height: 160 });
    expect(await renderFile(file, 'format=png&orientation=6')).toMatchObject({ width: 160, height: 240 });
  });

  it('is refused when it is cut off, or tells a size beyond the limits', async () => {
    const file = await makeHeic(await plain('#cc3311').png().toBuffer(), 'png');
    expect(await failureOf(file.subarray(0, file.length - 60))).toBe('not-an-image');
    expect(await failureOf(file, '', { limits: { maxInputPixels: 1000 } })).toBe('too-large');
    const absurd = claimSize(file, 60_000, 60_000);
    const before = process.cpuUsage();
    expect(['too-large', 'not-an-image']).toContain(await failureOf(absurd));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(300);
  });
});
