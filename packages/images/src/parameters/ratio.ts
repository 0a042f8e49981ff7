import { BadValue } from '../bad-value.ts';

/** Two whole numbers without a common divisor. */
export interface Ratio {
  width: number;
  height: number;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

const ratioParts = /^(\d{1,9}|\d{1,5}\.\d{1,4}):(\d{1,9}|\d{1,5}\.\d{1,4})$/;

/** Takes `width:height`, decimals allowed: `1.85:1` is 37:20. */
export const parseRatio = (name: string, text: string): Ratio => {
  const parts = ratioParts.exec(text);
  const [width = 0, height = 0] = (parts ?? []).slice(1).map((part) => Math.round(Number(part) * 10_000));
  if (width <= 0 || height <= 0) throw new BadValue(name, 'takes width:height, e.g. 16:9 or 1.85:1');
  const common = divisor(width, height);
  const reduced = { width: width / common, height: height / common };
  const steepness = width / height;
  if (Math.max(reduced.width, reduced.height) > 999_999_999 || steepness > 10_000 || steepness < 1e-4) {
    throw new BadValue(name, 'takes a ratio from 1:10000 to 10000:1');
  }
  return reduced;
};

export const printRatio = ({ width, height }: Ratio): string => `${width}:${height}`;
