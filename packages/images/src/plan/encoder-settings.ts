import type { OutputFormat } from './formats.ts';

/**
 * Raise when a change here or in the pipeline changes the bytes of a picture: it is part of every ETag.
 */
export const settingsRevision = 1;

/**
 * AVIF's own number for a quality on the common scale. AVIF 63 looks like JPEG 80 and WebP 80; measured with
 * ssimulacra and butteraugli on four photographs.
 */
export const avifQuality = (quality: number): number =>
  Math.max(1, Math.round(quality <= 80 ? (quality * 63) / 80 : 63 + ((quality - 80) * 37) / 20));

export interface EncoderSettings {
  jpeg: { quality: number; progressive: true; mozjpeg: false; chromaSubsampling: '4:2:0' };
  webp: { quality: number; effort: number };
  avif: { quality: number; effort: number; chromaSubsampling: '4:4:4' };
  png: { palette: false };
  gif: { effort: number };
}

/**
 * Settings for one picture. Chosen for CPU: WebP effort 2 takes half of effort 4 for 3 % more bytes, AVIF effort 1 a
 * thirteenth of effort 4 for 4 %, mozjpeg eight times as much as progressive JPEG for 3 to 7 %.
 */
export const encoderSettings = <F extends OutputFormat>(
  format: F,
  quality: number,
  animated: boolean,
): EncoderSettings[F] => {
  const all: EncoderSettings = {
    jpeg: { quality, progressive: true, mozjpeg: false, chromaSubsampling: '4:2:0' },
    // Every frame of an animation is encoded: the cheapest effort keeps them inside the deadline.
    webp: { quality, effort: animated ? 0 : 2 },
    avif: { quality: avifQuality(quality), effort: 1, chromaSubsampling: '4:4:4' },
    png: { palette: false },
    gif: { effort: 3 },
  };
  return all[format];
};
