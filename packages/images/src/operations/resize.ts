import type { ResizeOptions } from 'sharp';
import type { CropAnchor } from '../parameters/crop.ts';
import { formatFacts } from '../plan/formats.ts';
import type { Fit } from '../plan/fit.ts';
import { outputSize, type Size } from '../plan/geometry.ts';
import { valueOr } from '../plan/parameter-defaults.ts';
import { faceArea, faceCenter } from './face-area.ts';
import { fitInside } from './placement.ts';
import type { Operation, OperationContext, WorkingPicture } from './operation.ts';
import { settle, upTo } from './stages.ts';

/** The size that the plan asks for: of the whole box, where `contain` pads. */
export const plannedSize = (picture: WorkingPicture, { plan, limits }: OperationContext): Size => {
  const { format } = plan;
  const formatSide = format === 'auto' ? formatFacts.webp.maxSide : formatFacts[format].maxSide;
  return outputSize(picture, plan.fit, {
    maxSide: Math.min(limits.maxOutputSide, formatSide),
    maxPixels: limits.maxInputPixels / picture.frames,
  });
};

/** Stretches to exactly this size; one that keeps the ratio is computed, so that it is rounded once. */
export const resizeTo = async (picture: WorkingPicture, size: Size): Promise<WorkingPicture> => {
  if (size.width === picture.width && size.height === picture.height) return picture;
  const ready = await upTo(picture, 'resize');
  const { width, height } = size;
  return { ...ready, image: ready.image.resize({ width, height, fit: 'fill' }), width, height };
};

const sharpPosition = (anchor: CropAnchor, frames: number): ResizeOptions['position'] => {
  if (typeof anchor === 'object') {
    const horizontal = { left: 'left', center: '', right: 'right' }[anchor.horizontal];
    const vertical = { top: 'top', middle: '', bottom: 'bottom' }[anchor.vertical];
    return `${horizontal} ${vertical}`.trim() || 'centre';
  }
  // What catches the eye in one frame may not in the next, and frames that jump are worse than a plain crop.
  return anchor === 'face' || frames > 1 ? 'centre' : anchor;
};

/** Cuts to fill the box; sharp scales and cuts in one pipeline, with shrink-on-load, also where EXIF turns. */
const cover = async (picture: WorkingPicture, size: Size, anchor: CropAnchor): Promise<WorkingPicture> => {
  const ready = await upTo(picture, 'resize');
  const { width, height } = size;
  const position = sharpPosition(anchor, picture.frames);
  const image = ready.image.resize({ width, height, fit: 'cover', position });
  return { ...ready, image, width, height, stage: 'crop' };
};

const cut = async (
  picture: WorkingPicture,
  box: Size & { left: number; top: number },
  turned: boolean,
): Promise<WorkingPicture> => {
  // sharp turns a picture before it cuts it, and cannot shrink on load then: the small one is cut instead.
  const ready = await upTo(turned ? await settle(picture) : picture, 'extract');
  return { ...ready, image: ready.image.extract(box), width: box.width, height: box.height };
};

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/** Cuts to fill the box with the faces in its middle, as far as the picture goes. */
const coverFaces = async (
  picture: WorkingPicture,
  size: Size,
  context: OperationContext,
): Promise<WorkingPicture> => {
  const center = faceCenter(await context.findFaces(picture), context.plan.values['face-number']);
  if (center === null) return cover(picture, size, 'face');
  const scale = Math.max(size.width / picture.width, size.height / picture.height);
  const scaled = {
    width: Math.max(size.width, Math.round(picture.width * scale)),
    height: Math.max(size.height, Math.round(picture.height * scale)),
  };
  const left = Math.round(between(0, center.x * scaled.width - size.width / 2, scaled.width - size.width));
  const top = Math.round(between(0, center.y * scaled.height - size.height / 2, scaled.height - size.height));
  return cut(await resizeTo(picture, scaled), { left, top, ...size }, context.opened.facts.orientation !== 1);
};

/** Width by height where the plan asks for a whole box. */
const ratioOf = (fit: Fit): number | null => {
  if ('ratio' in fit) return fit.ratio.width / fit.ratio.height;
  return fit.width === null || fit.height === null ? null : fit.width / fit.height;
};

/** Cuts the area of the faces out, then fits it to the box. Without a face it is the middle of the picture. */
const zoomToFaces = async (picture: WorkingPicture, context: OperationContext): Promise<WorkingPicture> => {
  const { fit, values } = context.plan;
  const ratio = ratioOf(fit);
  const area = faceArea(await context.findFaces(picture), picture, {
    number: values['face-number'],
    padding: valueOr(values, 'face-padding'),
    ratio,
  });
  if (area === null) {
    const size = plannedSize(picture, context);
    return ratio === null ? resizeTo(picture, size) : cover(picture, size, 'face');
  }
  const ready = await upTo(picture, 'region');
  const { width, height } = area;
  const face = { ...ready, image: ready.image.extract(area), width, height };
  return resizeTo(face, plannedSize(face, context));
};

/** Brings the picture to its size, by `mode`. `contain` is padded later, so that no effect touches the padding. */
export const resize: Operation = {
  name: 'resize',
  order: 40,
  parameters: [
    'width',
    'height',
    'dpr',
    'aspect-ratio',
    'mode',
    'upscale',
    'crop',
    'face-number',
    'face-padding',
  ],
  applies: () => true,
  apply: async (picture, context) => {
    const { fit, values } = context.plan;
    if (fit.mode === 'face') return zoomToFaces(picture, context);
    const size = plannedSize(picture, context);
    switch (fit.mode) {
      case 'crop': {
        const anchor = valueOr(values, 'crop');
        return anchor === 'face' ? coverFaces(picture, size, context) : cover(picture, size, anchor);
      }
      case 'contain': {
        const inner = fitInside(picture, size, valueOr(values, 'upscale'));
        return { ...(await resizeTo(picture, inner)), box: size };
      }
      case 'clip':
      case 'force':
        return resizeTo(picture, size);
    }
  },
};
