import { readFileSync } from 'node:fs';
import decodeHeic from 'heic-decode';
import { uprightSize } from '../plan/geometry.ts';
import { RenderError } from '../render/render-error.ts';
import { checkPixels } from './guards.ts';
import { keepsProfile } from './icc-profile.ts';
import type { OpenJob } from './open-job.ts';
import type { OpenedOriginal } from './opened-original.ts';
import { pageIndex } from './plan-frames.ts';
import { readHeader } from './read-header.ts';
import { fromRgba } from './rgb-pixels.ts';
import { turn } from './turn.ts';

const broken = (cause: unknown): RenderError =>
  cause instanceof RenderError ? cause : new RenderError('not-an-image', 'This HEIC is broken', { cause });

/**
 * Photographs of iPhones. HEVC is patented, so sharp's build has no decoder for it; this is libheif in WebAssembly.
 * It has turned the pixels already (`irot` and `imir` are part of the picture in HEIF), so the EXIF orientation, which
 * says the same once more, is not applied (ISO/IEC 23008-12, annex A.2).
 */
export const openHeic = async ({ original, plan, limits }: OpenJob): Promise<OpenedOriginal> => {
  const header = await readHeader(original.path, 'heic');
  checkPixels(header, 1, limits);
  const images = await decodeHeic.all({ buffer: readFileSync(original.path) }).catch((cause: unknown) => {
    throw broken(cause);
  });
  try {
    const image = images[pageIndex(plan, images.length)];
    if (image === undefined) throw new RenderError('not-an-image', 'This HEIC holds no picture');
    // What libvips read is the first picture's size.
    checkPixels(image, 1, limits);
    const { data, width, height } = await image.decode();
    const rgbProfile = keepsProfile(header) && !header.hasAlpha;
    const orientation = plan.values.orientation ?? 1;
    const opened: OpenedOriginal = {
      image: fromRgba(
        data,
        { width, height },
        { alpha: header.hasAlpha, icc: rgbProfile ? header.icc : undefined },
      ),
      facts: {
        format: 'heic',
        width,
        height,
        orientation: 1,
        frames: 1,
        alpha: header.hasAlpha,
        progressive: false,
      },
      ...uprightSize({ width, height }, orientation),
      frames: 1,
      animation: null,
      rgbProfile,
    };
    return orientation === 1 ? opened : await turn(opened, orientation);
  } catch (cause) {
    throw broken(cause);
  } finally {
    images.dispose();
  }
};
