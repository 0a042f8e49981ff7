/** A picture of the demo: drawn as SVG, then given grain like a photograph. */
export interface Scene {
  /** Lower case, tells what is on it. */
  name: string;
  width: number;
  height: number;
  /** 0 to 30: strength of the film grain. */
  grain: number;
  /** Stored turned by a quarter with the EXIF note that turns it back, as phones do. */
  turned?: true;
  draw(random: Random): string;
}

/** Numbers from 0 up to 1, the same ones for the same seed. */
export type Random = () => number;

/** Mulberry32: small, fast, and good enough for clouds. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Smooth noise over one dimension, -1 to 1, four octaves. */
export const createNoise = (random: Random): ((at: number) => number) => {
  const lattice = Array.from({ length: 256 }, () => random() * 2 - 1);
  const one = (at: number): number => {
    const cell = Math.floor(at);
    const part = at - cell;
    const smooth = part * part * (3 - 2 * part);
    const left = lattice[cell & 255] ?? 0;
    const right = lattice[(cell + 1) & 255] ?? 0;
    return left + (right - left) * smooth;
  };
  return (at) =>
    one(at) * 0.55 + one(at * 2.1 + 17) * 0.27 + one(at * 4.3 + 43) * 0.12 + one(at * 9.1 + 91) * 0.06;
};

export const between = (random: Random, low: number, high: number): number => low + random() * (high - low);

export const round = (value: number): string => String(Math.round(value * 10) / 10);

/** A list of drawing pieces for 0, 1, 2 … */
export const repeat = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join('');

export const mix = (from: readonly number[], to: readonly number[], part: number): string => {
  const channel = (index: number): number =>
    Math.round((from[index] ?? 0) + ((to[index] ?? 0) - (from[index] ?? 0)) * part);
  return `rgb(${channel(0)},${channel(1)},${channel(2)})`;
};

/** A filled shape below a line of heights. */
export const below = (width: number, height: number, step: number, line: (x: number) => number): string => {
  const points: string[] = [];
  for (let x = 0; x <= width + step; x += step) points.push(`${round(x)} ${round(line(x))}`);
  return `M0 ${height}L${points.join('L')}L${width + step} ${height}Z`;
};

/** A linear gradient from stops `[offset, colour, opacity?]`; down the picture unless told otherwise. */
export const gradient = (
  id: string,
  stops: readonly (readonly [number, string, number?])[],
  direction = 'x1="0" y1="0" x2="0" y2="1"',
): string => `<linearGradient id="${id}" ${direction}>${stopsOf(stops)}</linearGradient>`;

export const glow = (
  id: string,
  stops: readonly (readonly [number, string, number?])[],
  circle = 'cx="0.5" cy="0.5" r="0.5"',
): string => `<radialGradient id="${id}" ${circle}>${stopsOf(stops)}</radialGradient>`;

const stopsOf = (stops: readonly (readonly [number, string, number?])[]): string =>
  stops
    .map(
      ([at, color, opacity = 1]) => `<stop offset="${at}" stop-color="${color}" stop-opacity="${opacity}"/>`,
    )
    .join('');

export const svg = (width: number, height: number, definitions: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${definitions}</defs>${body}</svg>`;

export const rectangle = (width: number, height: number, fill: string, more = ''): string =>
  `<rect width="${width}" height="${height}" fill="${fill}" ${more}/>`;
