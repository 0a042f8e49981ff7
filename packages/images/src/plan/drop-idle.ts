import type { PictureParameterName, PictureValues } from '../parameters/parameters.ts';
import { formatFacts, type RequestedFormat } from './formats.ts';

type Counts = (values: PictureValues, format: RequestedFormat) => boolean;

const among =
  (...formats: readonly RequestedFormat[]): Counts =>
  (_values, format) =>
    format === 'auto' || formats.includes(format);

const withText: Counts = ({ text }) => text !== undefined;
const fitted = (values: PictureValues): boolean =>
  values['text-width'] !== undefined && values['text-height'] !== undefined;

/**
 * Parameters that mean something only beside others, which are there without their defaults. In order: a row may rely
 * on those above it.
 */
const meaningful: readonly (readonly [Counts, ...PictureParameterName[]])[] = [
  [({ trim }) => trim !== undefined, 'trim-level'],
  [({ trim }) => trim === 'color', 'trim-color'],
  [({ mode }) => mode === 'crop', 'crop'],
  [({ mode, crop }) => mode === 'face' || crop === 'face', 'face-number'],
  [({ mode }) => mode === 'face', 'face-padding'],
  [({ mode }) => mode === 'contain', 'contain'],
  [({ mode, contain }) => mode === 'contain' && contain === undefined, 'contain-color'],
  [
    ({ watermark }) => watermark !== undefined,
    'watermark-position',
    'watermark-repeat',
    'watermark-scale',
    'watermark-alpha',
    'watermark-rotate',
  ],
  [
    ({ compose }) => compose !== undefined,
    'compose-scale',
    'compose-padding-top',
    'compose-padding-right',
    'compose-padding-bottom',
    'compose-padding-left',
  ],
  [withText, 'text-width', 'text-padding', 'text-color', 'text-weight', 'text-x', 'text-y', 'text-break'],
  [(values) => values['text-width'] !== undefined, 'text-height'],
  [(values, format) => withText(values, format) && !fitted(values), 'text-size'],
  [among('webp', 'avif'), 'lossless'],
  [among('jpeg', 'png'), 'interlace'],
  [among('png'), 'quantise'],
  [among('jpeg'), 'subsample'],
  [among('blurhash'), 'blurhash'],
  [among('jpeg', 'png', 'webp', 'avif', 'gif'), 'strip', 'color-transform'],
  [
    ({ lossless }, format) => format === 'auto' || (formatFacts[format].quality && lossless !== true),
    'quality',
  ],
];

/** Removes every value that has no effect beside the others. */
export const dropIdle = (values: PictureValues, format: RequestedFormat): void => {
  for (const [counts, ...names] of meaningful) {
    if (!counts(values, format)) for (const name of names) delete values[name];
  }
};
