import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { failureOf, renderFile } from './testing/render-file.ts';
import { hugePng, longGif } from './testing/make-bombs.ts';
import { makePdf } from './testing/make-pdf.ts';

const plain = (width = 60, height = 40, background = '#cc3311') =>
  sharp({ create: { width, height, channels: 3, background } });

/** Grey with grain, so that a file of it has something to lose. */
const grain = () =>
  sharp({
    create: {
      width: 200,
      height: 150,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  });

const encoders = {
  jpeg: () => grain().jpeg().toBuffer(),
  png: () => grain().png().toBuffer(),
  webp: () => grain().webp().toBuffer(),
  avif: () => grain().avif({ effort: 0 }).toBuffer(),
  gif: () => grain().gif({ effort: 1 }).toBuffer(),
  tiff: () => grain().tiff().toBuffer(),
};
const names = Object.keys(encoders) as (keyof typeof encoders)[];

const pixel = async (bytes: Uint8Array, left: number, top: number): Promise<number[]> => [
  ...(await sharp(bytes).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer()),
];

/** Milliseconds of CPU, so that a busy machine does not fail the test. */
const cpuOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

describe('opening an original', () => {
  it.each(names)('reads %s', async (name) => {
    const picture = await renderFile(await encoders[name](), 'width=50&format=png');
    expect(picture.facts).toMatchObject({ format: name, width: 200, height: 150, orientation: 1 });
    expect(await sharp(picture.bytes).metadata()).toMatchObject({ format: 'png', width: 50, height: 38 });
  });

  it.each([
    [6, 40, 60],
    [3, 60, 40],
  ])('turns by EXIF orientation %i', async (orientation, width, height) => {
    const stored = await plain().jpeg().withMetadata({ orientation }).toBuffer();
    expect(await renderFile(stored, 'format=png')).toMatchObject({ width, height, facts: { orientation } });
  });

  it('turns as the plan says, whatever the file says', async () => {
    const dot = await plain(8, 8, '#0000ff').png().toBuffer();
    const stored = await plain()
      .composite([{ input: dot, left: 0, top: 0 }])
      .png()
      .toBuffer();
    const corners: Record<number, [number, number]> = {
      1: [2, 2],
      2: [57, 2],
      3: [57, 37],
      4: [2, 37],
      5: [2, 2],
      6: [37, 2],
      7: [37, 57],
      8: [2, 57],
    };
    for (const [orientation, [left, top]] of Object.entries(corners)) {
      const { bytes, width } = await renderFile(stored, `orientation=${orientation}&format=png`);
      expect(width).toBe(Number(orientation) >= 5 ? 40 : 60);
      expect(await pixel(bytes, left, top)).toEqual([0, 0, 255]);
    }
    const other = await plain(60, 40, '#33cc11')
      .composite([{ input: dot, left: 0, top: 0 }])
      .png()
      .toBuffer();
    const frames = [stored, other];
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    for (const orientation of [2, 3, 4, 5, 6, 7, 8]) {
      const { bytes } = await renderFile(moving, `orientation=${orientation}&format=gif`);
      const [left = 0, top = 0] = corners[orientation] ?? [];
      const { pages = 0, pageHeight = 0 } = await sharp(bytes, { animated: true }).metadata();
      expect(pages).toBe(2);
      for (const page of [0, 1]) {
        const [red = 255, , blue = 0] = await pixel(
          await sharp(bytes, { animated: true }).png().toBuffer(),
          left,
          top + page * pageHeight,
        );
        expect([red < 40, blue > 200]).toEqual([true, true]);
      }
    }
    const turned = await sharp(stored).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
    expect(await renderFile(turned, 'orientation=1&format=png')).toMatchObject({ width: 60, height: 40 });
  });

  it('takes the page that is asked for, and says how many there are', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00'].map((colour) => plain(20, 20, colour).png().toBuffer()),
    );
    const gif = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect(await pixel((await renderFile(gif, 'page=2&format=png')).bytes, 5, 5)).toEqual([0, 255, 0]);
    await expect(renderFile(gif, 'page=3')).rejects.toMatchObject({
      reason: 'bad-value',
      message: /at most 2/,
    });
  });

  it('keeps frames, times and loop of an animation where the format moves', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00', '#0000ff'].map((colour) => plain(40, 20, colour).png().toBuffer()),
    );
    const animation = sharp(frames, { join: { animated: true } });
    const timing = { delay: [70, 150, 230], loop: 3 };
    for (const file of [
      await animation.clone().gif(timing).toBuffer(),
      await animation.clone().webp(timing).toBuffer(),
    ]) {
      for (const format of ['gif', 'webp']) {
        const { bytes } = await renderFile(file, `width=20&format=${format}`);
        expect(await sharp(bytes, { animated: true }).metadata()).toMatchObject({
          pages: 3,
          pageHeight: 10,
          ...timing,
        });
      }
      for (const format of ['jpeg', 'png', 'avif']) {
        const { bytes } = await renderFile(file, `format=${format}`);
        expect((await sharp(bytes).metadata()).pages ?? 1).toBe(1);
      }
    }
  });
});

