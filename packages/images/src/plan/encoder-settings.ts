import type { PictureFormat } from './formats.ts';

/**
 * Raise when a change here or in the pipeline changes the bytes of a picture: it is part of every ETag.
 */
export const settingsRevision = 3;

/**
 * AVIF's own number for a quality on the common scale. AVIF 63 looks like JPEG 80 and WebP 80; measured with
 * ssimulacra and butteraugli on four photographs.
 */
export const avifQuality = (quality: number): number =>
  Math.max(1, Math.round(quality <= 80 ? (quality * 63) / 80 : 63 + ((quality - 80) * 37) / 20));

/** mozjpeg's "same" number is a lower quality: 83 looks like 80. */
export const mozjpegQuality = (quality: number): number => Math.min(100, quality + 3);

/** sharp's own options, as far as they differ from its defaults or decide the cost. */
export interface EncoderSettings {
  jpeg: { quality: number; progressive: boolean; mozjpeg: boolean; chromaSubsampling: '4:2:0' | '4:4:4' };
  webp: { quality: number; effort: number; lossless: boolean };
  avif: { quality: number; effort: number; lossless: boolean; chromaSubsampling: '4:4:4' };
  png: { progressive: boolean; palette: boolean; effort?: number };
  gif: { effort: number };
}

export interface EncoderOptions {
  /** More than one frame. */
  animated: boolean;
  /** `slow` spends more CPU on fewer bytes at the same quality. */
  effort: 'normal' | 'slow';
  subsample: '420' | '444';
  interlace: boolean;
  quantise: boolean;
  lossless: boolean;
}

const usual: EncoderOptions = {
  animated: false,
  effort: 'normal',
  subsample: '420',
  interlace: false,
  quantise: false,
  lossless: false,
};

/** Every frame of an animation is encoded: the cheapest effort keeps them inside the deadline. */
const webpEffort = ({ animated, effort }: EncoderOptions): number => {
  if (effort === 'slow') return animated ? 2 : 5;
  return animated ? 0 : 2;
};

/**
 * Settings for one picture. Chosen for CPU: WebP effort 2 takes half of effort 4 for 3 % more bytes, AVIF effort 1 a
 * thirteenth of effort 4 for 4 %, baseline JPEG half of progressive for 4 %, mozjpeg eight times as much for 6 to 10,
 * a palette at effort 1 a quarter of effort 7 for 20. WebP's preset for photographs gives the same bytes and, by
 * butteraugli on six photographs, 4 % more error.
 *
 * @param quality 1 to 100 on the common scale
 * @example encoderSettings('avif', 80) // { quality: 63, effort: 1, lossless: false, chromaSubsampling: '4:4:4' }
 */
export const encoderSettings = <F extends PictureFormat>(
  format: F,
  quality: number,
  options: Partial<EncoderOptions> = {},
): EncoderSettings[F] => {
  const all = { ...usual, ...options };
  const { interlace, lossless, quantise } = all;
  const slow = all.effort === 'slow';
  const settings: EncoderSettings = {
    jpeg: {
      quality: slow ? mozjpegQuality(quality) : quality,
      // mozjpeg's gain is in its scans.
      progressive: interlace || slow,
      mozjpeg: slow,
      chromaSubsampling: all.subsample === '444' ? '4:4:4' : '4:2:0',
    },
    webp: { quality, effort: webpEffort(all), lossless },
    avif: { quality: avifQuality(quality), effort: slow ? 3 : 1, lossless, chromaSubsampling: '4:4:4' },
    png: { progressive: interlace, palette: quantise, ...(quantise ? { effort: slow ? 7 : 1 } : {}) },
    gif: { effort: slow ? 7 : 3 },
  };
  return settings[format];
};
