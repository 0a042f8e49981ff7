import sharp from 'sharp';
import type { WorkingPicture } from './operation.ts';
import { stages, type Stage } from './stage-order.ts';

/** Pixels in sRGB, eight bits a channel, the frames of an animation below each other. */
export interface RawPicture {
  data: Buffer;
  width: number;
  /** Of all frames. */
  height: number;
  channels: 1 | 2 | 3 | 4;
}

/** Draws the waiting layers; the last thing that a pipeline is told. libvips draws with alpha, which an opaque picture loses again. */
export const drawLayers = (picture: WorkingPicture): WorkingPicture => {
  if (picture.layers.length === 0) return picture;
  const drawn = picture.image.composite([...picture.layers]);
  return { ...picture, image: picture.alpha ? drawn : drawn.removeAlpha(), layers: [] };
};

/** With numbers that mean sRGB: sharp has converted all others already, if not always to that. */
export const inSrgb = (picture: WorkingPicture): WorkingPicture =>
  picture.inDisplayP3
    ? { ...picture, image: picture.image.withIccProfile('srgb', { attach: false }), inDisplayP3: false }
    : picture;

/** Runs the pipeline so far. */
export const rawPixels = async (picture: WorkingPicture): Promise<RawPicture> => {
  const { data, info } = await inSrgb(drawLayers(picture))
    .image.toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
};

/** A new pipeline over pixels. */
export const startFrom = ({ data, width, height, channels }: RawPicture, frames: number): WorkingPicture => {
  const frameHeight = height / frames;
  const raw = { width, height, channels, ...(frames > 1 ? { pageHeight: frameHeight } : {}) };
  return {
    image: sharp(data, { raw, animated: frames > 1, limitInputPixels: false }),
    width,
    height: frameHeight,
    frames,
    alpha: channels === 4 || channels === 2,
    stage: 'open',
    layers: [],
    ownColors: false,
    inDisplayP3: false,
    box: null,
  };
};

/** A still of an animation, for what looks at one picture. */
export const firstFrame = async (picture: WorkingPicture): Promise<WorkingPicture> => {
  if (picture.frames === 1) return picture;
  const { data, width, height, channels } = await rawPixels(picture);
  const frameHeight = height / picture.frames;
  return startFrom(
    { data: data.subarray(0, width * frameHeight * channels), width, height: frameHeight, channels },
    1,
  );
};

/**
 * Runs the pipeline so far and starts a new one from its pixels, in sRGB. Costs a pass over memory, so operations ask
 * `upTo` instead, and after the resize, where the picture is small.
 */
export const settle = async (picture: WorkingPicture): Promise<WorkingPicture> => ({
  ...startFrom(await rawPixels(picture), picture.frames),
  box: picture.box,
});

/**
 * The picture with `stage` free to be used next: as it is where its pipeline has not come that far, settled where
 * sharp would run the new step before the ones that are already there.
 */
export const upTo = async (picture: WorkingPicture, stage: Stage): Promise<WorkingPicture> => {
  const reached = stages.indexOf(picture.stage);
  const wanted = stages.indexOf(stage);
  // What is drawn over a picture has its colours in sRGB.
  const fits = stage === 'composite' ? reached <= wanted && !picture.inDisplayP3 : reached < wanted;
  return { ...(fits ? picture : await settle(picture)), stage };
};
