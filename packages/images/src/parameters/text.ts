import { BadValue } from '../bad-value.ts';
import { toggle } from './choice.ts';
import { color } from './color.ts';
import { decimalNumber, parseWholeNumber, wholeNumber } from './number.ts';
import type { Parameter } from './parameter.ts';

const group = 'text';
const longest = 1000;

const parseText = (name: string, text: string): string => {
  const lines = text.replaceAll(/\r\n?/g, '\n');
  if (lines.length > longest) throw new BadValue(name, `takes at most ${longest} characters`);
  if (/[^\P{Cc}\n\t]/u.test(lines))
    throw new BadValue(name, 'takes text without control characters but line feeds');
  return lines;
};

/** The names of CSS (Fonts Module Level 4, 2.2.1) for weights. */
const weights: Readonly<Record<string, number>> = {
  thin: 100,
  light: 300,
  normal: 400,
  regular: 400,
  medium: 500,
  semibold: 600,
  bold: 700,
  black: 900,
};

const parseWeight = (name: string, text: string): number => {
  const lower = text.toLowerCase();
  if (Object.hasOwn(weights, lower)) return weights[lower] ?? 400;
  if (/^\d{3,4}$/.test(text)) return parseWholeNumber(name, text, { min: 100, max: 1000 });
  throw new BadValue(name, `takes ${Object.keys(weights).join(', ')}, or a number from 100 to 1000`);
};

const offset = (does: string): Parameter<number> =>
  wholeNumber({ min: -8192, max: 8192, unit: 'px' }, { group, unset: '0', does, example: '40' });

const boxSide = (does: string, unset: string, example: string): Parameter<number> =>
  wholeNumber({ min: 0, max: 8192, unit: 'px' }, { group, unset, does, example });

export const textParameters = {
  text: {
    group,
    control: { kind: 'text', placeholder: 'Good <b>morning</b>', lines: 3 },
    parse: parseText,
    print: (text) => text,
    takes: 'text with `<b>` `<i>` `<u>` `<s>` `<sub>` `<sup>` `<tt>` `<span>`; `%0A` starts a line',
    unset: 'none',
    does: 'writes over the picture',
    example: 'Good <b>morning</b>',
  } satisfies Parameter<string>,
  'text-width': boxSide('breaks lines at this width; what is wider is cut off', 'no limit', '400'),
  'text-height': boxSide('with `text-width`: makes the text as large as this box allows', 'no limit', '120'),
  'text-size': decimalNumber(
    { min: 1, max: 2000, step: 1, unit: 'pt' },
    { group, unset: '40', does: 'size of the letters', example: '48' },
  ),
  'text-break': toggle({
    group,
    unset: '`true`',
    does: '`false` keeps the text on one line',
    example: 'false',
  }),
  'text-padding': wholeNumber(
    { min: 0, max: 4000, unit: 'px' },
    { group, unset: '0', does: 'room around the text', example: '20' },
  ),
  'text-color': color({ group, unset: 'black', does: 'colour of the letters', example: '39,71,111' }),
  'text-weight': {
    group,
    control: { kind: 'choice', choices: Object.keys(weights), open: true },
    parse: parseWeight,
    print: String,
    takes: `${Object.keys(weights)
      .map((name) => `\`${name}\``)
      .join(' ')}, or 100 to 1000`,
    unset: '`normal`',
    does: 'weight of the letters',
    example: 'bold',
  } satisfies Parameter<number>,
  'text-x': offset('moves the text to the right'),
  'text-y': offset('moves the text down'),
};
