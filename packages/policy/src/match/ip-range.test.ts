import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipRangeIncludes, parseIpRange } from './ip-range.ts';

const includes = (range: string, address: string): boolean | null => {
  const [of, at] = [parseIpRange(range), parseIpRange(address)];
  return of === null || at === null ? null : ipRangeIncludes(of, at);
};

describe('address ranges', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.255', true],
    ['203.0.113.0/24', '203.0.114.0', false],
    ['203.0.113.77/24', '203.0.113.1', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['203.0.113.10', '203.0.113.10', true],
    ['203.0.113.8/29', '203.0.113.15', true],
    ['203.0.113.8/29', '203.0.113.16', false],
    ['2001:DB8:1234:5678::/64', '2001:db8:1234:5678::9', true],
    ['2001:db8::/33', '2001:db8:8000::', false],
    ['::/0', '::1', true],
    ['::ffff:192.0.2.0/120', '::ffff:192.0.2.7', true],
    // Two families, two worlds.
    ['0.0.0.0/0', '::1', false],
    ['::/0', '192.0.2.1', false],
  ])('%s includes %s: %s', (range, address, expected) => {
    expect(includes(range, address)).toBe(expected);
  });

  it.each([
    '',
    '300.1.1.1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/-1',
    'a.b.c.d',
    '1.2.3.4/a',
  ])('does not read %j', (text) => {
    expect(parseIpRange(text)).toBeNull();
  });

  it.each([
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    'g::',
    '12345::',
    '::1/129',
  ])('does not read %j as IPv6', (text) => {
    expect(parseIpRange(text)).toBeNull();
  });

  it('holds every IPv4 address in exactly one of the two halves of everything', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(includes('0.0.0.0/1', address)).toBe(includes('128.0.0.0/1', address) === false);
        expect(includes(address, address)).toBe(true);
      }),
    );
  });

  it('reads every IPv6 address, and finds it in itself', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(includes(address, address)).toBe(true);
        expect(includes(`${address}/0`, '::')).toBe(true);
      }),
    );
  });
});
