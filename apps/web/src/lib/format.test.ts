import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatRelative, formatSeconds, middleTruncate, plural } from './format.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1536, '1.54 KB'],
    [999_600, '1 MB'],
    [48_230, '48.2 KB'],
    [5_000_000_000, '5 GB'],
  ])('%i is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('formatRelative', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  it.each([
    ['2026-11-23T11:59:50Z', 'just now'],
    ['2026-11-23T09:00:00Z', '3 hours ago'],
    ['2026-11-25T12:00:00Z', 'in 2 days'],
    ['2026-12-07T11:50:00Z', 'in 13 days'],
    ['2025-10-01T12:00:00Z', '1 year ago'],
  ])('%s is %s', (then, text) => expect(formatRelative(then, now)).toBe(text));
});

describe('middleTruncate', () => {
  it('keeps start and end', () => expect(middleTruncate('https://s3.example.com', 11)).toBe('https…e.com'));
  it('never grows past its limit and never cuts what fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 80 }), (text, longest) => {
        const short = middleTruncate(text, longest);
        const points = Array.from(text).length;
        expect(Array.from(short).length).toBeLessThanOrEqual(Math.max(longest, 0));
        expect(short === text).toBe(points <= longest);
      }),
    );
  });
});

it('counts in words', () => {
  expect(plural(1, 'source')).toBe('1 source');
  expect(plural(0, 'key')).toBe('0 keys');
});

describe('formatSeconds', () => {
  it.each([
    [0, '0 seconds'],
    [90, '90 seconds'],
    [60, '1 minute'],
    [7200, '2 hours'],
    [86_400, '1 day'],
    [604_800, '1 week'],
    [31_536_000, '1 year'],
  ])('tells %i as %s', (seconds, words) => expect(formatSeconds(seconds)).toBe(words));
});
