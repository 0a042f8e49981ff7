import type { OutputFormat } from '../plan/formats.ts';
import type { InputFormat } from './sniff.ts';

/**
 * CPU and memory of each step, measured with sharp 0.35 on 12 and 24 megapixel photographs on one core of 2025. Other
 * machines and other pictures differ; what a class of jobs really takes is learned while they run.
 */

interface DecodeCost {
  /** CPU per megapixel that is decoded. */
  milliseconds: number;
  /** The same where the decoder can skip to an eighth, a quarter or a half of the size (JPEG's DCT, WebP's scaler). */
  shrunkMilliseconds: number;
  /** CPU per megapixel of a progressive or interlaced file: every pass goes over the whole picture. */
  progressiveMilliseconds: number;
  /** Held per pixel while the decoder streams from top to bottom; formats that cannot stream hold all of it. */
  bytesPerPixel: number;
  /** Held per pixel of a progressive or interlaced file, whose last pass may change the first row. */
  progressiveBytesPerPixel: number;
}

const decode = (milliseconds: number, bytesPerPixel: number, rest: Partial<DecodeCost> = {}): DecodeCost => ({
  milliseconds,
  shrunkMilliseconds: milliseconds,
  progressiveMilliseconds: milliseconds,
  bytesPerPixel,
  progressiveBytesPerPixel: bytesPerPixel,
  ...rest,
});

export const decodeCosts = {
  // A progressive JPEG keeps its coefficients: two bytes each, at 4:2:0 one and a half for each pixel.
  jpeg: decode(4, 0.1, { shrunkMilliseconds: 2, progressiveMilliseconds: 7.5, progressiveBytesPerPixel: 3 }),
  png: decode(10.5, 0.1, { progressiveMilliseconds: 14, progressiveBytesPerPixel: 4 }),
  webp: decode(15.5, 5.5, { shrunkMilliseconds: 14 }),
  // The planes of the decoder and two copies in RGB.
  avif: decode(50, 17),
  gif: decode(8, 0.5),
  tiff: decode(13, 0.5),
  // Decoded by WebAssembly, and copied out of it.
  heic: decode(48, 13),
  // By the size at which it is drawn; libvips draws one smaller that is resized at once.
  svg: decode(40, 6, { shrunkMilliseconds: 4 }),
  pdf: decode(40, 9),
} as const satisfies Record<InputFormat, DecodeCost>;

/** An SVG with filters is dearer by so much: from 2 for a blur to 20 for turbulence of nine octaves. */
export const filterFactor = 10;
export const filterBytesPerPixel = 16;

/** CPU that a format takes whatever the size: parsing an SVG, starting the WebAssembly of HEIC or PDF. */
export const openMilliseconds = {
  jpeg: 2,
  png: 2,
  webp: 2,
  avif: 4,
  gif: 3,
  tiff: 3,
  heic: 30,
  svg: 15,
  pdf: 60,
} as const satisfies Record<InputFormat, number>;

interface EncodeCost {
  /** CPU per megapixel that comes out. */
  milliseconds: number;
  bytesPerPixel: number;
}

/** Encoders by what they are asked for; the plan says which. */
export const encodeCosts = {
  jpeg: { milliseconds: 11, bytesPerPixel: 3 },
  'jpeg-progressive': { milliseconds: 20, bytesPerPixel: 6 },
  png: { milliseconds: 150, bytesPerPixel: 2 },
  'png-palette': { milliseconds: 1800, bytesPerPixel: 10 },
  webp: { milliseconds: 63, bytesPerPixel: 8 },
  'webp-slow': { milliseconds: 145, bytesPerPixel: 8 },
  'webp-lossless': { milliseconds: 1400, bytesPerPixel: 28 },
  'webp-frames': { milliseconds: 40, bytesPerPixel: 4 },
  avif: { milliseconds: 400, bytesPerPixel: 28 },
  'avif-slow': { milliseconds: 850, bytesPerPixel: 28 },
  'avif-lossless': { milliseconds: 900, bytesPerPixel: 32 },
  // Finding 256 colours and dithering to them: a drawing of few colours takes a fifth of it.
  gif: { milliseconds: 440, bytesPerPixel: 6 },
  'gif-frames': { milliseconds: 340, bytesPerPixel: 6 },
  blurhash: { milliseconds: 0, bytesPerPixel: 0 },
  thumbhash: { milliseconds: 0, bytesPerPixel: 0 },
  json: { milliseconds: 0, bytesPerPixel: 0 },
  /** None: an overlay is held as it is drawn. */
  pixels: { milliseconds: 0, bytesPerPixel: 4 },
} as const satisfies Record<OutputFormat, EncodeCost> & Record<string, EncodeCost>;
export type Encoder = keyof typeof encodeCosts;

/** Resampling and conversion to sRGB, CPU per megapixel that comes out. */
export const resizeMilliseconds = 20;

/** What a plan asks for beside size and format, dearest first: the first that applies names the class. */
export const works = ['faces', 'overlay', 'whole', 'search', 'paint', 'plain'] as const;
export type Work = (typeof works)[number];

/** CPU that each adds: fixed, and per megapixel that comes out. */
export const workCosts = {
  /** A small network over the whole picture. */
  faces: { fixed: 300, perMegapixel: 0 },
  /** The overlay's own picture is counted by itself. */
  overlay: { fixed: 3, perMegapixel: 20 },
  /** The decoded original is held, because it is read in another order or twice: trim, region, any turn. */
  whole: { fixed: 2, perMegapixel: 5 },
  /** Attention and entropy look at a small copy. */
  search: { fixed: 12, perMegapixel: 0 },
  /** Blur, colours; text costs more on top of it. */
  paint: { fixed: 4, perMegapixel: 45 },
  plain: { fixed: 0, perMegapixel: 0 },
} as const satisfies Record<Work, { fixed: number; perMegapixel: number }>;

/** CPU of a text, by what is drawn of it, seen or not; to fit it, its lines are broken over and over. */
export const textCosts = { fixed: 2, fitted: 10, perLetter: 0.03, perMegapixel: 8, bytesPerPixel: 8.5 };

/** Decoding without a size to skip to, then a second copy in another order; bytes per pixel that is decoded. */
export const wholeBytesPerPixel = { opaque: 6, alpha: 8 };

/** Colours, hashes and faces that `json`, `blurhash` and `thumbhash` look for on a small copy, CPU. */
export const describeMilliseconds: Partial<Record<OutputFormat, number>> = {
  blurhash: 12,
  thumbhash: 8,
  json: 60,
};

/** What the network for faces and its runtime hold. */
export const facesBytes = 180e6;
