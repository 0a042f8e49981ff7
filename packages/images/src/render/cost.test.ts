import { describe, expect, it } from 'vitest';
import { parsePlan } from '../plan/plan.ts';
import { createCostCorrection, teaches } from './cost-correction.ts';
import { predictCost } from './cost.ts';
import type { OriginalFacts, PictureJob } from './job.ts';
import { laneOf } from './lane.ts';

const limits = { maxInputBytes: 5e7, maxInputPixels: 5e7, maxInputFrames: 200, maxOutputSide: 8192 };
const photo: OriginalFacts = {
  format: 'jpeg',
  width: 4000,
  height: 3000,
  orientation: 1,
  frames: 1,
  alpha: false,
  progressive: false,
};
const job = (query: string, given: Partial<PictureJob> = {}): PictureJob => ({
  kind: 'picture',
  original: { path: '/photo', bytes: 3_000_000 },
  plan: parsePlan(query),
  limits,
  overlays: {},
  effort: 'normal',
  ...given,
});
const milliseconds = (query: string, facts: Partial<OriginalFacts> = {}): number =>
  predictCost(job(query), { ...photo, ...facts }).milliseconds;

/** What a picture of a million pixels takes with this overlay. */
const marked = (query: string, facts: OriginalFacts | null) => {
  const original = { path: '/logo', bytes: 1e6 };
  const watermark = { original, plan: parsePlan(query), overlays: {}, facts };
  return predictCost(job('width=300&watermark=logo', { overlays: { watermark } }), {
    ...photo,
    width: 1000,
    height: 1000,
  });
};

const letters = (count: number): string => `&text=${'Wg%20'.repeat(count / 3)}`;

const drawing = { format: 'png', width: 8000, height: 6000, alpha: true } as const;
const bytes = (query: string, facts: Partial<OriginalFacts> = {}): number =>
  predictCost(job(query), { ...photo, ...drawing, ...facts }).bytes;

