import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderMezzanine } from './render-mezzanine.ts';
import { failureOf, limits, writeOriginals, type Originals } from './testing/render-jobs.ts';

let originals: Originals;
beforeAll(async () => {
  originals = await writeOriginals();
});
afterAll(() => originals[Symbol.asyncDispose]());

/** Left half red, right half green. */
const halves = async (channels: 3 | 4) => {
  const half = (r: number, g: number) =>
    sharp({ create: { width: 200, height: 200, channels, background: { r, g, b: 0, alpha: 0.5 } } })
      .png()
      .toBuffer();
  return sharp(
    await sharp([await half(255, 0), await half(0, 200)], { join: { across: 2 } })
      .png()
      .toBuffer(),
  );
};

const standIn = async (bytes: Uint8Array) => {
  const path = await originals.write('original', bytes);
  const original = { path, bytes: bytes.byteLength };
  const made = await renderMezzanine({ kind: 'mezzanine', original, limits, side: 100 });
  return { made, header: await sharp(made.bytes).metadata() };
};

describe('renderMezzanine', () => {
  it('is a baseline JPEG with colour at full resolution, its longest side as asked', async () => {
    const { made, header } = await standIn(await (await halves(3)).jpeg({ progressive: true }).toBuffer());
    expect(made).toMatchObject({ format: 'jpeg', contentType: 'image/jpeg', width: 100, height: 50 });
    expect(made.facts).toMatchObject({ width: 400, height: 200, progressive: true });
    expect(header).toMatchObject({
      format: 'jpeg',
      isProgressive: false,
      chromaSubsampling: '4:4:4',
      width: 100,
      height: 50,
    });
  });

  it('keeps transparency, as a PNG', async () => {
    const { made, header } = await standIn(await (await halves(4)).webp({ lossless: true }).toBuffer());
    expect(made.format).toBe('png');
    expect(header).toMatchObject({ format: 'png', hasAlpha: true, width: 100 });
    const [red, , , alpha] = await sharp(made.bytes)
      .extract({ left: 5, top: 5, width: 1, height: 1 })
      .raw()
      .toBuffer();
    expect([red, alpha]).toEqual([255, 128]);
  });

  it('stands upright and says nothing of an orientation', async () => {
    const turned = await (await halves(3)).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { made, header } = await standIn(turned);
    expect([made.width, made.height, header.orientation]).toEqual([50, 100, undefined]);
    // Turned clockwise, what was left comes to the top.
    const [red = 0] = await sharp(made.bytes)
      .extract({ left: 25, top: 5, width: 1, height: 1 })
      .raw()
      .toBuffer();
    expect(red).toBeGreaterThan(200);
  });

  it('keeps a wide profile, so that its colours are still those of the original', async () => {
    const { header } = await standIn(await (await halves(3)).withIccProfile('p3').jpeg().toBuffer());
    expect(header.hasProfile).toBe(true);
  });

  it('is sRGB where the original is CMYK', async () => {
    const { header } = await standIn(await (await halves(3)).toColourspace('cmyk').jpeg().toBuffer());
    expect(header).toMatchObject({ space: 'srgb', channels: 3 });
  });

  it('is the first frame of an animation, and no larger than the original', async () => {
    const frames = await Promise.all([1, 2].map(async () => (await halves(3)).resize(80).png().toBuffer()));
    const { made } = await standIn(
      await sharp(frames, { join: { animated: true } })
        .gif()
        .toBuffer(),
    );
    expect(made).toMatchObject({ width: 80, height: 40 });
  });

  it('refuses what is no picture', async () => {
    expect(await failureOf(standIn(Buffer.from('no picture')))).toBe('not-an-image');
  });
});
