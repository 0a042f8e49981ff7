import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatOriginalName, parseOriginalName, type OriginalName } from './original-name.ts';

const hex = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`));
const name: fc.Arbitrary<OriginalName> = fc.record({
  place: hex(32),
  version: hex(16),
  kind: fc.constantFrom('o', 'm'),
  bytes: fc.integer({ min: 1, max: 1e14 }),
  crc: fc.nat(0xff_ff_ff_ff),
  run: hex(16),
  serial: fc.nat(),
});

test('a name says what it was made of, and is short enough for a file', () => {
  fc.assert(
    fc.property(name, (one) => {
      const text = formatOriginalName(one);
      expect(parseOriginalName(text)).toEqual(one);
      expect(text.length).toBeLessThan(200);
    }),
  );
});

test('any other text is no name, and one that is read is written the same', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), name.map(formatOriginalName)), (text) => {
      const read = parseOriginalName(text);
      expect(read === null ? text : formatOriginalName(read)).toBe(text);
    }),
  );
  const whole = formatOriginalName({
    place: '0'.repeat(32),
    version: '1'.repeat(16),
    kind: 'o',
    bytes: 5,
    crc: 6,
    run: '2'.repeat(16),
    serial: 7,
  });
  for (let length = 0; length < whole.length; length += 1) {
    expect([length, parseOriginalName(whole.slice(0, length))]).toEqual([length, null]);
  }
  expect(parseOriginalName(whole.replace('-5-', '-0-'))).toBeNull();
});
