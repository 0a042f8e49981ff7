import type { Sharp } from 'sharp';
import type { Face } from './face.ts';
import type { Detector } from './load-detector.ts';

/** Longest side of what the model looks at; it scales its input to this by itself, only slower. */
const modelSide = 512;

let loading: Promise<Detector> | undefined;

/** One for the life of a renderer: the code and the weights are the dear part, and they never change. */
const detector = (): Promise<Detector> =>
  (loading ??= import('./load-detector.ts').then(({ loadDetector }) => loadDetector()));

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Finds faces, largest first, as parts of the width and height of the picture. The pipeline is taken as it is, so a
 * resize that it already has is replaced: give it one without.
 *
 * @example (await detectFaces(sharp(path).autoOrient()))[0] // { x: 0.41, y: 0.2, width: 0.1, height: 0.15, score: 0.99 }
 */
export const detectFaces = async (image: Sharp): Promise<readonly Face[]> => {
  const { data, info } = await image
    .resize({ width: modelSide, height: modelSide, fit: 'inside' })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const detect = await detector();
  const found = await detect(data, info.width, info.height);
  return found
    .map(({ box, score }) => {
      // The model may guess beyond an edge.
      const left = between(0, box.x / info.width, 1);
      const top = between(0, box.y / info.height, 1);
      const right = between(0, (box.x + box.width) / info.width, 1);
      const bottom = between(0, (box.y + box.height) / info.height, 1);
      return { x: left, y: top, width: right - left, height: bottom - top, score };
    })
    .filter(({ width, height }) => width > 0 && height > 0)
    .toSorted((a, b) => b.width * b.height - a.width * a.height);
};
