import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllowList } from './allow-list.ts';

const target = (host: string, address: string, port = 9000) => ({ host, address, port });

describe('parseAllowList', () => {
  it.each([
    ['minio.lan', target('minio.lan', '10.0.0.5'), true],
    ['MinIO.lan.', target('minio.lan', '10.0.0.5'), true],
    ['minio.lan:9000', target('minio.lan', '10.0.0.5'), true],
    ['minio.lan:9001', target('minio.lan', '10.0.0.5'), false],
    ['lan', target('minio.lan', '10.0.0.5'), false],
    ['10.0.0.5', target('minio.lan', '10.0.0.5'), true],
    ['10.0.0.5', target('minio.lan', '::ffff:10.0.0.5'), true],
    ['10.0.0.5:9000', target('10.0.0.5', '10.0.0.5'), true],
    ['10.0.0.5:9000', target('10.0.0.5', '10.0.0.5', 22), false],
    ['10.0.0.0/8', target('minio.lan', '10.200.3.4'), true],
    ['10.0.0.0/8', target('minio.lan', '11.0.0.1'), false],
    ['10.0.0.0/8', target('minio.lan', '::ffff:10.1.2.3'), true],
    ['fd00::/8', target('minio.lan', 'fd12::1'), true],
    ['fd00::5', target('fd00::5', 'fd00:0::5'), true],
    ['[fd00::5]:9000', target('fd00::5', 'fd00::5'), true],
    ['[fd00::5]:9000', target('fd00::5', 'fd00::5', 80), false],
    ['', target('minio.lan', '10.0.0.5'), false],
  ])('%s covers %j: %s', (entry, asked, expected) => {
    expect(parseAllowList([entry]).allows(asked)).toBe(expected);
  });

  it.each([
    'http://minio.lan',
    'minio.lan/',
    'a b',
    '*',
    'minio.lan:0',
    'minio.lan:99999',
    '10.0.0.0/99',
    'u@h',
  ])('says that it cannot read %s', (entry) =>
    expect(() => parseAllowList([entry])).toThrow('WINDLASS_ALLOW_ENDPOINTS'),
  );

  it('reads any text or names it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let complaint = 'WINDLASS_ALLOW_ENDPOINTS';
        try {
          parseAllowList([text]);
        } catch (error) {
          complaint = String(error);
        }
        expect(complaint).toContain('WINDLASS_ALLOW_ENDPOINTS');
      }),
    );
  });
});
