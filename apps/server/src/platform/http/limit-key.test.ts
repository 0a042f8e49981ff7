import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toLimitKey } from './limit-key.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['::1', '::/64'],
  ['', 'unknown'],
  ['not an address', 'unknown'],
])('counts %j as %j', (address, key) => {
  expect(toLimitKey(address)).toBe(key);
});

test('takes any text without failing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => {
      expect(toLimitKey(text).length).toBeLessThan(50);
    }),
  );
});
