import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromLocalTime, toLocalTime } from './local-time.ts';

it('gives back every minute', () => {
  // Local texts are compared: in the hour that winter time repeats, one of them stands for two moments.
  const minute = fc.integer({ min: 0, max: 66_000_000 });
  fc.assert(
    fc.property(minute, (minutes) => {
      const seconds = String(minutes * 60);
      expect(toLocalTime(fromLocalTime(toLocalTime(seconds)) ?? '')).toBe(toLocalTime(seconds));
    }),
  );
});

it('holds nothing for what is no time', () => {
  expect([toLocalTime(''), toLocalTime('soon'), fromLocalTime('')]).toEqual(['', '', undefined]);
});
