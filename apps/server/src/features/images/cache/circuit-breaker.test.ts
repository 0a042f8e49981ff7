import { expect, test } from 'vitest';
import { createMovingClock } from '../../../../../../tests/support/moving-clock.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';

const start = () => {
  const clock = createMovingClock();
  const breaker = createCircuitBreaker({ clock, failuresInARow: 3, pauseMilliseconds: 30_000 });
  const fail = (times: number): void => {
    for (let count = 0; count < times; count += 1) breaker.failed();
  };
  return { clock, breaker, fail };
};

test('failures that are not in a row change nothing', () => {
  const { breaker, fail } = start();
  fail(2);
  breaker.succeeded();
  fail(2);
  expect(breaker.allows()).toBe(true);
  expect(breaker.paused).toBe(false);
});

test('after so many in a row it pauses, then lets one try', () => {
  const { clock, breaker, fail } = start();
  fail(3);
  expect(breaker.paused).toBe(true);
  expect(breaker.allows()).toBe(false);
  clock.forward({ seconds: 29 });
  expect(breaker.allows()).toBe(false);
  clock.forward({ seconds: 1 });
  expect(breaker.allows()).toBe(true);
  expect(breaker.allows()).toBe(false);
  breaker.failed();
  clock.forward({ seconds: 29 });
  expect(breaker.allows()).toBe(false);
  clock.forward({ seconds: 1 });
  expect(breaker.allows()).toBe(true);
  breaker.succeeded();
  expect([breaker.allows(), breaker.allows()]).toEqual([true, true]);
});