describe('predictCost', () => {
  // Measured on two cores of 2025 with sharp 0.35 (CPU milliseconds); a factor of 1.6 is what lanes can bear.
  it.each([
    ['width=300&format=webp', {}, 42],
    ['width=800&format=jpeg', {}, 47],
    ['width=800&format=webp', {}, 72],
    ['width=800&format=avif', {}, 260],
    ['width=300&format=webp', { progressive: true }, 104],
    ['width=300&format=webp', { width: 6000, height: 4000, progressive: true }, 158],
    ['width=300&format=webp', { format: 'png' as const }, 136],
    ['width=300&format=webp', { format: 'tiff' as const }, 169],
    ['width=300&format=webp', { format: 'webp' as const }, 199],
    ['width=300&format=webp', { format: 'avif' as const }, 638],
    ['width=400&height=400&mode=crop&crop=attention&format=webp', {}, 50],
    ['format=jpeg', { width: 4000 }, 169],
    ['width=1600&height=1200&mode=force&format=gif', {}, 910],
  ])('comes near what %s of %o takes: %d ms', (query, facts, measured) => {
    const predicted = milliseconds(query, facts);
    expect(predicted).toBeGreaterThan(measured / 1.6);
    // What decodes and encodes at full size overlaps less than the table assumes.
    expect(predicted).toBeLessThan(measured * 2);
  });

  it('counts every frame of an animation that stays one, and the first where it does not', () => {
    const gif = { format: 'gif' as const, width: 500, height: 500, frames: 200 };
    expect(milliseconds('format=gif', gif)).toBeGreaterThan(4000);
    expect(milliseconds('format=webp', gif)).toBeGreaterThan(1500);
    expect(milliseconds('format=png&width=400', gif)).toBeLessThan(100);
    expect(milliseconds('format=webp&page=1', gif)).toBeLessThan(milliseconds('format=webp', gif) / 20);
  });

  it('prices a header that promises more than the limits allow by what refusing it takes', () => {
    const promising = { format: 'png' as const, width: 50_000, height: 50_000 };
    expect(milliseconds('format=png&width=300', promising)).toBeLessThan(10);
    expect(bytes('trim=auto', promising)).toBeLessThan(32e6);
    const endless = { format: 'gif' as const, width: 500, height: 500 };
    const most = milliseconds('format=gif', { ...endless, frames: 200 });
    expect(milliseconds('format=gif', { ...endless, frames: 1_000_000 })).toBe(most);
    // A frame of 25 megapixels: two are within the limit.
    const large = { ...endless, width: 5000, height: 5000 };
    expect(milliseconds('format=gif', { ...large, frames: 200 })).toBe(
      milliseconds('format=gif', { ...large, frames: 2 }),
    );
  });

  it('knows what must be held whole: turns, regions, trims', () => {
    const streamed = bytes('width=300');
    expect(streamed).toBeLessThan(32e6);
    for (const query of ['width=300&trim=auto', 'width=300&region=0,0,4000,3000']) {
      // 48 megapixels of four bytes.
      expect(bytes(query)).toBeGreaterThan(192e6);
    }
    expect(bytes('width=300', { orientation: 6 })).toBeGreaterThan(192e6);
  });

  it('adds faces, overlays and slow efforts to the cost', () => {
    const plain = milliseconds('width=300&height=300&mode=crop');
    expect(milliseconds('width=300&height=300&mode=crop&crop=face')).toBeGreaterThan(plain + 100);
    const slow = predictCost(job('width=800&format=avif', { effort: 'slow' }), photo).milliseconds;
    expect(slow).toBeGreaterThan(milliseconds('width=800&format=avif') * 1.5);
    // Nobody has looked at it, so it counts as a photograph of four megapixels.
    const bare = milliseconds('width=300', { width: 1000, height: 1000 });
    expect(marked('', null).milliseconds).toBeGreaterThan(bare + 10);
  });

  const solid = { ...photo, format: 'png', width: 7000, height: 7000 } as const;
  const svg = { ...solid, format: 'svg', alpha: true } as const;
  const small = { width: 2000, height: 2000 };
  // Measured as above: a million pixels of JPEG with the overlay at 300 px; CPU at least, and megabytes that are held.
  it.each([
    ['hue=10', solid, 760, 147],
    ['blur=5', solid, 590, 147],
    ['trim=auto', solid, 400, 147],
    ['flip=vertical', solid, 400, 147],
    ['', solid, 100, 0],
    ['width=100&hue=10', solid, 85, 0],
    ['hue=10', { ...solid, format: 'jpeg' }, 810, 147],
    ['hue=10', svg, 1460, 147],
    ['', svg, 125, 0],
    ['hue=10', { ...svg, ...small, filters: true }, 1410, 12],
  ] as const)('prices an overlay by its own pixels: %s of %o', (query, facts, measured, megabytes) => {
    const cost = marked(query, facts);
    expect(cost.milliseconds).toBeGreaterThan(measured / 1.6);
    expect(cost.milliseconds).toBeLessThan(measured * 7);
    expect(cost.bytes).toBeGreaterThan(megabytes * 1e6);
    // A renderer may have 512 MiB, and a job that is thought to need more is refused.
    expect(cost.bytes).toBeLessThan(512 * 1024 ** 2);
    expect(laneOf(cost)).toBe('heavy');
  });

  it('keeps small overlays cheap, and one that its header keeps out', () => {
    const logo = { ...photo, format: 'png', alpha: true, width: 300, height: 300 } as const;
    for (const query of ['', 'hue=10', 'flip=horizontal']) expect(laneOf(marked(query, logo))).toBe('cheap');
    expect(laneOf(marked('', { ...svg, width: 300, height: 300 }))).toBe('cheap');
    expect(laneOf(marked('hue=10', { ...solid, width: 70_000 }))).toBe('cheap');
  });

  it('prices a drawing by the size at which it is drawn', () => {
    const icon = { ...svg, width: 24, height: 24 };
    expect(milliseconds('width=4000', icon)).toBeGreaterThan(500);
    expect(milliseconds('width=300', { ...svg, ...small })).toBeLessThan(30);
    expect(milliseconds('width=300', { ...svg, ...small, filters: true })).toBeGreaterThan(40);
  });

  const dot = { width: 1, height: 1 };
  const million = { width: 1000, height: 1000 };
  it.each([
    ['text=hello', dot, 14],
    [`text-width=2000&text-height=2000${letters(996)}`, dot, 60],
    [`text-width=500&text-height=300${letters(60)}`, million, 31],
    [`text-width=1000&text-height=1000${letters(996)}`, million, 57],
    [`text-width=1000${letters(996)}`, million, 60],
    [`text-width=8192&text-height=8192${letters(996)}`, { width: 5000, height: 5000 }, 1700],
  ])('prices a text by its box and its letters: %#', (query, facts, measured) => {
    expect(milliseconds(query, facts)).toBeGreaterThan(measured / 1.8);
    expect(milliseconds(query, facts)).toBeLessThan(measured * 3);
  });

  it('counts what a text is drawn in, and not one that is refused', () => {
    const huge = `text-width=8192&text-height=8192${letters(996)}`;
    expect(bytes(huge, { ...photo, width: 6000, height: 4000 })).toBeGreaterThan(500e6);
    expect(bytes(huge, dot)).toBeLessThan(10e6);
    expect(milliseconds(huge, dot)).toBeLessThan(10);
  });

  it('guesses a photograph where nothing is known, by its bytes', () => {
    const guessed = predictCost(job('width=300&format=webp'), null);
    expect(guessed.class).toBe('jpeg>webp/plain');
    const known = milliseconds('width=300&format=webp');
    expect(Math.abs(guessed.milliseconds / known - 1)).toBeLessThan(0.1);
  });

  it('is next to nothing for an original beyond the limits, which its header refuses', () => {
    const claimed = { ...photo, width: 65_000, height: 65_000 };
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const cost = predictCost(job('width=100&orientation=6'), { ...claimed, format });
      expect(cost.class).toBe(`${format}>refused`);
      expect(laneOf(cost)).toBe('cheap');
    }
  });

  it('names few classes', () => {
    const classes = [
      'width=300',
      'width=301',
      'width=300&height=7',
      'width=300&text=hello',
      'width=9&text=bye',
    ].map((query) => predictCost(job(query), photo).class);
    expect(new Set(classes)).toEqual(new Set(['jpeg>jpeg/plain', 'jpeg>jpeg/paint']));
  });
});

