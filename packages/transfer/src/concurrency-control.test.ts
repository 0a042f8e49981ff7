import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createConcurrencyControl } from './concurrency-control.ts';

/** A line on which `useful` requests at once are of use, each with `rate` bytes a millisecond. */
const transfer = (
  control: ReturnType<typeof createConcurrencyControl>,
  useful: number,
  requests: number,
): number => {
  const bytes = 1_000_000;
  const rate = 10_000;
  let now = 0;
  for (let sent = 0; sent < requests; sent += 1) {
    now += bytes / (Math.min(control.limit(), useful) * rate);
    control.succeeded(bytes, now);
  }
  return now;
};

test('grows while that makes the whole faster, and settles where it does not', () => {
  const wide = createConcurrencyControl({ min: 2, max: 8 });
  transfer(wide, 100, 4000);
  expect(wide.limit()).toBeGreaterThanOrEqual(7);
  const narrow = createConcurrencyControl({ min: 2, max: 8 });
  transfer(narrow, 6, 4000);
  expect(narrow.limit()).toBeLessThanOrEqual(7);
});

test('failures of one moment halve it once, later ones again', () => {
  const control = createConcurrencyControl({ min: 1, max: 8 });
  control.failed(0);
  control.failed(10);
  expect(control.limit()).toBe(3);
  control.failed(5000);
  expect(control.limit()).toBe(1);
});

test('never leaves its bounds, whatever happens when', () => {
  const event = fc.record({ failed: fc.boolean(), after: fc.nat(5000), bytes: fc.nat(50_000_000) });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.nat(20),
      fc.array(event, { maxLength: 300 }),
      (min, more, events) => {
        const control = createConcurrencyControl({ min, max: min + more });
        let now = 0;
        for (const { failed, after, bytes } of events) {
          now += after;
          if (failed) control.failed(now);
          else control.succeeded(bytes, now);
          expect(control.limit()).toBeGreaterThanOrEqual(min);
          expect(control.limit()).toBeLessThanOrEqual(min + more);
        }
      },
    ),
  );
});
