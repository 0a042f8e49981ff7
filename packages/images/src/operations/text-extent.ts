import type { PictureValues } from '../parameters/parameters.ts';
import type { Size } from '../plan/geometry.ts';
import { valueOr } from '../plan/parameter-defaults.ts';
import { textMarkup, type TextMarkup } from './text-markup.ts';

/** Cairo draws a text whole, however little of it is seen: 128 MiB at four bytes a pixel. */
export const maxTextPixels = 32 * 1024 * 1024;

/** A box below this is drawn on however small a picture: 32 MB. */
const smallBoxPixels = 8_000_000;
/** What lies outside the picture is cut off, so a larger share of a large box is waste. */
const mostOfPicture = 4;

/** In pixels; 0: no limit. */
export const textBox = (values: PictureValues, maxSide: number): Size => {
  const width = Math.min(maxSide, valueOr(values, 'text-width'));
  // imglab: the height means something only beside a width.
  return { width, height: width === 0 ? 0 : Math.min(maxSide, valueOr(values, 'text-height')) };
};

/** The text of a plan as it will be drawn; null where there is nothing to draw. */
export const markupOf = (values: PictureValues): TextMarkup | null => {
  const source = values.text ?? '';
  const markup = textMarkup(
    valueOr(values, 'text-break') ? source : source.replaceAll('\n', ' '),
    valueOr(values, 'text-size'),
  );
  // Pango has nothing to draw for blanks alone, and says so with an error.
  return /^[\s\p{Cf}\p{Z}]*$/u.test(markup.text) ? null : markup;
};

/** At most: letters as wide as high, lines half as high again, and twice the lines where they wrap. */
export const mostTextPixels = ({ text, points }: TextMarkup, wrapWidth: number): number => {
  const lines = text.split('\n').map((line) => [...line].length * points);
  const widest = Math.max(...lines);
  const width = wrapWidth > 0 ? Math.min(Math.max(wrapWidth, points), widest) : widest;
  const rows = lines.reduce(
    (sum, line) => sum + Math.max(1, Math.ceil((2 * line) / Math.max(1, width)) - 1),
    0,
  );
  return width * rows * points * 1.5;
};

/** A text that is made as large as its box is drawn in all of it, and next to all of that is cut off again. */
export const isBoxFarTooLarge = (box: Size, picture: Size): boolean => {
  const pixels = box.width * box.height;
  return pixels > smallBoxPixels && pixels > mostOfPicture * picture.width * picture.height;
};

export interface TextExtent {
  letters: number;
  /** That are drawn, whether they are seen or not; an upper bound. */
  pixels: number;
  /** Letters are made as large as the box allows. */
  fitted: boolean;
}

/** What a plan writes over a picture of this size; null where it writes nothing or is refused. */
export const textExtent = (values: PictureValues, picture: Size, maxSide: number): TextExtent | null => {
  if (values.text === undefined) return null;
  const markup = markupOf(values);
  if (markup === null) return null;
  const box = textBox(values, maxSide);
  const letters = markup.text.length;
  if (box.height > 0) {
    if (isBoxFarTooLarge(box, picture)) return null;
    return { letters, pixels: box.width * box.height, fitted: true };
  }
  const pixels = mostTextPixels(markup, valueOr(values, 'text-break') ? box.width : 0);
  return pixels > maxTextPixels ? null : { letters, pixels, fitted: false };
};
