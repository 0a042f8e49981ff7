import type { Color } from '../parameters/color.ts';
import type { Area } from './face-area.ts';
import type { RawPicture } from './stages.ts';

/** Of the nine pixels around and with one, how many must differ too: dust and the noise of a camera are no content. */
const fewestInSquare = 5;

/** Tells whether a pixel differs from the border by more than the threshold, in the steps of a channel. */
type Differs = (x: number, y: number) => boolean;

const differsFrom = ({ data, width, channels }: RawPicture, border: Color, threshold: number): Differs => {
  const hasAlpha = channels === 4;
  return (x, y) => {
    const at = (y * width + x) * channels;
    const alpha = hasAlpha ? (data[at + 3] ?? 0) : 255;
    if (Math.abs(alpha - border.alpha) > threshold) return true;
    // The colour of what is transparent cannot be seen.
    const seen = Math.min(alpha, border.alpha) / 255;
    return (
      Math.abs((data[at] ?? 0) - border.red) * seen > threshold ||
      Math.abs((data[at + 1] ?? 0) - border.green) * seen > threshold ||
      Math.abs((data[at + 2] ?? 0) - border.blue) * seen > threshold
    );
  };
};

const within = (at: number, length: number): number => Math.min(length - 1, Math.max(0, at));

/** The colour of the upper left pixel. */
export const cornerColor = ({ data, channels }: RawPicture): Color => ({
  red: data[0] ?? 0,
  green: data[1] ?? 0,
  blue: data[2] ?? 0,
  alpha: channels === 4 ? (data[3] ?? 0) : 255,
});

/**
 * The smallest rectangle that holds all that is not border; null where all is. It only looks at the border and its
 * edge, so that a large picture costs little.
 */
export const contentBox = (picture: RawPicture, border: Color, threshold: number): Area | null => {
  const { width, height } = picture;
  const differs = differsFrom(picture, border, threshold);
  const isContent = (x: number, y: number): boolean => {
    if (!differs(x, y)) return false;
    let count = 0;
    for (let row = y - 1; row <= y + 1; row += 1) {
      for (let column = x - 1; column <= x + 1; column += 1) {
        // Beyond the edge the picture goes on as it ends.
        if (differs(within(column, width), within(row, height))) count += 1;
      }
    }
    return count >= fewestInSquare;
  };
  const rowHas = (y: number): boolean => {
    for (let x = 0; x < width; x += 1) if (isContent(x, y)) return true;
    return false;
  };
  let top = 0;
  while (top < height && !rowHas(top)) top += 1;
  if (top === height) return null;
  let bottom = height - 1;
  while (!rowHas(bottom)) bottom -= 1;
  const columnHas = (x: number): boolean => {
    for (let y = top; y <= bottom; y += 1) if (isContent(x, y)) return true;
    return false;
  };
  let left = 0;
  while (!columnHas(left)) left += 1;
  let right = width - 1;
  while (!columnHas(right)) right -= 1;
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
};
