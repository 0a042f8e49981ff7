import { BadValue } from '../bad-value.ts';
import { requestedFormats, type RequestedFormat } from '../plan/formats.ts';
import { choice, parseChoice, toggle } from './choice.ts';
import { wholeNumber } from './number.ts';
import type { Parameter } from './parameter.ts';

export const subsamplings = ['420', '444'] as const;
export type Subsampling = (typeof subsamplings)[number];

export const strips = ['metadata', 'all'] as const;
export type Strip = (typeof strips)[number];

export const colorTransforms = ['srgb', 'tinysrgb', 'adobe'] as const;
export type ColorTransform = (typeof colorTransforms)[number];

/** How many components a blurhash has on each axis, 1 to 9. */
export interface BlurhashComponents {
  x: number;
  y: number;
}

const parseComponents = (name: string, text: string): BlurhashComponents => {
  const [, x, y] = /^([1-9]),([1-9])$/.exec(text) ?? [];
  if (x === undefined || y === undefined) throw new BadValue(name, 'takes x,y, each from 1 to 9, e.g. 4,3');
  return { x: Number(x), y: Number(y) };
};

const group = 'output';

export const outputParameters = {
  format: {
    ...choice(requestedFormats, {
      group,
      unset: '`jpeg`',
      does: 'output format, whatever the original is; `auto` takes the smallest that the browser accepts',
      example: 'webp',
    }),
    // The name of the file extension is what people type.
    parse: (name, text) =>
      text.toLowerCase() === 'jpg' ? 'jpeg' : parseChoice(name, text, requestedFormats),
  } satisfies Parameter<RequestedFormat>,
  quality: wholeNumber(
    { min: 0, max: 100 },
    {
      group,
      unset: '80',
      does: 'one scale for JPEG, WebP and AVIF: the same number looks alike',
      example: '70',
    },
  ),
  subsample: choice(subsamplings, {
    group,
    unset: '`420`',
    does: 'colour resolution of a JPEG: `444` keeps coloured letters sharp',
    example: '444',
  }),
  interlace: toggle({ group, unset: '`false`', does: 'progressive JPEG, interlaced PNG' }),
  quantise: toggle({ group, unset: '`false`', does: 'PNG with a palette of 256 colours' }),
  lossless: toggle({ group, unset: '`false`', does: 'WebP and AVIF without loss' }),
  page: wholeNumber(
    { min: 1, max: 10_000 },
    {
      group,
      unset: 'all frames where the format moves, else the first',
      does: 'takes one page or frame, counted from 1',
      example: '1',
    },
  ),
  blurhash: {
    group,
    control: { kind: 'text', placeholder: '4,3' },
    parse: parseComponents,
    print: ({ x, y }) => `${x},${y}`,
    takes: '`x,y`, each 1 to 9',
    unset: '`4,3`',
    does: 'components of `format=blurhash`',
    example: '5,4',
  } satisfies Parameter<BlurhashComponents>,
  strip: choice(strips, {
    group,
    unset: '`metadata`',
    does: 'what leaves the file: EXIF, XMP and IPTC, or the colour profile too',
    example: 'all',
  }),
  'color-transform': choice(colorTransforms, {
    group,
    unset: "the original's own profile",
    does: 'converts to this profile and attaches it: sRGB, a smaller sRGB, or one compatible with Adobe RGB (1998)',
    example: 'srgb',
  }),
};
