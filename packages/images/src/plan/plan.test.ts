import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadValue } from '../bad-value.ts';
import { parseColor } from '../parameters/color.ts';
import { avifQuality } from './encoder-settings.ts';
import { namedColors } from '../parameters/named-colors.ts';
import { parameters } from '../parameters/parameters.ts';
import { canonicalPlan } from './canonical-plan.ts';
import { parsePlan } from './plan.ts';

/** Undefined where the query is refused; anything that is thrown but BadValue fails the test. */
const canonicalOf = (query: string): string | undefined => {
  try {
    return canonicalPlan(parsePlan(query));
  } catch (error) {
    if (error instanceof BadValue) return undefined;
    throw error;
  }
};

describe('parsePlan', () => {
  it.each([
    ['', { mode: 'clip', width: null, height: null }],
    ['width=600', { mode: 'clip', width: 600, height: null }],
    ['width=300&dpr=2', { mode: 'clip', width: 600, height: null }],
    ['width=600&height=400', { mode: 'clip', width: 600, height: 400 }],
    ['width=600&height=400&mode=CROP', { mode: 'crop', width: 600, height: 400 }],
    ['width=600&height=400&mode=contain&dpr=2', { mode: 'contain', width: 1200, height: 800 }],
    ['width=600&height=400&mode=force', { mode: 'force', width: 600, height: 400 }],
    // A box with one side is no box.
    ['width=600&mode=crop', { mode: 'clip', width: 600, height: null }],
    ['mode=contain', { mode: 'clip', width: null, height: null }],
    // The ratio gives the missing side, and does nothing for clip.
    ['width=800&aspect-ratio=16:9&mode=crop', { mode: 'crop', width: 800, height: 450 }],
    ['width=800&aspect-ratio=1:1&mode=crop', { mode: 'crop', width: 800, height: 800 }],
    ['height=450&aspect-ratio=16:9&mode=force', { mode: 'force', width: 800, height: 450 }],
    ['width=800&height=800&aspect-ratio=2:1&mode=crop', { mode: 'crop', width: 800, height: 400 }],
    ['width=800&height=100&aspect-ratio=2:1&mode=contain', { mode: 'contain', width: 200, height: 100 }],
    ['aspect-ratio=1.85:1&mode=crop', { mode: 'crop', ratio: { width: 37, height: 20 } }],
    ['width=800&aspect-ratio=16:9', { mode: 'clip', width: 800, height: null }],
    // Beyond the limit a box shrinks and keeps its ratio.
    ['width=8192&dpr=2', { mode: 'clip', width: 8192, height: null }],
    ['width=4000&height=2000&mode=crop&dpr=4', { mode: 'crop', width: 8192, height: 4096 }],
    ['width=8192&aspect-ratio=1:2&mode=crop', { mode: 'crop', width: 4096, height: 8192 }],
    // Empty is unset, names have three spellings, the unknown is ignored.
    ['width=&height=&quality=&dpr=&mode=&format=&expires=', { mode: 'clip', width: null, height: null }],
    ['width=9&aspectRatio=3:1&mode=crop', { mode: 'crop', width: 9, height: 3 }],
    ['width=9&aspect_ratio=3:1&mode=crop', { mode: 'crop', width: 9, height: 3 }],
    ['width=9&frobnicate=yes&signature=x', { mode: 'clip', width: 9, height: null }],
  ])('fits %s', (query, fit) => {
    expect(parsePlan(query).fit).toEqual(fit);
  });

  it('is a JPEG of quality 80 on white where nothing else is said', () => {
    expect(parsePlan('')).toMatchObject({
      format: 'jpeg',
      quality: 80,
      background: { red: 255, green: 255, blue: 255, alpha: 255 },
      expires: null,
      download: null,
    });
  });

  it('lets the request win over the defaults, and an empty value fall back to them', () => {
    const defaults = 'format=webp&quality=90&width=100';
    expect(parsePlan('quality=50&width=', { defaults })).toMatchObject({
      format: 'webp',
      quality: 50,
      fit: { width: 100 },
    });
  });

  it('tells a download without a name from none, and keeps paths out of names', () => {
    expect(parsePlan('download=').download).toBe('');
    expect(parsePlan('download').download).toBe('');
    expect(parsePlan('download=..%2Fa%0Ab%5Cc.jpg').download).toBe('..-a-b-c.jpg');
  });

  it.each([
    'width=0',
    'width=-1',
    'width=8193',
    'width=1.5',
    'width=1e3',
    'width=abc',
    'width=%2B1',
    'height=99999999999999999999',
    'dpr=0',
    'dpr=9',
    'dpr=1.5',
    'mode=face',
    'format=auto',
    'format=svg',
    'quality=101',
    'quality=-1',
    'aspect-ratio=16',
    'aspect-ratio=0:1',
    'aspect-ratio=1:0.00001',
    'aspect-ratio=1:99999999',
    'aspect-ratio=16/9',
    'background-color=notacolour',
    'background-color=256,0,0',
    'background-color=%23fff',
    'background-color=1,2',
    'background-color=constructor',
    'expires=tomorrow',
    'expires=1.5',
    'width=%FF',
  ])('refuses %s and names the parameter', (query) => {
    const name = query.slice(0, query.indexOf('='));
    expect(() => parsePlan(query)).toThrow(BadValue);
    expect(() => parsePlan(query)).toThrow(`${name} `);
  });

  it("keeps to the source's own limit", () => {
    expect(() => parsePlan('width=2000', { maxSide: 1000 })).toThrow('1 to 1000');
  });
});

