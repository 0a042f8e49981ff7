import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planParts, rangeOfPart, s3PartLimits, type PartLimits } from './index.ts';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;
const TiB = 1024 ** 4;

const limits = fc.constantFrom<PartLimits>(
  s3PartLimits,
  { ...s3PartLimits, maxParts: 1000 },
  { ...s3PartLimits, singlePutBytes: 0 },
);

/** Of any size up to the largest object that the provider takes. */
const sized = limits.chain((caps) =>
  fc.record({
    caps: fc.constant(caps),
    size: fc.integer({ min: 0, max: Math.min(48 * TiB, caps.maxPartBytes * caps.maxParts) }),
  }),
);

test('every size up to the cap has a plan whose parts are equal but the last and sum up to the file', () => {
  fc.assert(
    fc.property(sized, ({ caps, size }) => {
      const plan = planParts(size, caps);
      expect(plan?.kind).toBe(size <= caps.singlePutBytes ? 'single' : 'multipart');
      const { partSize, partCount } = plan ?? { partSize: 0, partCount: 0 };
      const last = rangeOfPart({ size, partSize }, partCount);
      expect(last.end).toBe(size);
      expect(last.start).toBe((partCount - 1) * partSize);
      expect(last.end - last.start).toBeGreaterThanOrEqual(Math.min(size, 1));
    }),
    { numRuns: 1000 },
  );
});

test('parts keep the caps of the provider', () => {
  const inParts = sized.filter(({ caps, size }) => size > caps.singlePutBytes);
  fc.assert(
    fc.property(inParts, ({ caps, size }) => {
      const { partSize, partCount } = planParts(size, caps) ?? { partSize: 0, partCount: 0 };
      expect(partCount).toBeLessThanOrEqual(caps.maxParts);
      expect(partSize).toBeGreaterThanOrEqual(caps.minPartBytes);
      expect(partSize).toBeLessThanOrEqual(caps.maxPartBytes);
      expect(partSize % MiB).toBe(0);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  [0, 'single', 0, 1],
  [16 * MiB, 'single', 16 * MiB, 1],
  [16 * MiB + 1, 'multipart', 8 * MiB, 3],
  [GiB, 'multipart', 16 * MiB, 64],
  [500 * GiB, 'multipart', 54 * MiB, 9482],
  [48 * TiB, 'multipart', 5 * GiB, 9831],
] as const)('%i bytes go as %s, in parts of %i, %i of them', (size, kind, partSize, partCount) => {
  expect(planParts(size)).toEqual({ kind, partSize, partCount });
});

test('more than the provider takes has no plan', () => {
  expect(planParts(50_000 * GiB + 1)).toBeNull();
});
