import type { ParameterName } from '@windlass/images/parameters';
import type { ImglabParameters, ImglabValue } from '../../support/imglab-client.ts';

/** The original is a JPEG of 640 by 480 pixels with a white border of 40 around it. */
export interface ParameterCase {
  name: ParameterName;
  value: ImglabValue;
  /** What else the URL says, in the spelling of the client. */
  beside?: ImglabParameters;
  /** Default `photo.jpg`. */
  path?: 'photo.jpg' | 'leaf.png' | 'moves.gif';
  /** Default `jpeg`. */
  format?: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'text' | 'json';
  /** Of the answer in pixels; null where it is none. */
  size: readonly [width: number, height: number] | null;
  /** The bytes are those that come without the parameter: it says how, not what. */
  same?: true;
}

const square = { width: 200, height: 200 } as const;
const small = { width: 160 } as const;
const mark = { watermark: 'mark.svg', ...small } as const;
const frame = { compose: 'mark.svg', ...small } as const;
const text = { text: 'Hello <b>world</b> & more', ...small } as const;
const thumb = [160, 120] as const;

/** Every parameter at least once, with a value that shows. */
export const parameterCases: readonly ParameterCase[] = [
  { name: 'width', value: 200, size: [200, 150] },
  { name: 'height', value: 120, size: [160, 120] },
  { name: 'dpr', value: 2, beside: { width: 100 }, size: [200, 150] },
  { name: 'mode', value: 'crop', beside: square, size: [200, 200] },
  { name: 'mode', value: 'contain', beside: square, size: [200, 200] },
  { name: 'mode', value: 'force', beside: square, size: [200, 200] },
  { name: 'mode', value: 'face', beside: square, size: [200, 200] },
  { name: 'mode', value: 'clip', beside: square, size: [200, 150], same: true },
  { name: 'aspect-ratio', value: '2:1', beside: { width: 200, mode: 'crop' }, size: [200, 100] },
  { name: 'upscale', value: true, beside: { width: 800 }, size: [800, 600] },
  { name: 'orientation', value: 6, size: [480, 640] },
  { name: 'flip', value: 'horizontal', beside: small, size: thumb },
  { name: 'region', value: '40,40,320,200', size: [320, 200] },
  { name: 'trim', value: 'auto', size: [560, 400] },
  { name: 'trim-color', value: 'white', beside: { trim: 'color' }, size: [560, 400], same: true },
  // What JPEG leaves around an edge, inside its blocks of 8 by 8, is no longer white enough.
  { name: 'trim-level', value: 1, beside: { trim: 'auto' }, size: [576, 416] },
  { name: 'crop', value: 'left,top', beside: { ...square, mode: 'crop' }, size: [200, 200] },
  { name: 'crop', value: 'attention', beside: { ...square, mode: 'crop' }, size: [200, 200] },
  { name: 'crop', value: 'entropy', beside: { ...square, mode: 'crop' }, size: [200, 200] },
  // Nobody is in the picture, so the middle it is.
  { name: 'crop', value: 'face', beside: { ...square, mode: 'crop' }, size: [200, 200], same: true },
  { name: 'face-number', value: 1, beside: { ...square, mode: 'face' }, size: [200, 200], same: true },
  { name: 'face-padding', value: 1.5, beside: { ...square, mode: 'face' }, size: [200, 200], same: true },

  { name: 'hue', value: 90, beside: small, size: thumb },
  { name: 'saturate', value: 20, beside: small, size: thumb },
  { name: 'invert', value: true, beside: small, size: thumb },
  { name: 'sepia', value: 80, beside: small, size: thumb },
  { name: 'blur', value: 10, beside: small, size: thumb },

  { name: 'background-color', value: 'rebeccapurple', path: 'leaf.png', size: [120, 80] },
  { name: 'contain', value: 'blur', beside: { ...square, mode: 'contain' }, size: [200, 200] },
  { name: 'contain', value: 'mirror', beside: { ...square, mode: 'contain' }, size: [200, 200] },
  {
    name: 'contain',
    value: 'clamp',
    beside: { ...square, mode: 'contain', region: '40,40,560,400' },
    size: [200, 200],
  },
  {
    name: 'contain-color',
    value: '255,0,0,128',
    beside: { ...square, mode: 'contain', format: 'png' },
    format: 'png',
    size: [200, 200],
  },

  { name: 'shape', value: 'mark.svg', beside: small, size: thumb },
  { name: 'compose', value: 'mark.svg', beside: small, size: thumb },
  { name: 'compose-scale', value: 80, beside: frame, size: thumb },
  { name: 'compose-padding', value: 15, beside: { ...frame, composeScale: 100 }, size: thumb },
  { name: 'compose-padding-top', value: 40, beside: frame, size: thumb },
  { name: 'compose-padding-right', value: 40, beside: frame, size: thumb },
  { name: 'compose-padding-bottom', value: 40, beside: frame, size: thumb },
  { name: 'compose-padding-left', value: 40, beside: frame, size: thumb },
  { name: 'watermark', value: 'mark.svg', beside: small, size: thumb },
  { name: 'watermark-position', value: 'right,bottom', beside: mark, size: thumb },
  { name: 'watermark-repeat', value: true, beside: mark, size: thumb },
  { name: 'watermark-scale', value: 90, beside: mark, size: thumb },
  { name: 'watermark-alpha', value: 50, beside: mark, size: thumb },
  { name: 'watermark-rotate', value: 40, beside: mark, size: thumb },

  { name: 'text', value: 'línea 1\nこんにちは <b>100%</b>', beside: small, size: thumb },
  { name: 'text-width', value: 60, beside: text, size: thumb },
  { name: 'text-height', value: 20, beside: { ...text, textWidth: 60 }, size: thumb },
  { name: 'text-size', value: 20, beside: text, size: thumb },
  { name: 'text-break', value: false, beside: { ...text, textWidth: 120, textSize: 14 }, size: thumb },
  { name: 'text-padding', value: 20, beside: text, size: thumb },
  { name: 'text-color', value: '39,71,111', beside: text, size: thumb },
  { name: 'text-weight', value: 'bold', beside: text, size: thumb },
  { name: 'text-x', value: 30, beside: text, size: thumb },
  { name: 'text-y', value: 30, beside: text, size: thumb },

  { name: 'format', value: 'jpeg', beside: small, size: thumb, same: true },
  { name: 'format', value: 'png', beside: small, format: 'png', size: thumb },
  { name: 'format', value: 'webp', beside: small, format: 'webp', size: thumb },
  { name: 'format', value: 'avif', beside: small, format: 'avif', size: thumb },
  { name: 'format', value: 'gif', beside: small, format: 'gif', size: thumb },
  { name: 'format', value: 'blurhash', format: 'text', size: null },
  { name: 'format', value: 'thumbhash', format: 'text', size: null },
  { name: 'format', value: 'json', format: 'json', size: null },
  { name: 'quality', value: 40, beside: small, size: thumb },
  { name: 'subsample', value: 444, beside: small, size: thumb },
  { name: 'interlace', value: true, beside: small, size: thumb },
  { name: 'quantise', value: true, beside: { ...small, format: 'png' }, format: 'png', size: thumb },
  { name: 'lossless', value: true, beside: { ...small, format: 'webp' }, format: 'webp', size: thumb },
  { name: 'page', value: 2, beside: { format: 'png' }, path: 'moves.gif', format: 'png', size: [60, 40] },
  { name: 'blurhash', value: '5,4', beside: { format: 'blurhash' }, format: 'text', size: null },
  { name: 'strip', value: 'all', beside: { ...small, colorTransform: 'adobe' }, size: thumb },
  { name: 'color-transform', value: 'adobe', beside: small, size: thumb },

  { name: 'preset', value: 'thumbnail', size: [90, 90] },
  { name: 'download', value: '', beside: small, size: thumb, same: true },
  { name: 'download', value: 'holiday.jpg', beside: small, size: thumb, same: true },
  { name: 'expires', value: new Date('2100-01-01'), beside: small, size: thumb, same: true },
  { name: 'tag', value: 'spring,campaign-7', beside: small, size: thumb, same: true },
];
