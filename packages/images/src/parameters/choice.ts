import { BadValue } from '../bad-value.ts';
import type { Parameter, ParameterWords } from './parameter.ts';

/** Letters of either case are one. */
export const parseChoice = <T extends string>(name: string, text: string, set: readonly T[]): T => {
  const lower = text.toLowerCase();
  const found = set.find((member) => member === lower);
  if (found === undefined) throw new BadValue(name, `takes one of ${set.join(', ')}`);
  return found;
};

/** A parameter that takes one word of a closed set. */
export const choice = <T extends string>(set: readonly T[], about: ParameterWords): Parameter<T> => ({
  control: { kind: 'choice', choices: set },
  parse: (name, text) => parseChoice(name, text, set),
  print: (value) => value,
  takes: set.map((member) => `\`${member}\``).join(' '),
  ...about,
});

/** A parameter that is on or off. imglab's clients send `true`, `True` and `1` for the same. */
export const toggle = (
  about: Omit<ParameterWords, 'example'> & { example?: 'true' | 'false' },
): Parameter<boolean> => ({
  control: { kind: 'switch' },
  parse: (name, text) => {
    const lower = text.toLowerCase();
    if (lower === 'true' || lower === '1') return true;
    if (lower === 'false' || lower === '0') return false;
    throw new BadValue(name, 'takes true or false, 1 or 0');
  },
  print: String,
  takes: '`true` `false`, `1` `0`',
  example: 'true',
  ...about,
});