describe('laneOf', () => {
  it.each([
    ['width=300&format=webp', {}, 'cheap'],
    ['width=800&format=jpeg', {}, 'cheap'],
    ['width=800&format=avif', {}, 'heavy'],
    ['width=300&format=webp', { progressive: true }, 'heavy'],
    ['width=300&format=webp', { format: 'avif' as const }, 'heavy'],
  ])('puts %s of %o into the lane for %s jobs', (query, facts, lane) => {
    expect(laneOf(predictCost(job(query), { ...photo, ...facts }))).toBe(lane);
  });

  it('counts memory too', () => {
    expect(laneOf({ milliseconds: 10, bytes: 1e6 })).toBe('cheap');
    expect(laneOf({ milliseconds: 10, bytes: 200e6 })).toBe('heavy');
  });
});

describe('createCostCorrection', () => {
  it('comes to what a class really takes, and leaves others alone', () => {
    const correction = createCostCorrection();
    for (let turn = 0; turn < 40; turn += 1) correction.learn('slow', 100, 250);
    expect(correction.corrected('slow', 40)).toBeCloseTo(100, 0);
    expect(correction.corrected('other', 40)).toBe(40);
  });

  it('is not moved far by one odd picture', () => {
    const correction = createCostCorrection();
    correction.learn('x', 10, 1e6);
    expect(correction.corrected('x', 10)).toBeLessThan(16);
    correction.learn('x', 10, 1e-6);
    expect(correction.corrected('x', 10)).toBeLessThan(10);
  });
});

describe('teaches', () => {
  it.each([
    ['too-large', 10, 900, true],
    ['bad-value', 10, 900, true],
    ['not-an-image', 10, 900, true],
    ['too-large', 500, 2, false],
    ['not-an-image', 500, 2, false],
    ['deadline', 500, 400, true],
    ['crashed', 10, 900, false],
    ['busy', 10, 900, false],
    ['aborted', 10, 900, false],
  ] as const)('%s, predicted %d ms, after %d ms: %s', (reason, predicted, actual, answer) => {
    expect(teaches(reason, predicted, actual)).toBe(answer);
  });
});
