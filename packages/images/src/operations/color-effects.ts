import type { PictureValues } from '../parameters/parameters.ts';
import { valueOr } from '../plan/parameter-defaults.ts';
import {
  followedBy,
  hueMatrix,
  invertMatrix,
  saturateMatrix,
  sepiaMatrix,
  unchanged,
  type ColorMatrix,
} from './color-matrix.ts';
import type { Operation, WorkingPicture } from './operation.ts';
import { settle, upTo } from './stages.ts';

/** All effects of a plan as one matrix, in the order hue, saturate, invert, sepia. */
export const effectMatrix = (values: PictureValues): ColorMatrix =>
  [
    ...(values.hue === undefined ? [] : [hueMatrix(values.hue)]),
    ...(values.saturate === undefined ? [] : [saturateMatrix(values.saturate)]),
    ...(values.invert === true ? [invertMatrix] : []),
    ...(values.sepia === undefined ? [] : [sepiaMatrix(values.sepia)]),
  ].reduce(followedBy, unchanged);

const factors = ([red, green, blue]: ColorMatrix[number]): [number, number, number] => [red, green, blue];

/**
 * Ready for a matrix. A pipeline that resizes or blurs holds colours multiplied by alpha, and cuts what the matrix makes of
 * them to the range of the file's depth before anything is added: a negative of what is transparent would be white.
 */
const withPlainColors = async (picture: WorkingPicture): Promise<WorkingPicture> =>
  upTo(picture.alpha && picture.stage !== 'open' ? await settle(picture) : picture, 'recomb');

/** The colour effects, with the meaning of the CSS filters of their names. */
export const colorEffects: Operation = {
  name: 'color-effects',
  order: 60,
  parameters: ['hue', 'saturate', 'invert', 'sepia'],
  applies: ({ values }) =>
    valueOr(values, 'hue') !== 0 ||
    valueOr(values, 'saturate') !== 100 ||
    valueOr(values, 'invert') ||
    valueOr(values, 'sepia') !== 0,
  apply: async (picture, { plan }) => {
    const matrix = effectMatrix(plan.values);
    const [red, green, blue] = matrix;
    const recombined = await withPlainColors(picture);
    const image = recombined.image.recomb([factors(red), factors(green), factors(blue)]);
    const mixed = { ...recombined, image, ownColors: false };
    if (matrix.every(([, , , added]) => added === 0)) return mixed;
    const ready = await upTo(mixed, 'linear');
    return { ...ready, image: ready.image.linear([1, 1, 1], [red[3] * 255, green[3] * 255, blue[3] * 255]) };
  },
};
