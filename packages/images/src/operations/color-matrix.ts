/** Rows of factors for red, green and blue, and what is added; channels 0 to 1. */
export type ColorRow = readonly [number, number, number, number];
export type ColorMatrix = readonly [ColorRow, ColorRow, ColorRow];

export const unchanged: ColorMatrix = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
];

const applied = (row: ColorRow, first: ColorMatrix): ColorRow => {
  const [red, green, blue, added] = row;
  const at = (index: 0 | 1 | 2 | 3): number =>
    red * first[0][index] + green * first[1][index] + blue * first[2][index];
  return [at(0), at(1), at(2), at(3) + added];
};

/** One matrix for two, the second upon the first. */
export const followedBy = (first: ColorMatrix, second: ColorMatrix): ColorMatrix => [
  applied(second[0], first),
  applied(second[1], first),
  applied(second[2], first),
];

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** `hue-rotate()` of CSS, Filter Effects Module Level 1, 8.5: https://drafts.fxtf.org/filter-effects/#huerotateEquivalent */
export const hueMatrix = (degrees: number): ColorMatrix => {
  const cos = Math.cos(radians(degrees));
  const sin = Math.sin(radians(degrees));
  return [
    [
      0.213 + cos * 0.787 - sin * 0.213,
      0.715 - cos * 0.715 - sin * 0.715,
      0.072 - cos * 0.072 + sin * 0.928,
      0,
    ],
    [
      0.213 - cos * 0.213 + sin * 0.143,
      0.715 + cos * 0.285 + sin * 0.14,
      0.072 - cos * 0.072 - sin * 0.283,
      0,
    ],
    [
      0.213 - cos * 0.213 - sin * 0.787,
      0.715 - cos * 0.715 + sin * 0.715,
      0.072 + cos * 0.928 + sin * 0.072,
      0,
    ],
  ];
};

/** `saturate()` of CSS: 0 is grey, 100 unchanged. */
export const saturateMatrix = (percent: number): ColorMatrix => {
  const part = percent / 100;
  return [
    [0.213 + 0.787 * part, 0.715 - 0.715 * part, 0.072 - 0.072 * part, 0],
    [0.213 - 0.213 * part, 0.715 + 0.285 * part, 0.072 - 0.072 * part, 0],
    [0.213 - 0.213 * part, 0.715 - 0.715 * part, 0.072 + 0.928 * part, 0],
  ];
};

/** `invert(1)` of CSS. */
export const invertMatrix: ColorMatrix = [
  [-1, 0, 0, 1],
  [0, -1, 0, 1],
  [0, 0, -1, 1],
];

/** `sepia()` of CSS: 0 is unchanged, 100 all brown. */
export const sepiaMatrix = (percent: number): ColorMatrix => {
  const rest = 1 - Math.min(1, percent / 100);
  return [
    [0.393 + 0.607 * rest, 0.769 - 0.769 * rest, 0.189 - 0.189 * rest, 0],
    [0.349 - 0.349 * rest, 0.686 + 0.314 * rest, 0.168 - 0.168 * rest, 0],
    [0.272 - 0.272 * rest, 0.534 - 0.534 * rest, 0.131 + 0.869 * rest, 0],
  ];
};
