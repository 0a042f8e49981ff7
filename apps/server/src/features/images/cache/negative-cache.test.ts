import { expect, test } from 'vitest';
import { createMovingClock } from '../../../../../../tests/support/moving-clock.ts';
import { createNegativeCache } from './negative-cache.ts';

test('each failure is remembered for as long as was said, and no longer', () => {
  const clock = createMovingClock();
  const failures = createNegativeCache<Error>({ maxEntries: 10, clock });
  failures.set('a', new Error('short'), 2000);
  failures.set('b', new Error('long'), 10_000);
  clock.forward({ seconds: 1.999 });
  expect(failures.get('a')?.message).toBe('short');
  clock.forward({ seconds: 0.002 });
  expect(failures.get('a')).toBeUndefined();
  expect(failures.get('b')?.message).toBe('long');
  clock.forward({ seconds: 8 });
  expect(failures.get('b')).toBeUndefined();
});

test('it holds so many, and drops the oldest', () => {
  const failures = createNegativeCache<Error>({ maxEntries: 3, clock: createMovingClock() });
  for (const key of 'abcd') failures.set(key, new Error(key), 1000);
  expect(failures.size).toBe(3);
  expect(failures.get('a')).toBeUndefined();
  expect(failures.get('d')?.message).toBe('d');
  failures.delete('d');
  expect(failures.get('d')).toBeUndefined();
  failures.clear();
  expect(failures.size).toBe(0);
});
