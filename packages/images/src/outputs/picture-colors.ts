import type { RawPicture } from '../operations/stages.ts';

export interface PictureColors {
  /** `#rrggbb`: the middle of the largest group of like colours. */
  dominant: string;
  /** `#rrggbb`: the mean of all, weighed by how opaque they are. */
  average: string;
}

interface Sum {
  red: number;
  green: number;
  blue: number;
  weight: number;
}

const none = (): Sum => ({ red: 0, green: 0, blue: 0, weight: 0 });

const add = (sum: Sum, [red = 0, green = 0, blue = 0, alpha = 0]: Uint8Array): void => {
  sum.red += red * alpha;
  sum.green += green * alpha;
  sum.blue += blue * alpha;
  sum.weight += alpha;
};

const hex = ({ red, green, blue, weight }: Sum): string => {
  const channel = (total: number): string =>
    Math.round(total / weight)
      .toString(16)
      .padStart(2, '0');
  return weight === 0 ? '#000000' : `#${channel(red)}${channel(green)}${channel(blue)}`;
};

/** Eight steps a channel: coarse enough that a sky is one group. */
const groupOf = ([red = 0, green = 0, blue = 0]: Uint8Array): number =>
  ((red >> 5) << 6) | ((green >> 5) << 3) | (blue >> 5);

/** What a picture's colours come to. A picture that is all transparent is black. */
export const colorsOf = ({ data }: RawPicture): PictureColors => {
  const all = none();
  const groups = new Map<number, Sum>();
  for (let at = 0; at + 4 <= data.length; at += 4) {
    const pixel = data.subarray(at, at + 4);
    const group = groups.get(groupOf(pixel)) ?? none();
    groups.set(groupOf(pixel), group);
    add(all, pixel);
    add(group, pixel);
  }
  let largest = none();
  for (const group of groups.values()) if (group.weight > largest.weight) largest = group;
  return { dominant: hex(largest), average: hex(all) };
};
