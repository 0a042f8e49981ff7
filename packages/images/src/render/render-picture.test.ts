import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badge, cutout, draw, fileOf, rawOf, scenery, wandering } from '../operations/testing/drawings.ts';
import { differenceFromGolden } from '../operations/testing/golden.ts';
import { looksAlike } from '../operations/testing/picture-difference.ts';
import { limits } from '../operations/testing/render-drawing.ts';
import { parsePlan } from '../plan/plan.ts';
import type { OriginalFile, OverlayJob, Overlays } from './job.ts';
import { renderPicture } from './render-picture.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windlass-render-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

let files = 0;
const store = async (bytes: Uint8Array): Promise<OriginalFile> => {
  files += 1;
  const path = join(folder, String(files));
  await writeFile(path, bytes);
  return { path, bytes: (await stat(path)).size };
};

const render = async (bytes: Uint8Array, query: string, overlays: Overlays = {}) =>
  renderPicture({
    kind: 'picture',
    original: await store(bytes),
    plan: parsePlan(query),
    limits,
    overlays,
    effort: 'normal',
  });

const overlay = async (bytes: Uint8Array, query: string, overlays: Overlays = {}): Promise<OverlayJob> => ({
  original: await store(bytes),
  plan: parsePlan(query),
  overlays,
  facts: null,
});

/** All frames below each other. */
const seen = (bytes: Uint8Array): Promise<Buffer> => sharp(bytes, { animated: true }).png().toBuffer();

describe('pictures of output', () => {
  it.each([
    ['format-jpeg', 'width=120'],
    ['format-png', 'width=120&format=png'],
    ['format-webp', 'width=120&format=webp'],
    ['format-avif', 'width=120&format=avif'],
    ['format-gif', 'width=120&format=gif'],
    ['quality', 'width=120&quality=10'],
    ['subsample', 'width=120&subsample=444'],
    ['interlace', 'width=120&interlace=true'],
    ['quantise', 'width=120&format=png&quantise=true'],
    ['lossless', 'width=120&format=webp&lossless=true'],
    ['orientation', 'width=120&orientation=6'],
    ['orientation-flip', 'width=120&orientation=5&flip=horizontal'],
  ])('%s', async (name, query) => {
    const { bytes } = await render(await fileOf(scenery), query);
    expect(await differenceFromGolden(name, await seen(bytes))).toSatisfy(looksAlike);
  });

  it('page', async () => {
    const { bytes } = await render(await fileOf(wandering), 'page=2&format=webp&lossless=true');
    expect(await differenceFromGolden('page', await seen(bytes))).toSatisfy(looksAlike);
  });
});

