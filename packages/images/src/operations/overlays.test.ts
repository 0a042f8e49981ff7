import { describe, expect, it } from 'vitest';
import { RenderError } from '../render/render-error.ts';
import { diamond, draw, scenery, wandering } from './testing/drawings.ts';
import { operateOn, pixelsOf } from './testing/render-drawing.ts';

const white = draw(100, 60, () => [255, 255, 255, 255]);
const stamp = draw(10, 6, (x) => (x < 5 ? [255, 0, 0, 255] : [0, 0, 255, 255]));
const red = [255, 0, 0];
const blue = [0, 0, 255];
const paper = [255, 255, 255];
const onWhite = (query: string, name: 'watermark' | 'compose' | 'shape' = 'watermark', drawing = stamp) =>
  pixelsOf({ original: white, query: `${name}=x&${query}`, overlays: { [name]: { drawing } } });

describe('a watermark', () => {
  it.each([
    ['left,top', 0, 0],
    ['top', 45, 0],
    ['right,top', 90, 0],
    ['left', 0, 27],
    ['center,middle', 45, 27],
    ['bottom,right', 90, 54],
  ])('at %s has its corner at %i, %i', async (position, left, top) => {
    const { at } = await onWhite(`watermark-position=${position}`);
    expect(at(left, top)).toEqual(red);
    expect(at(left + 9, top + 5)).toEqual(blue);
    // Beside it, on the side where there is room.
    expect(at(left > 0 ? left - 1 : 10, top)).toEqual(paper);
    expect(at(left, top > 0 ? top - 1 : 6)).toEqual(paper);
  });

  it('that repeats covers everything, whole from its position on', async () => {
    const { at } = await onWhite('watermark-repeat=true');
    for (let x = 0; x < 100; x += 1) expect(at(x, 59)).toEqual(x % 10 < 5 ? red : blue);
  });

  it('scales to the share of the picture, by the side that fits', async () => {
    const { at } = await onWhite('watermark-scale=50&watermark-position=left,top');
    // 60 is enough for 50 x 30.
    expect(at(12, 29)).toEqual(red);
    expect(at(49, 15)).toEqual(blue);
    expect(at(50, 15)).toEqual(paper);
    expect(at(12, 30)).toEqual(paper);
  });

  it('mixes by its alpha', async () => {
    const { at } = await onWhite('watermark-alpha=40&watermark-position=left,top');
    at(1, 1).forEach((channel, index) => expect(Math.abs(channel - [255, 153, 153][index]!)).toBeLessThan(2));
  });

  it('turns clockwise', async () => {
    const { at } = await onWhite('watermark-rotate=90&watermark-position=left,top');
    expect(at(0, 0)).toEqual(red);
    expect(at(5, 9)).toEqual(blue);
    expect(at(6, 0)).toEqual(paper);
  });

  it('larger than the picture is shrunk into it', async () => {
    const { at } = await onWhite(
      'watermark-position=center',
      'watermark',
      draw(400, 60, () => [0, 255, 0, 255]),
    );
    expect(at(50, 30)).toEqual([0, 255, 0]);
    expect(at(50, 20)).toEqual(paper);
    expect(at(0, 30)).toEqual([0, 255, 0]);
  });

  it('whose turned corners stick out is cut', async () => {
    const { at, width } = await onWhite('watermark-rotate=45&watermark-scale=100');
    expect(width).toBe(100);
    expect(at(50, 30)).not.toEqual(paper);
  });

  it('that the job does not bring changes nothing', async () => {
    const { data } = await pixelsOf({ original: white, query: 'watermark=x&compose=y&shape=z' });
    expect([...new Set(data)]).toEqual([255]);
  });
});

describe('compose', () => {
  it('lies in the middle of what the padding leaves, and no larger', async () => {
    const { at } = await onWhite('compose-scale=100&compose-padding-left=80', 'compose');
    expect(at(79, 30)).toEqual(paper);
    expect(at(81, 30)).toEqual(red);
    expect(at(98, 30)).toEqual(blue);
    expect(at(90, 23)).toEqual(paper);
  });

  it('refuses padding that leaves nothing', async () => {
    await expect(onWhite('compose-padding=30', 'compose')).rejects.toThrow(
      new RenderError('bad-value', 'compose-padding leaves no room for the picture that compose lays over'),
    );
  });
});

describe('shape', () => {
  it('leaves what it covers and makes the rest transparent', async () => {
    const { at, channels } = await onWhite('width=100', 'shape', diamond);
    expect(channels).toBe(4);
    expect(at(50, 30)).toEqual([255, 255, 255, 255]);
    for (const [x, y] of [
      [0, 0],
      [99, 59],
      [10, 30],
      [25, 5],
    ] as const)
      expect(at(x, y)[3]).toBe(0);
  });
});

describe('an overlay on an animation', () => {
  it('is on each frame at the same place', async () => {
    const { at } = await pixelsOf({
      original: wandering,
      query: 'format=webp&watermark=x&watermark-position=right,bottom',
      overlays: { watermark: { drawing: stamp } },
    });
    for (const frame of [0, 1, 2]) {
      expect(at(54, frame * 48 + 42)).toEqual([...red, 255]);
      expect(at(63, frame * 48 + 47)).toEqual([...blue, 255]);
      expect(at(53, frame * 48 + 42)).toEqual([...paper, 255]);
    }
  });
});

describe('text', () => {
  it('of blanks draws nothing', async () => {
    const { data } = await pixelsOf({ original: white, query: 'text=%20%0A%20%3Cb%3E%3C/b%3E' });
    expect([...new Set(data)]).toEqual([255]);
  });

  it.each([
    `text=${'W'.repeat(900)}&text-size=2000`,
    `text=${'a%0A'.repeat(400)}&text-size=1500`,
    `text=${encodeURIComponent(`<span size="2000pt">${'W'.repeat(500)}</span>`)}`,
    `text=${'W'.repeat(900)}&text-size=500&text-width=8000`,
    `text=${'Wg%20'.repeat(300)}&text-width=8192&text-height=8192`,
    'text=W&text-width=3000&text-height=2700',
  ])('that would take hundreds of megabytes is refused: %#', async (query) => {
    await expect(operateOn({ original: white, query })).rejects.toMatchObject({ reason: 'bad-value' });
  });

  it('that is long, at a usual size, is drawn', async () => {
    const { data } = await pixelsOf({
      original: scenery,
      query: `text=${'word%20'.repeat(140)}&text-size=12&text-width=230`,
    });
    expect(data.length).toBe(240 * 160 * 3);
  });

  it('stays inside its box, as large as that allows', async () => {
    const wide = draw(400, 200, () => [255, 255, 255, 255]);
    const { at } = await pixelsOf({ original: wide, query: 'text=Fits&text-width=300&text-height=100' });
    const dark = (x: number, y: number): boolean => (at(x, y)[0] ?? 255) < 128;
    let right = 0;
    let bottom = 0;
    for (let y = 0; y < 200; y += 1) {
      for (let x = 0; x < 400; x += 1) {
        if (!dark(x, y)) continue;
        right = Math.max(right, x);
        bottom = Math.max(bottom, y);
      }
    }
    expect(right).toBeLessThan(300);
    expect(bottom).toBeLessThan(100);
    expect(Math.max(right / 300, bottom / 100)).toBeGreaterThan(0.9);
  });
});
