import sharp, { type Blend, type OverlayOptions } from 'sharp';
import type { WorkingPicture } from './operation.ts';
import type { Corner } from './placement.ts';
import { upTo, type RawPicture } from './stages.ts';

const rawInput = ({ data, width, height, channels }: RawPicture) => ({
  input: data,
  raw: { width, height, channels },
});

/** The part of an overlay that lies on the picture, and where; null where none does. libvips takes nothing that sticks out. */
const visiblePart = async (
  overlay: RawPicture,
  at: Corner,
  picture: WorkingPicture,
): Promise<{ overlay: RawPicture; at: Corner } | null> => {
  const left = Math.max(0, at.left);
  const top = Math.max(0, at.top);
  const width = Math.min(at.left + overlay.width, picture.width) - left;
  const height = Math.min(at.top + overlay.height, picture.height) - top;
  if (width < 1 || height < 1) return null;
  if (width === overlay.width && height === overlay.height) return { overlay, at };
  const { input, raw } = rawInput(overlay);
  const data = await sharp(input, { raw, limitInputPixels: false })
    .extract({ left: left - at.left, top: top - at.top, width, height })
    .raw()
    .toBuffer();
  return { overlay: { data, width, height, channels: overlay.channels }, at: { left, top } };
};

/** An overlay as large as one frame, transparent around it, so that repeating it puts it on every frame. */
const frameSized = async (
  picture: WorkingPicture,
  layers: readonly OverlayOptions[],
): Promise<RawPicture> => {
  const { width, height } = picture;
  const data = await sharp({
    create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    limitInputPixels: false,
  })
    .composite([...layers])
    .raw()
    .toBuffer();
  return { data, width, height, channels: 4 };
};

/** Lays a picture of the same size over this one, frame upon frame. */
export const framesOn = async (picture: WorkingPicture, frames: RawPicture): Promise<WorkingPicture> => {
  const ready = await upTo(picture, 'composite');
  const layer = { ...rawInput(frames), left: 0, top: 0 };
  return { ...ready, layers: [...ready.layers, layer], ownColors: false };
};

const withLayer = async (
  picture: WorkingPicture,
  layer: OverlayOptions,
  blend: Blend,
): Promise<WorkingPicture> => {
  const ready = await upTo(picture, 'composite');
  const once =
    picture.frames === 1
      ? layer
      : { ...rawInput(await frameSized(picture, [layer])), tile: true, gravity: 'northwest' };
  return { ...ready, layers: [...ready.layers, { ...once, blend }], ownColors: false };
};

/** Draws an overlay at a place, on every frame; what sticks out is cut off. */
export const layerOn = async (
  picture: WorkingPicture,
  overlay: RawPicture,
  at: Corner,
  blend: Blend = 'over',
): Promise<WorkingPicture> => {
  const visible = await visiblePart(overlay, at, picture);
  if (visible === null) return picture;
  return withLayer(picture, { ...rawInput(visible.overlay), ...visible.at }, blend);
};

/** Tiles every frame with an overlay that is no larger than the picture, one tile at the given side. */
export const tilesOn = (
  picture: WorkingPicture,
  overlay: RawPicture,
  gravity: string,
): Promise<WorkingPicture> => withLayer(picture, { ...rawInput(overlay), tile: true, gravity }, 'over');
