import { parameters, type Parameter, type ParameterName } from '@windlass/images/parameters';
import fc from 'fast-check';

// A generator over the whole table never looks at what a value is once it is parsed.
const table = parameters as unknown as Readonly<Record<ParameterName, Parameter<unknown>>>;

/** What belongs to no parameter, or to another one. Percent-encoded where it has to travel. */
export const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.string({ unit: fc.constantFrom(...'%&=+,:/?;0123456789abfFX._~-'), maxLength: 30 }),
  fc.double().map(String),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.constantFrom(
    '',
    '%',
    '%2',
    '%zz',
    '%ff%fe',
    '%ed%a0%80',
    '%c0%ae',
    '%00',
    '+',
    '%20',
    '-0',
    '1e3',
    '0x10',
    '%D9%A3',
    'NaN',
    'Infinity',
    'null',
    'undefined',
    'true,false',
    'constructor',
    '__proto__',
    '0:0',
    '1:99999999',
    ',',
    ',,,,',
    '300,0,0',
    '0,0,0,0',
    '999999,999999,999999,999999',
    '..%2F..%2Fetc%2Fpasswd',
    'file%3A%2F%2F%2Fetc%2Fpasswd',
    'data%3Aimage%2Fpng%3Bbase64%2CAA',
    'http%3A%2F%2F169.254.169.254%2Flatest',
    'https%3A%2F%2Fuser%40localhost%2Fa.png',
    '%3Cspan%20foreground%3D%22red%22%3E%3C%2Fi%3E',
    '%26%23x1F600%3B%26lt%3B%26',
    '%E2%80%AE%F0%9F%92%A5',
    'x%0D%0Aset-cookie%3A%20y',
    'a'.repeat(3000),
    '%E3%81%93'.repeat(400),
  ),
);

const numbersOf = (min: number, max: number, step: number): fc.Arbitrary<string>[] => [
  fc.constantFrom(min, max, min - step, max + step, min - 1, max + 1, 0, -1).map(String),
  fc.integer({ min: Math.ceil(min), max: Math.floor(max) }).map(String),
  // Most numbers of a wide range cost much and tell little: the work is in small ones too.
  fc.integer({ min: Math.ceil(min), max: Math.floor(Math.min(max, min + 20)) }).map(String),
  fc.constantFrom('007', '1.5', '0.0001', '1.00001', '-0.5'),
];

/** Forms of the values with a grammar of their own. */
const small = fc.nat(400);
const grammars: { [Name in ParameterName]?: fc.Arbitrary<string> } = {
  width: fc.integer({ min: 1, max: 330 }).map(String),
  height: fc.integer({ min: 1, max: 330 }).map(String),
  'aspect-ratio': fc.tuple(fc.nat(30), fc.nat(99), fc.nat(30)).map(([a, b, c]) => `${a}.${b}:${c}`),
  region: fc.tuple(small, small, small, small).map((parts) => parts.join(',')),
  blurhash: fc.tuple(fc.nat(10), fc.nat(10)).map((parts) => parts.join(',')),
  text: fc
    .array(
      fc.constantFrom(
        'Good ',
        '<b>',
        '</b>',
        '<i>',
        '<span size="99pt">',
        '</span>',
        '&amp;',
        '&',
        '<',
        '\n',
        '早上好',
        'שלום',
        '👩‍👩‍👧',
        'a\u0301',
        'W'.repeat(80),
      ),
      { maxLength: 8 },
    )
    .map((parts) => encodeURIComponent(parts.join(''))),
  preset: fc
    .array(fc.constantFrom('thumbnail', 'marked', 'broken', 'nobody'), { maxLength: 3 })
    .map((names) => names.join(',')),
  tag: fc
    .array(fc.constantFrom('spring', 'a.b_c-1', 'Spring', 'x'.repeat(64), 'x'.repeat(65)), { maxLength: 9 })
    .map((names) => names.join(',')),
  expires: fc.constantFrom('0', '1', '4102444800', '99999999999', '100000000000'),
  download: fc.constantFrom(
    '',
    'holiday.jpg',
    'h%C3%B6he%22%3B.jpg',
    '..%2F..%2Fx',
    'a%0D%0Ab',
    '%F0%9F%8F%94',
  ),
};

const colors = fc.oneof(
  fc.constantFrom('red', 'RebeccaPurple', 'F00', 'f008', '0a141e80', '256,0,0', '%23fff', 'transparent'),
  fc.array(fc.nat(255), { minLength: 2, maxLength: 5 }).map((channels) => channels.join(',')),
);

/** What the table says that a parameter takes, its ends, and what lies just beyond them. */
const fitting = (name: ParameterName): fc.Arbitrary<string> => {
  const { control, example } = table[name];
  const grammar = grammars[name];
  const texts: fc.Arbitrary<string>[] = [fc.constant(encodeURIComponent(example))];
  if (grammar !== undefined) texts.push(grammar, grammar, grammar);
  switch (control.kind) {
    case 'number':
      texts.push(fc.oneof(...numbersOf(control.min, control.max, control.step)));
      break;
    case 'choice': {
      const choice = fc.constantFrom(...control.choices);
      texts.push(
        choice,
        choice,
        choice.map((text) => text.toUpperCase()),
      );
      break;
    }
    case 'switch':
      texts.push(fc.constantFrom('true', 'False', '1', '0'));
      break;
    case 'color':
      texts.push(colors);
      break;
    case 'text':
    case 'picture':
      break;
  }
  return fc.oneof(...texts);
};

/** Raw text after the equals sign: mostly what could be one, now and then what is none. */
export const valueFor = (name: ParameterName, pictures: fc.Arbitrary<string>): fc.Arbitrary<string> => {
  const good = table[name].control.kind === 'picture' ? pictures : fitting(name);
  return fc.oneof({ weight: 30, arbitrary: good }, { weight: 1, arbitrary: junk });
};
