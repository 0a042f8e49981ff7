import { readdirSync, readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { parsePlan } from '../plan/plan.ts';
import type { RenderLimits } from './job.ts';
import { createRenderPool, type RenderPool } from './render-pool.ts';
import { RenderError, type RenderFailure } from './render-error.ts';

const limits: RenderLimits = {
  maxInputBytes: 50_000_000,
  maxInputPixels: 50_000_000,
  maxInputFrames: 20,
  maxOutputSide: 8192,
};
const red = { r: 255, g: 0, b: 0 };
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: red } });

/** Left half red, right half green, 80 x 40. */
const halves = async () =>
  sharp({ create: { width: 80, height: 40, channels: 3, background: { r: 0, g: 160, b: 0 } } }).composite([
    { input: await plain(40, 40).png().toBuffer(), left: 0, top: 0 },
  ]);

const animation = async (frames: number): Promise<Buffer> => {
  const pictures = Array.from({ length: frames }, (_, index) =>
    plain(30, 20)
      .tint({ r: index * 40, g: 99, b: 0 })
      .png()
      .toBuffer(),
  );
  return sharp(await Promise.all(pictures), { join: { animated: true } })
    .gif({ delay: frames === 0 ? [] : Array.from({ length: frames }, () => 70) })
    .toBuffer();
};

const pixel = async (bytes: Uint8Array, left: number, top: number): Promise<number[]> => [
  ...(await sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
];

/** Renderers that this very process started. */
const childPids = (): number[] => {
  const pids: number[] = [];
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const parent = / \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      if (Number(parent) === process.pid && command.includes('images/src/render/child.ts'))
        pids.push(Number(name));
    } catch {
      // It ended between the two reads.
    }
  }
  return pids;
};

const failure = async (work: Promise<unknown>): Promise<RenderFailure | 'none'> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof RenderError) return error.reason;
    throw error;
  }
};

