import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyFromName } from './key-from-name.ts';

const at = { connectionPrefix: 'team/', reserved: ['in/manifest.json'] };
const keyOf = (name: string) => keyFromName('in/', name, at);

describe('a name', () => {
  test.each([
    'IMG_0001.JPG',
    'wedding/01 church/a b.jpg',
    'Grüße & Küsse #1 100%?.jpg',
    '写真/桜.jpg',
    'عروس.jpg',
    'חתונה.jpg',
    '👰‍♀️.heic',
    '.hidden',
    '...',
    'a..b',
    ' a ',
    'manifest.json.jpg',
    'sub/manifest.json',
  ])('%j is a key as it stands', (name) => {
    expect(keyOf(name)).toEqual({ key: `in/${name}` });
  });

  test('is one key however its accents were typed', () => {
    expect(keyOf('Gru\u0308\u00dfe.jpg')).toEqual({ key: 'in/Grüße.jpg' });
  });

  test.each([
    ['../a.jpg', 'segment'],
    ['a/../../b.jpg', 'segment'],
    ['..', 'segment'],
    ['./a.jpg', 'segment'],
    ['a/.', 'segment'],
    ['/etc/passwd', 'begins with a slash'],
    ['a//b.jpg', 'empty segment'],
    ['a/ /b.jpg', 'empty segment'],
    ['a/', 'empty segment'],
    ['', 'empty segment'],
    ['..\\a.jpg', 'backslash'],
    ['C:\\Users\\a.jpg', 'backslash'],
    ['a\0.jpg', 'control'],
    ['a\r\nb.jpg', 'control'],
    ['a\u007f.jpg', 'control'],
    ['a\u0085.jpg', 'control'],
    ['exe\u202Egpj.jpg', 'direction'],
    ['a\u2066b.jpg', 'direction'],
    ['a\u200Fb.jpg', 'direction'],
    ['a\uFEFFb.jpg', 'invisible'],
    ['a\u2028b.jpg', 'invisible'],
    ['a\uD800b.jpg', 'Unicode'],
    ['z\u200B.jpg', 'invisible'],
    ['t\u{E0041}ag.jpg', 'invisible'],
    ['manifest.json', 'list of the order'],
    ['Manifest.JSON', 'list of the order'],
    ['manifest.json/a.jpg', 'list of the order'],
    ['a'.repeat(1017), '1025 bytes'],
    ['é'.repeat(509), '1026 bytes'],
  ])('%j is refused with its reason', (name, reason) => {
    expect(keyOf(name)).toEqual({ reason: expect.stringContaining(reason) });
  });

  test('may fill the key to its last byte', () => {
    expect(keyOf('a'.repeat(1016))).toEqual({ key: `in/${'a'.repeat(1016)}` });
  });

  test('never leads out of the prefix, whatever it is, and makes the same key again', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '/', '\\', '\0', '\u202e', '%2e%2e', '%2f', 'a', 'e\u0301', ' ', '\ud800'),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const made = keyOf(pieces.join(''));
        if ('reason' in made) return;
        const { key } = made;
        expect(
          new URL(key.split('/').map(encodeURIComponent).join('/'), 'https://s3.example/').pathname,
        ).toMatch(/^\/in\/./);
        expect(Buffer.byteLength(at.connectionPrefix + key)).toBeLessThanOrEqual(1024);
        expect(keyOf(key.slice('in/'.length))).toEqual({ key });
      }),
      { numRuns: 500 },
    );
  });
});
