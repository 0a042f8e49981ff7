import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadValue } from '../bad-value.ts';
import { parsePlan } from '../plan/plan.ts';
import { namedColors } from './named-colors.ts';
import type { Parameter } from './parameter.ts';
import { keepsEmpty, parameterNames, parameters, type ParameterName } from './parameters.ts';

const limits = { maxSide: 8192 };

// A test over the whole table sees its values as unknown: they only go from parse to print.
const table = parameters as unknown as Readonly<Record<ParameterName, Parameter<unknown>>>;
const parse = (name: ParameterName, text: string): unknown => table[name].parse(name, text, limits);

/** What was refused comes back; anything else that is thrown fails the test. */
const attempt = (make: () => unknown): unknown => {
  try {
    return make();
  } catch (error) {
    if (error instanceof BadValue) return error;
    throw error;
  }
};

const middle = { horizontal: 'center', vertical: 'middle' };
const red = { red: 255, green: 0, blue: 0, alpha: 255 };

/** What each parameter reads, and at least three values that it does not take, as they stand in a URL. */
const cases: Record<ParameterName, { reads: [string, unknown][]; refuses: string[] }> = {
  width: {
    reads: [
      ['1', 1],
      ['8192', 8192],
      ['0600', 600],
    ],
    refuses: ['0', '8193', '1.5', '1e3', '-1', '%2B1', 'abc', '0x10', '6%200', '٣'],
  },
  height: { reads: [['600', 600]], refuses: ['0', '99999999999999999999', '10px', '8193'] },
  dpr: { reads: [['8', 8]], refuses: ['0', '9', '1.5', 'two'] },
  mode: { reads: [['CROP', 'crop']], refuses: ['cover', 'crop,face', 'constructor'] },
  'aspect-ratio': {
    reads: [
      ['16:9', { width: 16, height: 9 }],
      ['1.85:1', { width: 37, height: 20 }],
    ],
    refuses: ['16', '0:1', '16/9', '1:0.00001', '1:99999999', '-1:1', ':', '16:9:1'],
  },
  upscale: {
    reads: [
      ['true', true],
      ['True', true],
      ['1', true],
      ['FALSE', false],
      ['0', false],
    ],
    refuses: ['yes', '2', 'on', 'null'],
  },
  orientation: { reads: [['6', 6]], refuses: ['0', '9', 'left'] },
  flip: {
    reads: [
      ['horizontal', 'horizontal'],
      ['vertical,Horizontal', 'horizontal,vertical'],
    ],
    refuses: ['both', 'horizontal,horizontal', 'x', ',', 'horizontal,'],
  },
  region: {
    reads: [['0,50,200,100', { x: 0, y: 50, width: 200, height: 100 }]],
    refuses: ['0,0,0,5', '1,2,3', '-1,0,5,5', '1,2,3,4,5', '0,%200,5,5', '0.5,0,5,5', '0,0,9999999,5'],
  },
  trim: { reads: [['Color', 'color']], refuses: ['true', 'white', 'auto,color'] },
  'trim-color': { reads: [['F00', red]], refuses: ['%23F00', 'transparent', '1,2'] },
  'trim-level': { reads: [['0', 0]], refuses: ['101', '-1', 'high'] },
  crop: {
    reads: [
      ['left,top', { horizontal: 'left', vertical: 'top' }],
      ['Top,LEFT', { horizontal: 'left', vertical: 'top' }],
      ['bottom', { horizontal: 'center', vertical: 'bottom' }],
      ['center', middle],
      ['middle,center', middle],
      ['Attention', 'attention'],
      ['face', 'face'],
    ],
    refuses: [
      'left,right',
      'top,bottom',
      'center,left',
      'north',
      'left,top,left',
      'left,',
      'face,left',
      'left%20top',
    ],
  },
  'face-number': { reads: [['2', 2]], refuses: ['0', '101', 'all'] },
  'face-padding': { reads: [['1.5', 1.5]], refuses: ['0.9', '20.1', '1,5', '1.23456'] },
  hue: {
    reads: [
      ['-90', 270],
      ['360', 0],
      ['0.5', 0.5],
    ],
    refuses: ['361', 'red', '1e2'],
  },
  saturate: { reads: [['150', 150]], refuses: ['-1', '501', '50%25'] },
  invert: { reads: [['True', true]], refuses: ['100', 'no', '-1'] },
  sepia: { reads: [['62.5', 62.5]], refuses: ['101', '-0.5', 'true'] },
  blur: { reads: [['100', 100]], refuses: ['251', '-1', 'true'] },
  'background-color': {
    reads: [
      ['255,0,0', red],
      ['255%2C0%2C0%2C128', { ...red, alpha: 128 }],
      ['f008', { ...red, alpha: 136 }],
      ['0a141e', { red: 10, green: 20, blue: 30, alpha: 255 }],
      ['0a141e80', { red: 10, green: 20, blue: 30, alpha: 128 }],
      ['RebeccaPurple', { red: 102, green: 51, blue: 153, alpha: 255 }],
      ['darkgrey', { red: 169, green: 169, blue: 169, alpha: 255 }],
    ],
    refuses: ['notacolour', '256,0,0', '%23fff', '1,2', 'constructor', '1,2,3,4,5', 'f00f0', '-1,0,0'],
  },
  contain: { reads: [['mirror', 'mirror']], refuses: ['white', 'true', 'colour'] },
  'contain-color': {
    reads: [['0,0,0,0', { red: 0, green: 0, blue: 0, alpha: 0 }]],
    refuses: ['none', '0,0', '300,0,0'],
  },
  shape: {
    reads: [['masks/a.svg', { host: null, target: '/masks/a.svg', text: 'masks/a.svg' }]],
    refuses: ['data%3Aimage%2Fpng%3Bbase64%2CAA', 'file%3A%2F%2F%2Fetc%2Fpasswd', 'ftp%3A%2F%2Fa%2Fb', '%2F'],
  },
  compose: {
    reads: [['/a%20b.png', { host: null, target: '/a%20b.png', text: 'a%20b.png' }]],
    refuses: ['javascript%3Aalert(1)', '%3Fwidth%3D1', 'http%3A%2F%2F'],
  },
  'compose-scale': { reads: [['100', 100]], refuses: ['101', '-1', '50.5'] },
  'compose-padding': { reads: [['500', 500]], refuses: ['4001', '-1', '1.5'] },
  'compose-padding-top': { reads: [['5', 5]], refuses: ['4001', '-1', '10px'] },
  'compose-padding-right': { reads: [['5', 5]], refuses: ['4001', '-1', '10px'] },
  'compose-padding-bottom': { reads: [['5', 5]], refuses: ['4001', '-1', '10px'] },
  'compose-padding-left': { reads: [['5', 5]], refuses: ['4001', '-1', '10px'] },
  watermark: {
    reads: [
      [
        'https%3A%2F%2FLogos.Example.com%3A8080%2Fa%2520b.svg%3Fwidth%3D100%26signature%3Dx',
        {
          host: 'logos.example.com:8080',
          target: '/a%20b.svg?width=100&signature=x',
          text: 'https://logos.example.com:8080/a%20b.svg?width=100&signature=x',
        },
      ],
      [
        'h%C3%B6he%20100%25.svg',
        { host: null, target: '/h%C3%B6he%20100%25.svg', text: 'h%C3%B6he%20100%25.svg' },
      ],
    ],
    refuses: [
      'https%3A%2F%2Fa%40b%2Fc.png',
      'https%3A%2F%2Fa.b',
      'https%3A%2F%2F%5B%3A%3A1%5D%2Fa.png',
      'gopher%3A%2F%2Fa%2Fb',
    ],
  },
  'watermark-position': {
    reads: [['top,right', { horizontal: 'right', vertical: 'top' }]],
    refuses: ['face', 'left,center', '10,10'],
  },
  'watermark-repeat': { reads: [['1', true]], refuses: ['2', 'x', 'true,false'] },
  'watermark-scale': { reads: [['14', 14]], refuses: ['101', '-1', 'half'] },
  'watermark-alpha': { reads: [['50', 50]], refuses: ['101', '-1', '0.5'] },
  'watermark-rotate': { reads: [['-40', 320]], refuses: ['361', '-361', '1turn'] },
  text: {
    reads: [
      ['a%0Ab%0D%0Ac', 'a\nb\nc'],
      ['%E3%81%93+%3Cb%3E%26', 'こ <b>&'],
    ],
    refuses: ['a%07b', '%1B', 'x'.repeat(1001)],
  },
  'text-width': { reads: [['0', 0]], refuses: ['8193', '-1', 'auto'] },
  'text-height': { reads: [['20', 20]], refuses: ['8193', '-1', 'auto'] },
  'text-size': { reads: [['12.5', 12.5]], refuses: ['0', '2001', '12pt'] },
  'text-break': { reads: [['False', false]], refuses: ['word', '-1', 'none'] },
  'text-padding': { reads: [['60', 60]], refuses: ['-1', '4001', '1,2'] },
  'text-color': { reads: [['red', red]], refuses: ['%23000', 'bright', '0,0,256'] },
  'text-weight': {
    reads: [
      ['Bold', 700],
      ['250', 250],
    ],
    refuses: ['heavy', '99', '1001', 'constructor'],
  },
  'text-x': { reads: [['-10', -10]], refuses: ['left', '8193', '1.5'] },
  'text-y': { reads: [['10', 10]], refuses: ['top', '-8193', '1.5'] },
  format: {
    reads: [
      ['WebP', 'webp'],
      ['jpg', 'jpeg'],
      ['auto', 'auto'],
    ],
    refuses: ['svg', 'jpeg,png', 'image%2Fpng'],
  },
  quality: { reads: [['0', 0]], refuses: ['101', '-1', '80%25', 'auto'] },
  subsample: { reads: [['444', '444']], refuses: ['422', '4:2:0', 'true'] },
  interlace: { reads: [['0', false]], refuses: ['progressive', '2', '-1'] },
  quantise: { reads: [['TRUE', true]], refuses: ['256', 'y', '0.0'] },
  lossless: { reads: [['1', true]], refuses: ['100', 'near', 'off'] },
  page: { reads: [['3', 3]], refuses: ['0', '10001', 'first'] },
  blurhash: { reads: [['9,1', { x: 9, y: 1 }]], refuses: ['0,3', '10,3', '4x3', '4'] },
  strip: { reads: [['ALL', 'all']], refuses: ['none', 'exif', 'true'] },
  'color-transform': { reads: [['tinysrgb', 'tinysrgb']], refuses: ['p3', 'cmyk', 'true'] },
  preset: { reads: [['a,b_2,a', ['a', 'b_2']]], refuses: ['A', 'a,,b', 'a.b', '../a', 'a,b,c,d,e,f,g,h,i'] },
  download: {
    reads: [
      ['', ''],
      ['..%2Fa%0Ab%5Cc.jpg', '..-a-b-c.jpg'],
    ],
    refuses: ['%FF', '%00', '%zz'],
  },
  expires: { reads: [['1464096368', 1_464_096_368]], refuses: ['tomorrow', '1.5', '-1', '2026-01-01'] },
  tag: { reads: [['b,a.1', ['b', 'a.1']]], refuses: ['A', 'a b', 'x'.repeat(65), 'a,b,c,d,e,f,g,h,i'] },
};

