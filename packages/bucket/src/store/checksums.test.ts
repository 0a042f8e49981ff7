import { randomBytes } from 'node:crypto';
import { combineCrcs } from '@windlass/transfer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksumAlgorithms } from '../store.ts';
import { checksumOf, createBodyHasher } from './body-hasher.ts';

// The check values of the catalogue of CRC algorithms and of FIPS 180.
test.each([
  ['CRC32', 'cbf43926'],
  ['CRC32C', 'e3069283'],
  ['CRC64NVME', 'ae8b14860a799888'],
  ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
] as const)('%s of "123456789"', (algorithm, hex) => {
  expect(checksumOf(algorithm, Buffer.from('123456789')).toString('hex')).toBe(hex);
});

test('a body in pieces has the checksums of the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), (pieces) => {
      const hasher = createBodyHasher(checksumAlgorithms);
      for (const piece of pieces) hasher.update(piece);
      const whole = Buffer.concat(pieces);
      const found = hasher.finish();
      expect(found.size).toBe(whole.length);
      for (const algorithm of checksumAlgorithms) {
        expect(found.checksums[algorithm]).toBe(checksumOf(algorithm, whole).toString('base64'));
      }
    }),
  );
});

test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('%s of a whole from its parts', (algorithm) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 5 }), (sizes) => {
      const parts = sizes.map((size) => randomBytes(size));
      const combined = combineCrcs(
        algorithm,
        parts.map((part) => ({
          checksum: checksumOf(algorithm, part).toString('base64'),
          size: part.length,
        })),
      );
      expect(combined).toBe(checksumOf(algorithm, Buffer.concat(parts)).toString('base64'));
    }),
  );
});
