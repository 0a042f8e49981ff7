import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { findDeception, replaceDeceptions } from './deceptive-characters.ts';

it.each([
  ['a\0.jpg', 'control'],
  ['a\u0085.jpg', 'control'],
  ['exe\u202egpj', 'direction'],
  ['a\u061cb', 'direction'],
  ['z\u200b.jpg', 'invisible'],
  ['a\u2060b', 'invisible'],
  ['a\u00adb', 'invisible'],
  ['a\ufeffb', 'invisible'],
  ['a\u2028b', 'invisible'],
  ['a\u3164b', 'invisible'],
  ['t\u{e0041}ag.jpg', 'invisible'],
  ['\u{1f3f4}\u{e0067}.jpg', 'invisible'],
] as const)('sees that %j deceives: %s', (name, deception) => {
  expect(findDeception(name)).toBe(deception);
  expect(findDeception(replaceDeceptions(name, '_'))).toBeNull();
});

it.each([
  'Grüße & Küsse.jpg',
  '写真\u{e0100}.jpg',
  'عروس.jpg',
  'می\u200cخواهم.jpg',
  'क्\u200dष.jpg',
  '👰\u200d♀\ufe0f.heic',
  '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}.jpg',
  'Bildschirmfoto um 3.00\u202fPM.png',
])('takes %j as it is written', (name) => {
  expect(findDeception(name)).toBeNull();
  expect(replaceDeceptions(name, '_')).toBe(name);
});

test('what was replaced deceives nobody, and what deceives nobody is not replaced', () => {
  const character = fc.oneof(
    fc.constantFrom('\u{1f3f4}', '\u{e0067}', '\u{e007f}', '\u200b', '\u202e', '\0'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 12 }), (characters) => {
      const name = characters.join('');
      const made = replaceDeceptions(name, '_');
      expect(findDeception(made)).toBeNull();
      expect(made === name).toBe(findDeception(name) === null);
    }),
  );
});
