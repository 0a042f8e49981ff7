import sharp from 'sharp';
import type { WorkingPicture } from './operation.ts';

/**
 * The slots of sharp's pipeline in the order in which libvips runs them, whatever the order of the calls. Each is used
 * once; `composite` takes a list. From `src/pipeline.cc` of sharp 0.35.
 */
export const stages = [
  'open',
  'trim',
  'region',
  'flatten',
  'resize',
  'flip',
  'crop',
  'rotate',
  'extract',
  'extend',
  'blur',
  'recomb',
  'modulate',
  'composite',
  'linear',
  'profile',
  'negate',
] as const;
export type Stage = (typeof stages)[number];

/** Draws the waiting layers; the last thing that a pipeline is told. */
export const drawLayers = (picture: WorkingPicture): WorkingPicture =>
  picture.layers.length === 0
    ? picture
    : { ...picture, image: picture.image.composite([...picture.layers]), layers: [] };

/**
 * Runs the pipeline so far and starts a new one from its pixels, in sRGB. Costs a pass over memory, so operations ask
 * `upTo` instead, and after the resize, where the picture is small.
 */
export const settle = async (picture: WorkingPicture): Promise<WorkingPicture> => {
  const { data, info } = await drawLayers(picture)
    .image.toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const frameHeight = height / picture.frames;
  const raw = { width, height, channels, ...(picture.frames > 1 ? { pageHeight: frameHeight } : {}) };
  return {
    image: sharp(data, { raw, limitInputPixels: false }),
    width,
    height: frameHeight,
    frames: picture.frames,
    alpha: channels === 4,
    stage: 'open',
    layers: [],
    ownColors: false,
  };
};

/**
 * The picture with `stage` free to be used next: as it is where its pipeline has not come that far, settled where
 * sharp would run the new step before the ones that are already there.
 */
export const upTo = async (picture: WorkingPicture, stage: Stage): Promise<WorkingPicture> => {
  const reached = stages.indexOf(picture.stage);
  const wanted = stages.indexOf(stage);
  const fits = reached < wanted || (reached === wanted && stage === 'composite');
  return { ...(fits ? picture : await settle(picture)), stage };
};
