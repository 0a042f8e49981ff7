import { choice } from './choice.ts';
import { color } from './color.ts';
import { decimalNumber, wholeNumber } from './number.ts';
import type { Parameter } from './parameter.ts';
import { parsePosition, positionChoices, printPosition, type Position } from './position.ts';
import { parseRegion, printRegion, type Rectangle } from './region.ts';

/** What decides the place of a crop, beside a position. */
export const cropStrategies = ['attention', 'entropy', 'face'] as const;
export type CropStrategy = (typeof cropStrategies)[number];
export type CropAnchor = CropStrategy | Position;

export const trims = ['auto', 'color'] as const;
export type Trim = (typeof trims)[number];

const group = 'crop';

const parseAnchor = (name: string, text: string): CropAnchor =>
  cropStrategies.find((strategy) => strategy === text.toLowerCase()) ??
  parsePosition(name, text, cropStrategies);

export const cropParameters = {
  region: {
    group,
    control: { kind: 'text', placeholder: '0,50,400,300' },
    parse: parseRegion,
    print: printRegion,
    takes: '`x,y,width,height` in pixels of the upright original',
    unset: 'the whole picture',
    does: 'cuts this rectangle out before anything else; what lies outside the picture is left off',
    example: '0,50,400,300',
  } satisfies Parameter<Rectangle>,
  trim: choice(trims, {
    group,
    unset: 'keeps borders',
    does: 'removes borders of one colour: the upper left pixel’s with `auto`, `trim-color` with `color`',
    example: 'auto',
  }),
  'trim-color': color({
    group,
    unset: '`trim=color` does what `auto` does',
    does: 'the colour that `trim=color` removes',
    example: 'white',
  }),
  'trim-level': wholeNumber(
    { min: 0, max: 100 },
    { group, unset: '80', does: 'how far from the colour `trim` may go', example: '40' },
  ),
  crop: {
    group,
    control: { kind: 'choice', choices: [...positionChoices, ...cropStrategies], open: true },
    parse: parseAnchor,
    print: (anchor) => (typeof anchor === 'string' ? anchor : printPosition(anchor)),
    takes: 'position, e.g. `left,top`, or `attention` `entropy` `face`',
    unset: '`center,middle`',
    does: 'what `mode=crop` keeps: a side, what catches the eye, what has most detail, or the faces',
    example: 'attention',
  } satisfies Parameter<CropAnchor>,
  'face-number': wholeNumber(
    { min: 1, max: 100 },
    {
      group,
      unset: 'all faces',
      does: 'picks one face for `crop=face` and `mode=face`, the largest is 1',
      example: '1',
    },
  ),
  'face-padding': decimalNumber(
    { min: 1, max: 20, step: 0.1 },
    {
      group,
      unset: '1',
      does: 'widens the area of the faces for `mode=face`, as far as the picture goes',
      example: '1.5',
    },
  ),
};