describe('renderPicture', () => {
  it('tells what came out and what went in', async () => {
    const {
      bytes: _,
      renderMilliseconds,
      stages,
      ...rest
    } = await render(await fileOf(cutout), 'width=60&format=webp');
    expect(rest).toMatchObject({
      contentType: 'image/webp',
      format: 'webp',
      width: 60,
      height: 45,
      facts: { format: 'png', width: 120, height: 90, alpha: true, frames: 1 },
    });
    expect(renderMilliseconds).toBeGreaterThanOrEqual(stages.prepare);
  });

  it('puts white behind a cutout that becomes a JPEG', async () => {
    const { bytes } = await render(await fileOf(cutout), 'quality=100');
    const corner = await sharp(bytes).raw().toBuffer();
    expect([...corner.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  it('turns by EXIF, then cuts and mirrors', async () => {
    // Stored on its side: upright it has red on the left.
    const stored = draw(40, 80, (_x, y) => (y >= 40 ? [255, 0, 0, 255] : [0, 0, 255, 255]));
    const file = await rawOf(stored).removeAlpha().withMetadata({ orientation: 6 }).png().toBuffer();
    const { bytes, width, height } = await render(
      file,
      'width=40&height=40&mode=crop&crop=left&flip=horizontal&format=png',
    );
    expect([width, height]).toEqual([40, 40]);
    const pixel = await sharp(bytes).raw().toBuffer();
    expect([...pixel.subarray(0, 3)]).toEqual([255, 0, 0]);
    const mirrored = await sharp((await render(file, 'flip=horizontal&format=png')).bytes)
      .raw()
      .toBuffer();
    expect([...mirrored.subarray(0, 3)]).toEqual([0, 0, 255]);
  });

  it.each(['', 'orientation=6&', 'trim=auto&', 'strip=all&'])(
    'shows the colours of a picture with 16 bits a channel as they were, with "%s"',
    async (query) => {
      const red = rawOf(draw(16, 16, () => [255, 0, 0, 255])).removeAlpha();
      const deep = await red.toColourspace('rgb16').withIccProfile('p3').png().toBuffer();
      const { bytes } = await render(deep, `${query}format=png`);
      const [r = 0, g = 255, b = 255] = await sharp(bytes).raw().toBuffer();
      expect(r).toBeGreaterThan(252);
      expect(Math.max(g, b)).toBeLessThan(3);
    },
  );

  it('keeps the times of an animation through what begins a new pipeline', async () => {
    const { bytes, width, height } = await render(
      await fileOf(wandering),
      'trim=auto&format=webp&text=x&text-size=9',
    );
    const { pages, delay, pageHeight } = await sharp(bytes, { animated: true }).metadata();
    expect({ pages, delay, pageHeight }).toEqual({ pages: 3, delay: [120, 120, 120], pageHeight: 36 });
    expect([width, height]).toEqual([48, 36]);
  });

  it('renders an overlay by its own plan, and the overlay of the overlay', async () => {
    const dot = await overlay(await fileOf(draw(4, 4, () => [255, 0, 0, 255])), 'width=2');
    const sheet = await fileOf(draw(100, 50, () => [0, 0, 255, 255]));
    const watermark = await overlay(sheet, 'width=20&watermark=dot&watermark-position=left,top&format=jpeg', {
      watermark: dot,
    });
    const { bytes } = await render(
      await fileOf(draw(100, 50, () => [255, 255, 255, 255])),
      'format=png&watermark=sheet&watermark-position=left,top',
      { watermark },
    );
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number): number[] => [
      ...data.subarray((y * info.width + x) * info.channels).subarray(0, 3),
    ];
    expect(at(0, 0)).toEqual([255, 0, 0]);
    expect(at(5, 5)).toEqual([0, 0, 255]);
    expect(at(19, 9)).toEqual([0, 0, 255]);
    expect(at(20, 0)).toEqual([255, 255, 255]);
  });

  it('keeps the transparency of an overlay whose own URL names a format without any', async () => {
    const watermark = await overlay(await fileOf(badge), 'format=jpeg');
    const { bytes } = await render(
      await fileOf(draw(60, 40, () => [0, 200, 0, 255])),
      'format=png&watermark=x&watermark-position=left,top',
      { watermark },
    );
    const pixel = await sharp(bytes).raw().toBuffer();
    expect([...pixel.subarray(0, 3)]).toEqual([0, 200, 0]);
  });

  it.each([
    ['region=500,500,10,10', 'region lies outside the picture, which is 240 x 160 pixels'],
    ['page=2', 'page takes at most 1 for this original'],
  ])('refuses %s', async (query, message) => {
    await expect(render(await fileOf(scenery), query)).rejects.toMatchObject({
      reason: 'bad-value',
      message,
    });
  });

  it.each(['width=100', 'trim=auto', 'text=x', 'mode=crop&width=20&height=20&crop=attention'])(
    'says that a cut file is broken, with %s',
    async (query) => {
      const whole = await fileOf(scenery);
      await expect(render(whole.subarray(0, whole.length / 2), query)).rejects.toMatchObject({
        reason: 'not-an-image',
      });
    },
  );
});
