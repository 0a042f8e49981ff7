import { BadValue } from '../bad-value.ts';
import { wholeNumber } from './number.ts';
import type { Parameter } from './parameter.ts';

const group = 'delivery';
const mostNames = 8;

/** At least every name that a source can give. */
export const presetName = /^[a-z0-9_-]{1,40}$/;
const tagName = /^[a-z0-9._-]{1,64}$/;

const parseNames = (name: string, text: string, pattern: RegExp, takes: string): readonly string[] => {
  const names = text.split(',');
  if (names.length > mostNames || !names.every((one) => pattern.test(one))) throw new BadValue(name, takes);
  return [...new Set(names)];
};

/** They decide how a picture is named, kept and handed over, never a byte of it. */
export const deliveryParameters = {
  preset: {
    group,
    control: { kind: 'text', placeholder: 'thumbnail' },
    parse: (name: string, text: string): readonly string[] =>
      parseNames(
        name,
        text,
        presetName,
        `takes names of this source's presets, at most ${mostNames}, with commas between`,
      ),
    print: (names) => names.join(','),
    takes: "names of the source's presets, with commas between",
    unset: 'none',
    does: 'sets what the presets set, a later one over an earlier one; what the URL sets itself wins',
    example: 'thumbnail',
  } satisfies Parameter<readonly string[]>,
  download: {
    group,
    control: { kind: 'text', placeholder: 'holiday.jpg' },
    // Control characters and slashes never belong in a file name.
    parse: (_name, text) =>
      text
        .replaceAll(/[\p{Cc}\\/]+/gu, '-')
        .slice(0, 200)
        .toWellFormed(),
    print: (text) => text,
    keepsEmpty: true,
    takes: 'file name, or empty for the path’s last part',
    unset: 'shown in place',
    does: 'the browser saves instead of showing',
    example: 'holiday.jpg',
  } satisfies Parameter<string>,
  expires: {
    ...wholeNumber(
      { min: 0, max: 99_999_999_999 },
      { group, unset: 'never', does: 'on a secured source: 403 from then on', example: '1893456000' },
    ),
    takes: 'UNIX seconds',
  },
  tag: {
    group,
    control: { kind: 'text', placeholder: 'spring,campaign-7' },
    parse: (name, text) =>
      parseNames(
        name,
        text,
        tagName,
        `takes at most ${mostNames} tags of a-z, 0-9, dot, underscore and hyphen, at most 64 characters each, with commas between`,
      ),
    print: (names) => names.join(','),
    takes: 'up to 8 names, with commas between',
    unset: 'none',
    does: 'marks the cached picture, so that one purge by tag forgets all that carry it',
    example: 'spring,campaign-7',
  } satisfies Parameter<readonly string[]>,
};
