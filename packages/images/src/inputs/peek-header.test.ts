import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { peekedBytes, peekHeader } from './peek-header.ts';

const grain = (channels: 3 | 4 = 3) =>
  sharp({
    create: {
      width: 90,
      height: 60,
      channels,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  });

const peek = (file: Buffer) => peekHeader(file.subarray(0, peekedBytes), file.length);

const still = { width: 90, height: 60, orientation: 1, frames: 1, alpha: false, progressive: false };

describe('the first bytes of a file tell', () => {
  it('size, orientation and coding of a JPEG', async () => {
    expect(peek(await grain().jpeg().toBuffer())).toEqual({ ...still, format: 'jpeg' });
    const turned = await grain().jpeg({ progressive: true }).withMetadata({ orientation: 6 }).toBuffer();
    expect(peek(turned)).toEqual({ ...still, format: 'jpeg', orientation: 6, progressive: true });
  });

  it.each([
    ['png', false],
    ['png', true],
  ] as const)('alpha and interlace of a %s', async (format, progressive) => {
    const alpha = progressive;
    const file = await grain(alpha ? 4 : 3)
      .png({ progressive })
      .toBuffer();
    expect(peek(file)).toEqual({ ...still, format, alpha, progressive });
  });

  it('size of the other formats', async () => {
    expect(peek(await grain().webp().toBuffer())).toEqual({ ...still, format: 'webp' });
    expect(peek(await grain().webp({ lossless: true }).toBuffer())).toMatchObject({
      format: 'webp',
      width: 90,
    });
    expect(peek(await grain().avif({ effort: 0 }).toBuffer())).toEqual({ ...still, format: 'avif' });
    expect(peek(await grain().tiff().toBuffer())).toMatchObject({ format: 'tiff', width: 90, height: 60 });
    expect(peek(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"/>'))).toEqual({
      ...still,
      format: 'svg',
      alpha: true,
    });
  });

  it('filters of a drawing', () => {
    const inside = '<defs><filter id="f"><feTurbulence/></filter></defs>';
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60">${inside}</svg>`;
    expect(peek(Buffer.from(drawing))).toMatchObject({ format: 'svg', filters: true });
  });

  it('about how many frames there are', async () => {
    const frames = await Promise.all(Array.from({ length: 12 }, () => grain().png().toBuffer()));
    const animation = sharp(frames, { join: { animated: true } });
    for (const file of [
      await animation.clone().gif({ loop: 0 }).toBuffer(),
      await animation.clone().webp({ loop: 0 }).toBuffer(),
    ]) {
      const guessed = peek(file)?.frames ?? 0;
      expect(guessed).toBeGreaterThanOrEqual(6);
      expect(guessed).toBeLessThanOrEqual(24);
    }
    expect(peek(await grain().gif().toBuffer())?.frames).toBe(1);
  });

  it('nothing, where they are none of a picture', async () => {
    expect(peek(Buffer.from('%PDF-1.7'))).toBeNull();
    expect(peek(Buffer.from('hello'))).toBeNull();
    expect(peek((await grain().jpeg().toBuffer()).subarray(0, 30))).toBeNull();
  });

  it('and never throw', () => {
    const starts = fc.constantFrom(
      '\xff\xd8\xff\xe0',
      '\x89PNG\r\n\x1a\n',
      'GIF89a',
      'RIFF\0\0\0\0WEBPVP8X',
      'II*\0',
      '\0\0\0\x18ftypheic',
      '<svg ',
    );
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 200 }), fc.nat(), (start, rest, bytes) => {
        const facts = peekHeader(Buffer.concat([Buffer.from(start, 'latin1'), rest]), bytes);
        const least = facts === null ? 1 : Math.min(facts.width, facts.height, facts.frames);
        expect(least).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });
});
