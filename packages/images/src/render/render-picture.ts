import sharp, { type Metadata, type Sharp } from 'sharp';
import type { Color } from '../plan/color.ts';
import { encoderSettings } from '../plan/encoder-settings.ts';
import { formatFacts } from '../plan/formats.ts';
import { outputSize, type Size } from '../plan/geometry.ts';
import type { Plan } from '../plan/plan.ts';
import type { RenderedPicture, RenderJob, RenderLimits } from './job.ts';
import { RenderError } from './render-error.ts';
import { sniff } from './sniff.ts';

const transparent = { r: 0, g: 0, b: 0, alpha: 0 };

const sharpColor = (color: Color) => ({
  r: color.red,
  g: color.green,
  b: color.blue,
  alpha: color.alpha / 255,
});

const readHeader = async (original: Uint8Array): Promise<Metadata> => {
  if (sniff(original) === undefined)
    throw new RenderError('not-an-image', 'This is not an image that can be read');
  try {
    // The limits are ours to check, with words of our own.
    return await sharp(original, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw new RenderError('not-an-image', 'The header of this image cannot be read', { cause });
  }
};

const checkHeader = (original: Uint8Array, header: Metadata, frames: number, limits: RenderLimits): Size => {
  const { width, height } = header.autoOrient;
  const pixels = width * height * frames;
  if (original.byteLength > limits.maxInputBytes) {
    throw new RenderError('too-large', `The original has more than ${limits.maxInputBytes} bytes`);
  }
  if (frames > limits.maxInputFrames) {
    throw new RenderError('too-large', `The original has more than ${limits.maxInputFrames} frames`);
  }
  if (pixels > limits.maxInputPixels) {
    throw new RenderError('too-large', `The original has more than ${limits.maxInputPixels} pixels`);
  }
  return { width, height };
};

const resize = (image: Sharp, plan: Plan, size: Size): Sharp => {
  const { mode } = plan.fit;
  switch (mode) {
    case 'clip':
    case 'force':
      // The exact size of a clip is computed, so stretching to it keeps the ratio and rounds once.
      return image.resize({ ...size, fit: 'fill' });
    case 'crop':
      return image.resize({ ...size, fit: 'cover', position: 'centre' });
    case 'contain':
      // sharp flattens before it pads, so the padding needs the colour itself.
      return image.resize({
        ...size,
        fit: 'contain',
        position: 'centre',
        background: plan.background?.alpha === 255 ? sharpColor(plan.background) : transparent,
      });
  }
};

const paintBackground = (image: Sharp, plan: Plan): Sharp => {
  const color = plan.background;
  if (color === null) return image;
  const background = sharpColor(color);
  if (color.alpha === 255) return image.flatten({ background });
  // flatten() knows no translucent colour: one pixel of it is tiled underneath instead.
  return image
    .ensureAlpha()
    .composite([
      { input: { create: { width: 1, height: 1, channels: 4, background } }, tile: true, blend: 'dest-over' },
    ]);
};

const encode = (image: Sharp, plan: Plan, animated: boolean): Sharp => {
  const quality = plan.quality ?? 100;
  switch (plan.format) {
    case 'jpeg':
      return image.jpeg(encoderSettings('jpeg', quality, animated));
    case 'png':
      return image.png(encoderSettings('png', quality, animated));
    case 'webp':
      return image.webp(encoderSettings('webp', quality, animated));
    case 'avif':
      return image.avif(encoderSettings('avif', quality, animated));
    case 'gif':
      return image.gif(encoderSettings('gif', quality, animated));
  }
};

/**
 * Decodes, resizes and encodes one picture: upright by its EXIF orientation, in sRGB, without metadata.
 *
 * @throws RenderError not-an-image, too-large or bad-value.
 */
export const renderPicture = async ({ original, plan, limits }: RenderJob): Promise<RenderedPicture> => {
  const started = performance.now();
  const header = await readHeader(original);
  const facts = formatFacts[plan.format];
  const animated = facts.animation && (header.pages ?? 1) > 1 && header.format !== 'tiff';
  const frames = animated ? (header.pages ?? 1) : 1;
  const size = outputSize(checkHeader(original, header, frames, limits), plan.fit, {
    maxSide: Math.min(limits.maxOutputSide, facts.maxSide),
    maxPixels: limits.maxInputPixels / frames,
  });
  const image = sharp(original, {
    animated,
    autoOrient: true,
    // Truncated files are refused; slips that every browser overlooks are not.
    failOn: 'truncated',
    limitInputPixels: limits.maxInputPixels,
    sequentialRead: true,
  });
  const painted = paintBackground(resize(image, plan, size), plan);
  try {
    const bytes = await encode(painted.toColourspace('srgb'), plan, animated).toBuffer();
    const renderMilliseconds = performance.now() - started;
    return { bytes, contentType: facts.contentType, ...size, renderMilliseconds };
  } catch (cause) {
    throw new RenderError('not-an-image', 'This image is broken', { cause });
  }
};
