import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadValue } from '../bad-value.ts';
import type { Parameter } from '../parameters/parameter.ts';
import { parameterNames, parameters } from '../parameters/parameters.ts';
import type { ClientFacts } from './accepts.ts';
import { canonicalPlan } from './canonical-plan.ts';
import { parsePlan } from './plan.ts';

const anyClient: ClientFacts = { accept: 'image/avif,image/webp', saveData: false };
/** What was refused comes back; anything else that is thrown fails the test. */
const attempt = <T>(make: () => T): T | BadValue => {
  try {
    return make();
  } catch (error) {
    if (error instanceof BadValue) return error;
    throw error;
  }
};

const canonical = (query: string, client = anyClient): string => canonicalPlan(parsePlan(query, {}, client));

describe('canonicalPlan', () => {
  it.each([
    ['', 'format=jpeg&quality=80&mode=clip&strip=metadata&upscale=false'],
    ['width=600&format=webp', 'format=webp&width=300&dpr=2'],
    ['mode=crop&width=800&height=450', 'width=800&aspect-ratio=16:9&mode=crop'],
    ['mode=crop&aspect-ratio=16:9', 'mode=crop&aspectRatio=32:18'],
    ['background-color=white', 'background-color=FFF&quality=80'],
    ['background-color=255,0,0,128', 'background-color=255%2C127%2C127'],
    ['format=png&quality=10', 'format=png&quality=90'],
    ['format=webp&lossless=1&quality=10', 'format=webp&lossless=true'],
    ['width=5&download=x&expires=99&tag=a', 'width=5'],
    ['quality=0', 'quality=1'],
    ['mode=crop&width=5', 'mode=clip&width=5'],
    ['crop=left,top', ''],
    ['mode=crop&width=5&height=5&crop=top,left', 'mode=crop&width=5&height=5&crop=LEFT,TOP'],
    ['mode=crop&width=5&height=5&crop=center', 'mode=crop&width=5&height=5'],
    ['face-number=2&face-padding=3', ''],
    ['trim-level=5&trim-color=red', ''],
    ['trim=color', 'trim=auto&trim-level=80'],
    ['trim=auto&trim-color=red', 'trim=auto'],
    ['hue=360&saturate=100&sepia=0&blur=0&invert=0', ''],
    ['hue=-90', 'hue=270'],
    ['contain=blur&contain-color=red', ''],
    ['mode=contain&width=5&height=5&contain-color=f000', 'mode=contain&width=5&height=5&contain=color'],
    ['watermark-scale=5&compose-padding=3&text-size=9', ''],
    [
      'compose=a.png&compose-padding=5',
      'compose=/a.png&compose-padding-top=5&compose-padding-right=5&compose-padding-bottom=5&compose-padding-left=5',
    ],
    [
      'compose=a.png&compose-padding=5&compose-padding-left=0',
      'compose=a.png&compose-padding-top=5&compose-padding-right=5&compose-padding-bottom=5',
    ],
    [
      'watermark=a.png&watermark-repeat=1',
      'watermark=a.png&watermark-repeat=true&watermark-position=top,left',
    ],
    ['watermark=http%3A%2F%2FA.b%2Fc.png', 'watermark=https%3A%2F%2Fa.b%2Fc.png'],
    ['text=a&text-size=10&text-x=5&dpr=2', 'text=a&text-size=20&text-x=10'],
    ['text=a&dpr=2', 'text=a&text-size=80'],
    ['text=a&text-width=90&text-height=20&text-size=7', 'text=a&text-width=90&text-height=20'],
    ['text=a&text-height=20', 'text=a'],
    ['text=a&text-weight=bold', 'text=a&text-weight=700'],
    ['blur=5&dpr=3', 'blur=15'],
    ['blur=0.1&dpr=3', 'blur=0.3'],
    ['blurhash=5,5', ''],
    ['format=json&quality=3&strip=all&interlace=1', 'format=json'],
    ['format=webp&quantise=1&subsample=444', 'format=webp'],
    ['flip=vertical,horizontal', 'flip=horizontal,vertical'],
  ])('is the same for %s and %s', (one, other) => {
    expect(canonical(one)).toBe(canonical(other));
  });

  it.each([
    ['format=webp', 'format=avif'],
    ['format=webp', 'format=auto'],
    ['width=5', 'height=5'],
    ['quality=79', 'quality=80'],
    ['format=png', 'format=png&background-color=white'],
    ['width=5&height=5&mode=crop', 'width=5&height=5&mode=contain'],
    ['width=5', 'width=5&upscale=true'],
    ['orientation=1', ''],
    ['page=1', ''],
    ['interlace=1', ''],
    ['watermark=a.png', 'watermark=a.png?width=5'],
    ['watermark=a.png&watermark-repeat=1', 'watermark=a.png&watermark-repeat=1&watermark-position=center'],
    ['text=a&text-break=false', 'text=a'],
    ['mode=face&width=5&height=5', 'mode=face&width=5&height=5&face-number=1'],
  ])('tells %s from %s', (one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });

  it('tells clients apart where the format is auto, and only there', () => {
    const png: ClientFacts = { accept: undefined, saveData: false };
    expect(canonical('format=auto', png)).toBe('format=auto');
    expect(canonical('format=auto')).toBe('format=auto&accepts=avif,webp');
    expect(canonical('format=auto', { ...anyClient, saveData: true })).toBe(
      canonical('format=auto&quality=65'),
    );
    expect(canonical('format=webp', { ...png, saveData: true })).toBe(canonical('format=webp'));
  });

  it('is short where nothing is asked for, and can be read', () => {
    expect(canonical('')).toBe('');
    expect(canonical('aspectRatio=2%3A1&height=150&mode=crop&dpr=2&crop=left')).toBe(
      'width=600&height=300&mode=crop&crop=left,middle',
    );
  });

  const table: Readonly<Record<string, Parameter<unknown>>> = parameters;

  const valueFor = (name: string): fc.Arbitrary<string> => {
    const definition = table[name];
    if (definition === undefined) return fc.string();
    const { control, example } = definition;
    const good: fc.Arbitrary<string>[] = [fc.constant(example)];
    if (control.kind === 'number')
      good.push(
        fc.integer({ min: control.min, max: Math.min(control.max, 9000) }).map(String),
        fc.constantFrom('0.1', '1.1', '2.3', '3.0001'),
      );
    if (control.kind === 'choice') good.push(fc.constantFrom(...control.choices));
    if (control.kind === 'switch') good.push(fc.constantFrom('true', 'False', '1', '0'));
    if (control.kind === 'color') good.push(fc.constantFrom('red', 'f008', '0000', 'white', '1,2,3,4'));
    if (name === 'aspect-ratio') {
      good.push(fc.tuple(fc.nat(99_999), fc.nat(9999), fc.nat(999_999)).map(([a, b, c]) => `${a}.${b}:${c}`));
    }
    return fc.oneof(
      { weight: 20, arbitrary: fc.oneof(...good) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
    );
  };

  const query = fc
    .array(
      fc
        .constantFrom(...parameterNames, 'other', 'aspectRatio')
        .chain((name) => fc.tuple(fc.constant(name), valueFor(name))),
      { maxLength: 14 },
    )
    .map((pairs) => pairs.map(([key, text]) => `${key}=${encodeURIComponent(text)}`).join('&'));

  it('is itself a query for the same plan, for any query that is taken; the others end in BadValue', () => {
    const settings = { presets: { thumbnail: 'width=40&height=40&mode=crop&watermark=logo.png' } };
    let taken = 0;
    fc.assert(
      fc.property(query, fc.boolean(), (text, saveData) => {
        const client = { ...anyClient, saveData };
        const plan = attempt(() => parsePlan(text, settings, client));
        if (plan instanceof BadValue) return;
        taken += 1;
        const printed = canonicalPlan(plan);
        const again = parsePlan(printed, {}, anyClient);
        expect(canonicalPlan(again)).toBe(printed);
        expect(again).toEqual({ ...plan, expires: null, download: null, tags: [], sourceOverlays: [] });
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(1000);
  });

  it('ends in BadValue at worst, whatever bytes come', () => {
    const names = fc.constantFrom(...parameterNames);
    const noise = fc.string({ unit: fc.constantFrom(...'%&=+,:/?#0123456789abfFXé\u0000ÿ€ -._~') });
    fc.assert(
      fc.property(fc.array(fc.tuple(names, noise)), noise, (pairs, tail) => {
        const text = `${pairs.map((pair) => pair.join('=')).join('&')}&${tail}`;
        expect(attempt(() => parsePlan(text))).toBeDefined();
      }),
      { numRuns: 3000 },
    );
  });
});
