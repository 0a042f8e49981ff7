import { choice, toggle } from './choice.ts';
import { BadValue } from '../bad-value.ts';
import { parseWholeNumber, wholeNumber } from './number.ts';
import type { Parameter } from './parameter.ts';
import { parseRatio, printRatio, type Ratio } from './ratio.ts';

export const modes = ['clip', 'crop', 'contain', 'face', 'force'] as const;
export type Mode = (typeof modes)[number];

export const flips = ['horizontal', 'vertical', 'horizontal,vertical'] as const;
export type Flip = (typeof flips)[number];

const group = 'size';

const side = (does: string, example: string): Parameter<number> => ({
  ...wholeNumber(
    { min: 1, max: 8192, unit: 'px' },
    { group, unset: 'follows from the other side', does, example },
  ),
  parse: (name, text, { maxSide }) => parseWholeNumber(name, text, { min: 1, max: maxSide }),
});

const parseFlip = (name: string, text: string): Flip => {
  const lower = text.toLowerCase();
  const flip = flips.find((known) => known === lower || known.split(',').toReversed().join(',') === lower);
  if (flip === undefined) throw new BadValue(name, 'takes horizontal, vertical, or horizontal,vertical');
  return flip;
};

export const sizeParameters = {
  width: side('width of the result, before `dpr`', '800'),
  height: side('height of the result, before `dpr`', '600'),
  dpr: wholeNumber(
    { min: 1, max: 8 },
    {
      group,
      unset: '1',
      does: 'device pixel ratio: multiplies `width`, `height` and all that is measured in pixels of the result',
      example: '2',
    },
  ),
  mode: choice(modes, { group, unset: '`clip`', does: 'how the picture meets the box', example: 'crop' }),
  'aspect-ratio': {
    group,
    control: { kind: 'text', placeholder: '16:9' },
    parse: parseRatio,
    print: printRatio,
    takes: '`width:height`, decimals allowed',
    unset: "the picture's own",
    does: 'gives the missing side; with both, the box shrinks to the ratio; not with `clip`',
    example: '16:9',
  } satisfies Parameter<Ratio>,
  upscale: toggle({ group, unset: '`false`', does: 'lets the result be larger than the original' }),
  orientation: wholeNumber(
    { min: 1, max: 8 },
    {
      group,
      unset: "the original's EXIF orientation",
      does: 'turns and mirrors as EXIF counts it',
      example: '6',
    },
  ),
  flip: {
    group,
    control: { kind: 'choice', choices: flips, open: true },
    parse: parseFlip,
    print: (flip) => flip,
    takes: '`horizontal` `vertical`, or both',
    unset: 'not mirrored',
    does: 'mirrors left and right, or top and bottom',
    example: 'horizontal',
  } satisfies Parameter<Flip>,
};
