/** CIE 1931 xy. */
export type Chromaticity = readonly [number, number];
type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

export interface ColorSpace {
  /** ASCII; what a picture editor shows. */
  description: string;
  red: Chromaticity;
  green: Chromaticity;
  blue: Chromaticity;
  white: Chromaticity;
  /** Exponent of a pure power function, or samples of the curve from 0 to 1, the same for each channel. */
  curve: { gamma: number } | { samples: readonly number[] };
}

/** ICC.1:2001-04, 6.1.9: the illuminant of the profile connection space. */
const pcsWhite: Triple = [0.9642, 1, 0.8249];

const fromChromaticity = ([x, y]: Chromaticity): Triple => [x / y, 1, (1 - x - y) / y];

const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const times = (matrix: Matrix, vector: Triple): Triple => [
  dot(matrix[0], vector),
  dot(matrix[1], vector),
  dot(matrix[2], vector),
];

/** By Cramer's rule: the rows are cross products of the columns over the determinant. */
const inverse = ([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix => {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const row = (x: number, y: number, z: number): Triple => [
    x / determinant,
    y / determinant,
    z / determinant,
  ];
  return [
    row(e * i - f * h, c * h - b * i, b * f - c * e),
    row(f * g - d * i, a * i - c * g, c * d - a * f),
    row(d * h - e * g, b * g - a * h, a * e - b * d),
  ];
};

/** Cone responses of Bradford, as ICC.1:2010 annex E uses them to adapt a white. */
const bradford: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

const adapted = (color: Triple, white: Triple): Triple => {
  const [from, to, cones] = [times(bradford, white), times(bradford, pcsWhite), times(bradford, color)];
  const scaled: Triple = [
    (cones[0] * to[0]) / from[0],
    (cones[1] * to[1]) / from[1],
    (cones[2] * to[2]) / from[2],
  ];
  return times(inverse(bradford), scaled);
};

/** XYZ of the three primaries at full strength, adapted to the white of the connection space. */
const colorants = (space: ColorSpace): Matrix => {
  const [red, green, blue] = [space.red, space.green, space.blue].map(fromChromaticity) as [
    Triple,
    Triple,
    Triple,
  ];
  const white = fromChromaticity(space.white);
  const strengths = times(
    inverse([
      [red[0], green[0], blue[0]],
      [red[1], green[1], blue[1]],
      [red[2], green[2], blue[2]],
    ]),
    white,
  );
  const strong = (primary: Triple, strength: number): Triple =>
    adapted([primary[0] * strength, primary[1] * strength, primary[2] * strength], white);
  return [strong(red, strengths[0]), strong(green, strengths[1]), strong(blue, strengths[2])];
};

const fixed = (value: number): number => Math.round(value * 65_536);

const xyzTag = (xyz: Triple): Buffer => {
  const tag = Buffer.alloc(20);
  tag.write('XYZ ', 'latin1');
  xyz.forEach((value, index) => tag.writeInt32BE(fixed(value), 8 + index * 4));
  return tag;
};

const curveTag = (curve: ColorSpace['curve']): Buffer => {
  const entries =
    'gamma' in curve
      ? [Math.round(curve.gamma * 256)]
      : curve.samples.map((sample) => Math.round(sample * 65_535));
  const tag = Buffer.alloc(12 + entries.length * 2);
  tag.write('curv', 'latin1');
  tag.writeUInt32BE(entries.length, 8);
  entries.forEach((entry, index) => tag.writeUInt16BE(entry, 12 + index * 2));
  return tag;
};

/** textDescriptionType: ASCII, then no Unicode and no Macintosh text, whose room is 78 bytes in all. */
const descriptionTag = (text: string): Buffer => {
  const tag = Buffer.alloc(12 + text.length + 1 + 78);
  tag.write('desc', 'latin1');
  tag.writeUInt32BE(text.length + 1, 8);
  tag.write(text, 12, 'latin1');
  return tag;
};

const textTag = (text: string): Buffer => {
  const tag = Buffer.alloc(8 + text.length + 1);
  tag.write('text', 'latin1');
  tag.write(text, 8, 'latin1');
  return tag;
};

const header = (size: number): Buffer => {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x02_10_00_00, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  // A date that never changes, so that the bytes never do.
  [2025, 1, 1, 0, 0, 0].forEach((part, index) => bytes.writeUInt16BE(part, 24 + index * 2));
  bytes.write('acsp', 36, 'latin1');
  pcsWhite.forEach((value, index) => bytes.writeInt32BE(fixed(value), 68 + index * 4));
  return bytes;
};

const padded = (tag: Buffer): Buffer => Buffer.concat([tag, Buffer.alloc((4 - (tag.length % 4)) % 4)]);

/**
 * An ICC profile of version 2.1 for a display: a matrix and one curve, which every reader understands.
 * ICC.1:2001-04, 6.3.1.2 names the tags that it must have.
 */
export const matrixProfile = (space: ColorSpace): Buffer => {
  const [red, green, blue] = colorants(space);
  const curve = curveTag(space.curve);
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', descriptionTag(space.description)],
    ['cprt', textTag('No copyright, use freely')],
    ['wtpt', xyzTag(pcsWhite)],
    ['rXYZ', xyzTag(red)],
    ['gXYZ', xyzTag(green)],
    ['bXYZ', xyzTag(blue)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length, 0);
  const places = new Map<Buffer, number>();
  const bodies: Buffer[] = [];
  let end = 128 + table.length;
  tags.forEach(([signature, tag], index) => {
    const known = places.get(tag);
    const offset = known ?? end;
    if (known === undefined) {
      const body = padded(tag);
      places.set(tag, offset);
      bodies.push(body);
      end += body.length;
    }
    table.write(signature, 4 + index * 12, 'latin1');
    table.writeUInt32BE(offset, 8 + index * 12);
    table.writeUInt32BE(tag.length, 12 + index * 12);
  });
  return Buffer.concat([header(end), table, ...bodies]);
};