describe('parseColor', () => {
  it.each([
    ['255,0,16', { red: 255, green: 0, blue: 16, alpha: 255 }],
    ['43,73,62,128', { red: 43, green: 73, blue: 62, alpha: 128 }],
    ['F00', { red: 255, green: 0, blue: 0, alpha: 255 }],
    ['f008', { red: 255, green: 0, blue: 0, alpha: 136 }],
    ['0a141e', { red: 10, green: 20, blue: 30, alpha: 255 }],
    ['0a141e80', { red: 10, green: 20, blue: 30, alpha: 128 }],
    ['RebeccaPurple', { red: 102, green: 51, blue: 153, alpha: 255 }],
    ['darkgrey', { red: 169, green: 169, blue: 169, alpha: 255 }],
  ])('reads %s', (text, color) => {
    expect(parseColor('background-color', text)).toEqual(color);
  });

  it('knows the 148 names of CSS', () => {
    expect(Object.keys(namedColors)).toHaveLength(148);
    expect(namedColors.gray).toBe(namedColors.grey);
  });
});

describe('canonicalPlan', () => {
  it.each([
    ['width=600&format=webp', 'format=webp&width=300&dpr=2'],
    ['mode=crop&width=800&height=450', 'width=800&aspect-ratio=16:9&mode=crop'],
    ['mode=crop&aspect-ratio=16:9', 'mode=crop&aspectRatio=32:18'],
    ['background-color=white', 'background-color=FFF&quality=80'],
    ['background-color=255,0,0,128', 'background-color=255,127,127'],
    ['format=png&quality=10', 'format=png&quality=90'],
    ['width=5&download=x&expires=99', 'width=5'],
    ['quality=0', 'quality=1'],
    ['mode=crop&width=5', 'mode=clip&width=5'],
  ])('is the same for %s and %s', (one, other) => {
    expect(canonicalPlan(parsePlan(one))).toBe(canonicalPlan(parsePlan(other)));
  });

  it.each([
    ['format=webp', 'format=avif'],
    ['width=5', 'height=5'],
    ['quality=79', 'quality=80'],
    ['format=png', 'format=png&background-color=white'],
    ['width=5&height=5&mode=crop', 'width=5&height=5&mode=contain'],
  ])('tells %s from %s', (one, other) => {
    expect(canonicalPlan(parsePlan(one))).not.toBe(canonicalPlan(parsePlan(other)));
  });

  it('is itself a query for the same picture, for any query that is taken; the others end in BadValue', () => {
    const name = fc.constantFrom(...Object.keys(parameters), 'other', 'aspectRatio');
    const value = fc.oneof(
      fc.constantFrom(
        'crop',
        'contain',
        'force',
        'webp',
        'png',
        'avif',
        '16:9',
        '1.85:1',
        '0.3333:99999',
        'red',
        'f008',
        '',
      ),
      fc.nat(9000).map(String),
      fc.tuple(fc.nat(99_999), fc.nat(9999), fc.nat(999_999)).map(([a, b, c]) => `${a}.${b}:${c}`),
      fc.string(),
    );
    const query = fc
      .array(fc.tuple(name, value), { maxLength: 8 })
      .map((pairs) => pairs.map(([key, text]) => `${key}=${encodeURIComponent(text)}`).join('&'));
    let taken = 0;
    fc.assert(
      fc.property(query, (text) => {
        const canonical = canonicalOf(text);
        taken += canonical === undefined ? 0 : 1;
        expect(canonical === undefined ? undefined : canonicalOf(canonical)).toBe(canonical);
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

describe('avifQuality', () => {
  it('maps the common scale without a step back', () => {
    expect([1, 80, 100].map(avifQuality)).toEqual([1, 63, 100]);
    for (let quality = 2; quality <= 100; quality += 1) {
      expect(avifQuality(quality)).toBeGreaterThanOrEqual(avifQuality(quality - 1));
    }
  });
});
