import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { failureOf, renderFile } from './testing/render-file.ts';
import { makePdf } from './testing/make-pdf.ts';

const red = '1 0 0 rg 0 0 100 100 re f';
const blue = '0 0 1 rg 0 0 100 100 re f';

const pixel = async (bytes: Uint8Array, left: number, top: number): Promise<number[]> => [
  ...(await sharp(bytes).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
];

describe('a PDF is drawn', () => {
  it('by its first page, at 150 dots an inch, on white', async () => {
    const { bytes, facts } = await renderFile(makePdf([red, blue]), 'format=png');
    expect(facts).toMatchObject({ format: 'pdf', width: 417, height: 208, frames: 1, alpha: false });
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 417, height: 208, hasAlpha: false });
    expect(await pixel(bytes, 50, 100)).toEqual([255, 0, 0]);
    expect(await pixel(bytes, 400, 100)).toEqual([255, 255, 255]);
  });

  it('by the page that is asked for', async () => {
    const { bytes } = await renderFile(makePdf([red, blue]), 'page=2&format=png');
    expect(await pixel(bytes, 50, 100)).toEqual([0, 0, 255]);
    await expect(renderFile(makePdf([red, blue]), 'page=3')).rejects.toMatchObject({
      reason: 'bad-value',
      message: 'page takes at most 2 for this original',
    });
  });

  it('at the size that is asked for, with sharp edges', async () => {
    const { bytes, width, height } = await renderFile(makePdf([red]), 'width=2000&format=png');
    expect([width, height]).toEqual([2000, 998]);
    expect(await pixel(bytes, 995, 500)).toEqual([255, 0, 0]);
    expect(await pixel(bytes, 1005, 500)).toEqual([255, 255, 255]);
  });
});

describe('a PDF is refused', () => {
  it('that is broken, empty or cut off, and the next one is drawn', async () => {
    const whole = makePdf([red]);
    for (const file of [Buffer.from('%PDF-1.7'), whole.subarray(0, 60), makePdf([])]) {
      expect(['not-an-image', 'bad-value']).toContain(await failureOf(file));
    }
    expect((await renderFile(whole, 'width=100')).width).toBe(100);
  });

  it('that is protected, in words that say so', async () => {
    const key = Buffer.alloc(32, 1).toString('hex');
    const trailer = `/ID[<${key}><${key}>]/Encrypt<</Filter/Standard/V 1/R 2/O<${key}>/U<${key}>/P -4>>`;
    await expect(renderFile(makePdf([red], { trailer }), 'width=100')).rejects.toMatchObject({
      reason: 'not-an-image',
      message: 'This PDF is protected by a password',
    });
  });

  it('whose page is larger than the limits', async () => {
    expect(await failureOf(makePdf([red], { width: 14_000, height: 14_000 }))).toBe('too-large');
  });

  it('or drawn in bounded time, when it inflates to much more than it is', async () => {
    const bomb = deflateSync(Buffer.alloc(50_000_000, ' ')).toString('latin1');
    const file = makePdf(['x'])
      .toString('latin1')
      .replace('<</Length 1>>stream\nx', `<</Length ${bomb.length}/Filter/FlateDecode>>stream\n${bomb}`);
    const before = process.cpuUsage();
    await failureOf(Buffer.from(file, 'latin1'));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(5000);
  });
});
