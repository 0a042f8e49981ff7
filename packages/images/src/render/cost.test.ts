import { describe, expect, it } from 'vitest';
import { parsePlan } from '../plan/plan.ts';
import { createCostCorrection } from './cost-correction.ts';
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
    const logo = { original: { path: '/logo', bytes: 1e6 }, plan: parsePlan('format=png'), overlays: {} };
    const marked = job('width=300&watermark=logo.png', { overlays: { watermark: logo } });
    expect(predictCost(marked, photo).milliseconds).toBeGreaterThan(plain + 50);
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
