import { toggle } from './choice.ts';
import { parseNestedTarget, type NestedTarget } from './nested-target.ts';
import { angle, wholeNumber } from './number.ts';
import type { Parameter, ParameterWords } from './parameter.ts';
import { parsePosition, positionChoices, printPosition, type Position } from './position.ts';

/** In the order in which they are laid over the picture. */
export const overlayNames = ['shape', 'compose', 'watermark'] as const;
export type OverlayName = (typeof overlayNames)[number];

const group = 'overlay';

const picture = (about: Omit<ParameterWords, 'group' | 'unset'>): Parameter<NestedTarget> => ({
  group,
  control: { kind: 'picture' },
  parse: parseNestedTarget,
  print: ({ text }) => text,
  takes:
    'path of a picture on this source, or the URL of one on another; with parameters of its own, percent-encoded as one value',
  unset: 'none',
  ...about,
});

const scale = (name: OverlayName): Parameter<number> =>
  wholeNumber(
    { min: 0, max: 100, unit: '%' },
    { group, unset: '0: its own size', does: `fits \`${name}\` into so much of the picture`, example: '20' },
  );

const edge = (does: string, unset: string): Parameter<number> =>
  wholeNumber({ min: 0, max: 4000, unit: 'px' }, { group, unset, does, example: '20' });

export const overlayParameters = {
  shape: picture({
    does: 'cuts the picture to the form of this one: only what it covers stays',
    example: 'masks/circle.svg',
  }),
  compose: picture({
    does: 'lays this picture over the middle of what its padding leaves',
    example: 'frames/frame.png',
  }),
  'compose-scale': scale('compose'),
  'compose-padding': edge('room that `compose` keeps from all four edges', '0'),
  'compose-padding-top': edge('from the upper edge', '`compose-padding`'),
  'compose-padding-right': edge('from the right edge', '`compose-padding`'),
  'compose-padding-bottom': edge('from the lower edge', '`compose-padding`'),
  'compose-padding-left': edge('from the left edge', '`compose-padding`'),
  watermark: picture({
    does: 'draws this picture over the result',
    example: 'logo.svg?width=120&format=png',
  }),
  'watermark-position': {
    group,
    control: { kind: 'choice', choices: positionChoices, open: true },
    parse: (name, text) => parsePosition(name, text),
    print: printPosition,
    takes: 'position, e.g. `right,bottom`',
    unset: '`center,middle`; with `watermark-repeat` `left,top`',
    does: 'where the watermark is',
    example: 'right,bottom',
  } satisfies Parameter<Position>,
  'watermark-repeat': toggle({ group, unset: '`false`', does: 'tiles the whole picture with the watermark' }),
  'watermark-scale': scale('watermark'),
  'watermark-alpha': wholeNumber(
    { min: 0, max: 100, unit: '%' },
    { group, unset: '100', does: 'how opaque the watermark is', example: '50' },
  ),
  'watermark-rotate': angle({ group, unset: '0', does: 'turns the watermark clockwise', example: '40' }),
};