describe('refusing an original', () => {
  it('that is no image', async () => {
    for (const text of [
      '',
      'hello',
      '<html><svg/></html>',
      'PK\x03\x04',
      '\x1f\x8b\x08',
      '#!/bin/sh',
      'P6 1 1 255 aaa',
    ]) {
      expect(await failureOf(Buffer.from(text, 'latin1'))).toBe('not-an-image');
    }
  });

  it.each(names)('that is a %s cut in half', async (name) => {
    const whole = await encoders[name]();
    expect(await failureOf(whole.subarray(0, whole.length / 2))).toBe('not-an-image');
    expect(await failureOf(whole.subarray(0, 40))).toBe('not-an-image');
  });

  it('that is an animation cut between its first frame and its last', async () => {
    const frames = await Promise.all(
      ['#cc3311', '#11cc33', '#3311cc'].map((color) => plain(60, 40, color).png().toBuffer()),
    );
    const whole = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    for (const query of ['format=webp', 'format=png']) {
      expect(await failureOf(whole.subarray(0, Math.floor(whole.length * 0.8)), query)).toBe('not-an-image');
    }
  });

  it('with too many bytes, pixels or frames', async () => {
    const png = await encoders.png();
    expect(await failureOf(png, '', { limits: { maxInputBytes: 1000 } })).toBe('too-large');
    expect(await failureOf(png, '', { limits: { maxInputPixels: 29_999 } })).toBe('too-large');
    expect(await failureOf(longGif(5), 'format=webp', { limits: { maxInputFrames: 4 } })).toBe('too-large');
    expect(await failureOf(longGif(5), 'format=png', { limits: { maxInputFrames: 4 } })).toBe('none');
  });

  it('that takes more memory than pixels, when it must be held whole', async () => {
    const deep = await sharp({ create: { width: 100, height: 100, channels: 4, background: '#fff' } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    const small = { limits: { maxInputPixels: 10_000 } };
    expect(await failureOf(deep, 'width=10', small)).toBe('none');
    expect(await failureOf(deep, 'width=10&orientation=6', small)).toBe('too-large');
  });

  it.each(['width=100', 'orientation=6&width=100', 'flip=vertical&trim=auto'])(
    'of 256 megapixels in 32 kB, at once: %s',
    async (query) => {
      const bomb = hugePng(16_000, 16_000);
      expect(bomb.length).toBeLessThan(50_000);
      expect(await cpuOf(async () => expect(await failureOf(bomb, query)).toBe('too-large'))).toBeLessThan(
        100,
      );
    },
  );

  it('of ten thousand frames, at once', async () => {
    const bomb = longGif(10_000);
    expect(
      await cpuOf(async () => expect(await failureOf(bomb, 'format=webp')).toBe('too-large')),
    ).toBeLessThan(100);
  });

  it('that begins as one format and goes on as another', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const pdf = makePdf(['']);
    for (const start of [
      '\xff\xd8\xff',
      '\x89PNG\r\n\x1a\n',
      'GIF89a',
      'RIFF\x10\0\0\0WEBP',
      'II*\0',
      '\0\0\0\x18ftypheic',
    ]) {
      for (const rest of [svg, pdf]) {
        expect(await failureOf(Buffer.concat([Buffer.from(start, 'latin1'), rest]))).toBe('not-an-image');
      }
    }
    // What follows a whole picture is nobody's.
    const whole = Buffer.concat([await encoders.jpeg(), svg, pdf]);
    expect((await renderFile(whole, 'format=png')).facts.format).toBe('jpeg');
  });

  it('whatever the bytes are, in words of its own', async () => {
    const starts = [
      '\xff\xd8\xff\xe0',
      '\x89PNG\r\n\x1a\n',
      'GIF89a',
      'RIFF\0\0\0\0WEBPVP8 ',
      'II*\0',
      '%PDF-1.7',
      '<svg ',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), async (start, rest) => {
        const failure = await failureOf(Buffer.concat([Buffer.from(start, 'latin1'), rest]));
        expect(['not-an-image', 'too-large', 'none']).toContain(failure);
      }),
      { numRuns: 150 },
    );
  });
});
