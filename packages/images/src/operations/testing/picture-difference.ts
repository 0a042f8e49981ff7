import sharp from 'sharp';

export interface PictureDifference {
  /** CIE76 colour difference over all pixels; about 2.3 is the least that an eye tells apart side by side. */
  mean: number;
  /** Of the worst square of 8 x 8 pixels, so that a small thing that is missing shows in a large picture. */
  worstSquare: number;
}

const side = 8;

/** CIE L*, a*, b* of each pixel in front of one grey. */
const labOver = async (picture: Buffer, grey: string) => {
  const { data, info } = await sharp(picture)
    .flatten({ background: grey })
    .toColourspace('lab')
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true });
  const lab = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  return { lab, width: info.width, height: info.height, channels: info.channels };
};

const compareOver = async (one: Buffer, other: Buffer, grey: string): Promise<PictureDifference> => {
  const [a, b] = await Promise.all([labOver(one, grey), labOver(other, grey)]);
  if (a.width !== b.width || a.height !== b.height) return { mean: Infinity, worstSquare: Infinity };
  const across = Math.ceil(a.width / side);
  const sums = new Float64Array(across * Math.ceil(a.height / side));
  const counts = new Float64Array(sums.length);
  for (let pixel = 0; pixel < a.width * a.height; pixel += 1) {
    const at = pixel * a.channels;
    const channel = (index: number): number => (a.lab[at + index] ?? 0) - (b.lab[at + index] ?? 0);
    const square =
      Math.floor(Math.floor(pixel / a.width) / side) * across + Math.floor((pixel % a.width) / side);
    sums[square] = (sums[square] ?? 0) + Math.hypot(channel(0), channel(1), channel(2));
    counts[square] = (counts[square] ?? 0) + 1;
  }
  const total = sums.reduce((sum, value) => sum + value, 0);
  return {
    mean: total / (a.width * a.height),
    worstSquare: sums.reduce((worst, sum, index) => Math.max(worst, sum / (counts[index] ?? 1)), 0),
  };
};

/** How far two pictures look apart, in front of black and of white, so that transparency counts. Another size is endless. */
export const pictureDifference = async (one: Buffer, other: Buffer): Promise<PictureDifference> => {
  const [black, white] = await Promise.all([
    compareOver(one, other, '#000000'),
    compareOver(one, other, '#ffffff'),
  ]);
  return {
    mean: Math.max(black.mean, white.mean),
    worstSquare: Math.max(black.worstSquare, white.worstSquare),
  };
};

/** Room for the rounding of another processor, and for nothing that an eye sees. */
export const looksAlike = ({ mean, worstSquare }: PictureDifference): boolean =>
  mean <= 0.4 && worstSquare <= 3;
