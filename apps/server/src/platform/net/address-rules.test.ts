import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './address-rules.ts';

const refused = [
  '0.0.0.0', '0.1.2.3', '127.0.0.1', '127.255.255.254', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1',
  '169.254.169.254', '100.64.0.1', '100.100.100.200', '224.0.0.1', '239.255.255.255', '255.255.255.255', '240.0.0.1',
  '192.0.0.192', '198.18.0.1', '192.0.2.1', '168.63.129.16',
  '::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'fec0::1', 'ff02::1', '::ffff:127.0.0.1',
  '::ffff:a00:1', '::127.0.0.1', '::7f00:1', '::ffff:0:127.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::8.8.8.8', '2002:7f00:1::', '2002:a9fe:a9fe::1', '2002:0a00:0001::', '2001::1', '2001:db8::1', '100::1',
  '5f00::1', '4000::1', 'not-an-address', '', '999.1.1.1',
]; // prettier-ignore
const allowed = [
  '8.8.8.8',
  '52.218.0.1',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '2600:1f18::1',
  '2a00:1450:4001:80b::200e',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
  '2002:808:808::1',
];

describe('refusalOf', () => {
  it.each(refused)('refuses %s', (address) => expect(refusalOf(address)).toBeTypeOf('string'));
  it.each(allowed)('lets %s be', (address) => expect(refusalOf(address)).toBeNull());

  it('judges IPv4 the same in each of its IPv6 disguises', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const hex = address
          .split('.')
          .map((part) => Number(part).toString(16).padStart(2, '0'))
          .join('');
        const plain = refusalOf(address);
        expect(refusalOf(`::ffff:${address}`)).toBe(plain);
        expect(refusalOf(`64:ff9b::${address}`)).toBe(plain);
        expect(refusalOf(`2002:${hex.slice(0, 4)}:${hex.slice(4)}::`)).toBe(plain);
      }),
    );
  });

  it('never lets a private, loopback or link-local address be, however it is spelt in a URL', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const inner = fc.oneof(
      fc.tuple(fc.constant(127), octet, octet, octet),
      fc.tuple(fc.constant(10), octet, octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
    );
    fc.assert(
      fc.property(inner, ([a, b, c, d]) => {
        const number = ((a * 256 + b) * 256 + c) * 256 + d;
        const spellings = [
          `${number}`,
          `0x${number.toString(16)}`,
          `0${number.toString(8)}`,
          `${a}.${b}.${c * 256 + d}`,
          `0${a.toString(8)}.0x${b.toString(16)}.${c}.${d}`,
        ];
        for (const spelling of spellings) {
          expect(refusalOf(new URL(`http://${spelling}/`).hostname)).toBeTypeOf('string');
        }
      }),
    );
  });

  it('answers for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect([null, 'string']).toContain(refusalOf(text) === null ? null : typeof refusalOf(text));
      }),
    );
  });
});