const rows = parameterNames.map((name) => ({ name, ...cases[name] }));
const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

describe('parameters', () => {
  it.each(rows.flatMap(({ name, reads }) => reads.map(([text, value]) => ({ name, text, value }))))(
    '$name reads $text',
    ({ name, text, value }) => {
      expect(parse(name, decode(text))).toEqual(value);
    },
  );

  it.each(rows.flatMap(({ name, refuses }) => refuses.map((text) => ({ name, text }))))(
    '$name refuses $text, and says so by its name',
    ({ name, text }) => {
      const refused = attempt(() => parsePlan(`${name}=${encodeURI(text).replaceAll('%25', '%')}`));
      expect(refused).toBeInstanceOf(BadValue);
      expect(refused).toMatchObject({ parameter: name });
      // A download takes any text, and can only be refused for its bytes.
      expect(String(refused)).toMatch(new RegExp(`^BadValue: ${name} (takes |is not UTF-8|holds a )`));
    },
  );

  it.each(rows)('$name has three values that it refuses', ({ refuses }) => {
    expect(refuses.length).toBeGreaterThanOrEqual(3);
  });

  it.each(parameterNames.map((name) => ({ name })))('$name takes its own example and choices', ({ name }) => {
    const { example, control } = table[name];
    const texts = [
      example,
      ...(control.kind === 'choice' ? control.choices : []),
      ...(control.kind === 'text' ? [control.placeholder] : []),
      ...(control.kind === 'number' ? [String(control.min), String(control.max)] : []),
    ];
    for (const text of texts) expect(() => parse(name, text)).not.toThrow();
  });

  it.each(parameterNames.filter((name) => !keepsEmpty(name)).map((name) => ({ name })))(
    '$name is unset where it is empty',
    ({ name }) => {
      expect(parsePlan(`${name}=`)).toEqual(parsePlan(''));
      expect(parsePlan(name)).toEqual(parsePlan(''));
    },
  );

  it.each(parameterNames.map((name) => ({ name })))(
    '$name reads what it prints, and ends in BadValue for the rest',
    ({ name }) => {
      const { control } = table[name];
      const fromControl = ((): fc.Arbitrary<string> => {
        switch (control.kind) {
          case 'number':
            return fc.oneof(
              fc.integer({ min: control.min, max: control.max }).map(String),
              fc
                .tuple(fc.integer({ min: control.min, max: control.max }), fc.nat(9999))
                .map(([whole, decimals]) => `${whole}.${decimals}`),
            );
          case 'choice':
            return fc.constantFrom(...control.choices);
          case 'switch':
            return fc.constantFrom('true', 'False', '1', '0');
          case 'color':
            return fc.oneof(
              fc.constantFrom(...Object.keys(namedColors)),
              fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 3, maxLength: 4 }).map(String),
            );
          case 'picture':
            return fc.oneof(
              fc.webUrl({ withQueryParameters: true }),
              fc.webPath(),
              fc.string({ unit: 'grapheme' }),
            );
          case 'text':
            return fc.oneof(
              fc.constant(control.placeholder),
              fc
                .array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 4 })
                .map((all) => all.join(',')),
              fc.tuple(fc.nat(9999), fc.nat(999), fc.nat(9999)).map(([a, b, c]) => `${a}.${b}:${c}`),
            );
        }
      })();
      fc.assert(
        fc.property(fc.oneof(fromControl, fc.string({ unit: 'grapheme', minLength: 1 })), (text) => {
          const value = attempt(() => parse(name, text));
          if (value instanceof BadValue) return;
          const printed = table[name].print(value);
          expect(parse(name, printed)).toEqual(value);
          expect(table[name].print(parse(name, printed))).toBe(printed);
        }),
      );
    },
  );

  it('knows the 148 colour names of CSS', () => {
    expect(Object.keys(namedColors)).toHaveLength(148);
    expect(namedColors.gray).toBe(namedColors.grey);
  });
});
