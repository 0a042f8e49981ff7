import sharp, { type Sharp } from 'sharp';
import { createRandom, type Random } from '../../packages/images/src/samples/scene.ts';
import { paintScene, type Subject } from './scene.ts';

/** The lens, then what cameras do against it. */
const lensBlur = 0.8;
const cameraSharpening = { sigma: 0.8 };
/** About that of ISO 400. */
const noiseStrength = 2;

/** Photon and read noise of a sensor: its variance grows with the light. Changes the pixels in place. */
const addNoise = (pixels: Uint8Array, random: Random): void => {
  // Normal deviates (Box and Muller), read from places that change: tens of millions are needed.
  const deviates = Float32Array.from(
    { length: 65_536 },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
  const deviation = Float32Array.from(
    { length: 256 },
    (_, level) => noiseStrength * Math.sqrt(0.6 + level / 100),
  );
  let at = 0;
  for (let index = 0; index < pixels.length; index += 1) {
    at = (index & 4095) === 0 ? Math.floor(random() * 65_536) : (at + 1) & 65_535;
    const level = pixels[index] ?? 0;
    const noisy = level + (deviates[at] ?? 0) * (deviation[level] ?? 0);
    pixels[index] = Math.max(0, Math.min(255, noisy));
  }
};

/**
 * A photograph of a subject, 4:3, as pixels that can be encoded many times. At 12 megapixels the JPEG of quality 90 has
 * 4.1 MB, and its pictures cost what those of real photographs do: `docs/guide/images.md` has the figures.
 */
export const takePhotograph = async (subject: Subject, megapixels: number): Promise<() => Sharp> => {
  const width = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3));
  const height = Math.round((width * 3) / 4);
  const raw = { width, height, channels: 3 } as const;
  const exposed = await sharp(paintScene(subject, { width, height }), { raw })
    .blur(lensBlur)
    .raw()
    .toBuffer();
  addNoise(exposed, createRandom(subject.seed + 1));
  const developed = await sharp(exposed, { raw }).sharpen(cameraSharpening).raw().toBuffer();
  return () => sharp(developed, { raw });
};