describe('createRenderPool', () => {
  const pool = createRenderPool({ size: 2, deadlineMilliseconds: 20_000 });
  afterAll(() => pool[Symbol.asyncDispose]());
  const render = (original: Uint8Array, query: string, given = limits) =>
    pool.render(original, parsePlan(query), given);

  it.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('reads and writes %s', async (format) => {
    const original = await plain(60, 40).toFormat(format).toBuffer();
    const picture = await render(original, `width=30&format=${format}`);
    const found = await sharp(picture.bytes).metadata();
    expect(picture.contentType).toBe(`image/${format}`);
    expect([found.width, found.height, picture.width, picture.height]).toEqual([30, 20, 30, 20]);
    expect(found.format).toBe(format === 'avif' ? 'heif' : format);
  });

  it('reads TIFF, and 16-bit and CMYK originals end in 8-bit sRGB', async () => {
    const tiff = await plain(20, 20).toColourspace('cmyk').tiff().toBuffer();
    const deep = await plain(20, 20).toColourspace('rgb16').png().toBuffer();
    for (const original of [tiff, deep]) {
      const { bytes } = await render(original, 'format=png');
      expect(await sharp(bytes).metadata()).toMatchObject({ space: 'srgb', depth: 'uchar', channels: 3 });
    }
  });

  it('turns upright by EXIF and drops all metadata', async () => {
    const original = await (
      await halves()
    )
      .withExif({ IFD0: { Copyright: 'somebody', Orientation: '6' }, IFD3: { GPSLatitude: '1/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { bytes, width, height } = await render(original, 'format=png');
    expect([width, height]).toEqual([40, 80]);
    const found = await sharp(bytes).metadata();
    expect([found.width, found.height, found.orientation, found.exif, found.icc, found.xmp]).toEqual([
      40,
      80,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    // Orientation 6 is shown turned clockwise: what was left comes to the top.
    const [top = 0] = await pixel(bytes, 20, 5);
    const [bottom = 0] = await pixel(bytes, 20, 75);
    expect(top).toBeGreaterThan(200);
    expect(bottom).toBeLessThan(60);
  });

  it('crops the centre, pads to the box, stretches', async () => {
    const original = await (await halves()).png().toBuffer();
    const cropped = await render(original, 'width=40&height=40&mode=crop&format=png');
    expect((await pixel(cropped.bytes, 5, 20))[0]).toBeGreaterThan(200);
    expect((await pixel(cropped.bytes, 35, 20))[0]).toBeLessThan(60);
    const contained = await render(original, 'width=80&height=80&mode=contain&format=png');
    expect(await pixel(contained.bytes, 5, 5)).toEqual([0, 0, 0, 0]);
    expect((await pixel(contained.bytes, 5, 40))[0]).toBeGreaterThan(200);
    const onWhite = await render(original, 'width=80&height=80&mode=contain');
    expect(Math.min(...(await pixel(onWhite.bytes, 40, 4)))).toBeGreaterThan(240);
    const forced = await render(original, 'width=20&height=60&mode=force&format=png');
    expect([forced.width, forced.height]).toEqual([20, 60]);
    expect((await pixel(forced.bytes, 2, 50))[0]).toBeGreaterThan(200);
  });

  it('paints the background behind transparency, a translucent one too', async () => {
    const clear = await sharp({
      create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect(await pixel((await render(clear, 'format=png')).bytes, 1, 1)).toEqual([0, 0, 0, 0]);
    expect(await pixel((await render(clear, 'format=png&background-color=00f')).bytes, 1, 1)).toEqual([
      0, 0, 255,
    ]);
    const [r, g, b, alpha = 0] = await pixel(
      (await render(clear, 'format=png&background-color=0,0,255,128')).bytes,
      1,
      1,
    );
    expect([r, g, b]).toEqual([0, 0, 255]);
    expect(Math.abs(alpha - 128)).toBeLessThanOrEqual(1);
    const [jr = 0, , jb = 0] = await pixel((await render(clear, 'background-color=0,0,255,128')).bytes, 1, 1);
    expect(Math.abs(jr - 127)).toBeLessThan(6);
    expect(jb).toBeGreaterThan(248);
  });

  it('keeps an animation in GIF and WebP and takes its first frame elsewhere', async () => {
    const original = await animation(3);
    for (const format of ['webp', 'gif']) {
      const { bytes, width, height } = await render(original, `width=15&format=${format}`);
      const found = await sharp(bytes).metadata();
      expect([found.pages, found.height, found.width, width, height]).toEqual([3, 10, 15, 15, 10]);
      expect(found.delay).toEqual([70, 70, 70]);
    }
    expect((await sharp((await render(original, 'format=png')).bytes).metadata()).pages).toBeUndefined();
    const contained = await render(
      original,
      'width=40&height=40&mode=contain&format=webp&background-color=00f8',
    );
    expect((await sharp(contained.bytes).metadata()).pages).toBe(3);
  });

  it('refuses what is no image, broken or of another format', async () => {
    const jpeg = await plain(300, 300).jpeg().toBuffer();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const cases = [
      Buffer.alloc(0),
      Buffer.from('hello'),
      svg,
      Buffer.from('%PDF-1.7 ...'),
      jpeg.subarray(0, 40),
      jpeg.subarray(0, jpeg.length / 2),
    ];
    for (const bytes of cases) expect(await failure(render(bytes, 'width=10'))).toBe('not-an-image');
    // An SVG that pretends: the magic is right and the loader for what follows is blocked.
    const disguised = Buffer.concat([Buffer.from('GIF89a'), svg]);
    expect(await failure(render(disguised, 'width=10'))).toBe('not-an-image');
  });

  it('refuses too many bytes, pixels or frames before it decodes', async () => {
    const jpeg = await plain(300, 300).jpeg().toBuffer();
    expect(await failure(render(jpeg, '', { ...limits, maxInputBytes: 100 }))).toBe('too-large');
    expect(await failure(render(jpeg, '', { ...limits, maxInputPixels: 89_999 }))).toBe('too-large');
    const gif = await animation(5);
    expect(await failure(render(gif, 'format=webp', { ...limits, maxInputFrames: 4 }))).toBe('too-large');
    expect(await failure(render(gif, 'format=webp', { ...limits, maxInputPixels: 2999 }))).toBe('too-large');
    expect(
      await failure(render(gif, 'format=png', { ...limits, maxInputFrames: 4, maxInputPixels: 2999 })),
    ).toBe('none');
  });

  it('refuses a bomb by its header alone', async () => {
    // A header that promises 256 megapixels, with a checksum that fits (PNG, 5.3 and 11.2.1).
    const bomb = await plain(8, 8).png().toBuffer();
    bomb.writeUInt32BE(16_000, 16);
    bomb.writeUInt32BE(16_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    const started = performance.now();
    expect(await failure(render(bomb, 'width=10'))).toBe('too-large');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

const using = async (
  options: Parameters<typeof createRenderPool>[0],
  work: (pool: RenderPool, original: Buffer) => Promise<void>,
) => {
  await using pool = createRenderPool(options);
  await work(pool, await plain(64, 64).jpeg().toBuffer());
};

const childVariables = new Set([
  'UV_THREADPOOL_SIZE',
  'MALLOC_ARENA_MAX',
  'LD_PRELOAD',
  'MALLOC_CONF',
  // Node's own, for the channel between the two.
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  '',
]);

describe('a render pool under stress', () => {
  const slow = parsePlan('width=4000&height=4000&mode=force&format=avif');
  const quick = parsePlan('width=10');
  it('kills a job at its deadline and goes on', () =>
    using({ size: 1, deadlineMilliseconds: 400 }, async (pool, original) => {
      const started = performance.now();
      expect(await failure(pool.render(original, slow, limits))).toBe('deadline');
      expect(performance.now() - started).toBeLessThan(2000);
      expect(await failure(pool.render(original, quick, limits))).toBe('none');
      expect(pool.stats()).toMatchObject({ lost: 1, rendered: 1, failed: 1 });
    }));

  it('fails only the job of a child that crashes', () =>
    using({ size: 1 }, async (pool, original) => {
      await pool.render(original, quick, limits);
      const pids = childPids();
      const crashed = failure(pool.render(original, slow, limits));
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const pid of childPids().filter((found) => pids.includes(found))) process.kill(pid, 'SIGKILL');
      expect(await crashed).toBe('crashed');
      expect(await failure(pool.render(original, quick, limits))).toBe('none');
    }));

  it('refuses what does not fit in the queue, and drops what nobody waits for', () =>
    using({ size: 1, queueLimit: 1, deadlineMilliseconds: 3000 }, async (pool, original) => {
      const abort = new AbortController();
      const first = failure(pool.render(original, slow, limits));
      const second = failure(pool.render(original, quick, limits, abort.signal));
      expect(await failure(pool.render(original, quick, limits))).toBe('busy');
      abort.abort();
      expect(await second).toBe('aborted');
      expect(pool.stats().waiting).toBe(0);
      expect(await failure(pool.render(original, quick, limits, abort.signal))).toBe('aborted');
      expect(['none', 'deadline']).toContain(await first);
    }));

  it('replaces a child after its number of jobs, and one that grew too large', () =>
    using({ size: 1, jobsPerChild: 2 }, async (pool, original) => {
      for (let job = 0; job < 4; job += 1) await pool.render(original, quick, limits);
      expect(pool.stats().recycled).toBeGreaterThanOrEqual(1);
      await using small = createRenderPool({ size: 1, maxRssBytes: 1 });
      for (let job = 0; job < 2; job += 1) await small.render(original, quick, limits);
      expect(small.stats().recycled).toBeGreaterThanOrEqual(1);
    }));

  it('lets running jobs finish when it closes, refuses the rest and leaves no process behind', async () => {
    const before = childPids();
    const pool = createRenderPool({ size: 1 });
    const original = await plain(64, 64).jpeg().toBuffer();
    const first = failure(pool.render(original, quick, limits));
    const second = failure(pool.render(original, quick, limits));
    await Promise.resolve();
    await pool[Symbol.asyncDispose]();
    expect(await first).toBe('none');
    expect(await second).toBe('busy');
    expect(await failure(pool.render(original, quick, limits))).toBe('busy');
    expect(childPids().filter((pid) => !before.includes(pid))).toEqual([]);
  });

  it('gives its children nothing of its own environment', () =>
    using({ size: 1 }, async (pool, original) => {
      const before = childPids();
      await pool.render(original, quick, limits);
      const pid = childPids().find((found) => !before.includes(found));
      const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .map((pair) => pair.split('=', 1)[0] ?? '');
      expect(names.filter((name) => !childVariables.has(name))).toEqual([]);
    }));
});
