import { expect, test } from 'vitest';
import { describeBytes } from './describe-bytes.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [3_442_000, '3.4 MB'],
  [412_300_000, '412 MB'],
  [1_073_741_824, '1.1 GB'],
  [999_999, '1.0 MB'],
  [2e18, '2000 PB'],
])('%i is %s', (bytes, text) => expect(describeBytes(bytes)).toBe(text));
