import type { ResolvedSource } from '../../sources/index.ts';

const MiB = 1024 * 1024;

/**
 * How pictures of orders are made. Their URLs are written and signed here alone, so that no rule of sizes or presets is
 * needed. Labs get larger originals than websites do: medium format has 100 megapixels.
 */
export const pictureSettings = {
  prefix: '',
  defaultParameters: '',
  presets: {},
  presetsOnly: false,
  allowedSizes: null,
  // AVIF would save a few kilobytes of each, and hundreds are asked for at once of a server that nobody wants to wait for.
  autoFormats: ['webp'],
  limits: {
    maxInputBytes: 100 * MiB,
    maxInputPixels: 120_000_000,
    maxInputFrames: 200,
    maxOutputSide: 2048,
  },
  // An uploaded file is never written over, but somebody with the bucket's keys may delete it: its place is asked after a minute.
  maxAgeSeconds: 60,
  revalidateSeconds: 60,
  staleSeconds: 0,
  fallbackPath: null,
  onError: 'text',
  cacheConnectionId: null,
} as const satisfies Partial<ResolvedSource>;
