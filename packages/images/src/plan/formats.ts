/** Formats that are pictures. */
export const pictureFormats = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

/** Formats that come out; the last three are text about the picture. */
export const outputFormats = [...pictureFormats, 'blurhash', 'thumbhash', 'json'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** What `format` takes; `auto` is settled by what the client accepts and what the picture is. */
export const requestedFormats = [...outputFormats, 'auto'] as const;
export type RequestedFormat = (typeof requestedFormats)[number];

interface FormatFacts {
  contentType: string;
  extension: string;
  /** False: transparency is painted over. */
  alpha: boolean;
  /** False: only the first frame is taken. */
  animation: boolean;
  /** False: `quality` means nothing here. */
  quality: boolean;
  /** Largest width or height that the format can hold. */
  maxSide: number;
}

export const formatFacts = {
  jpeg: {
    contentType: 'image/jpeg',
    extension: 'jpg',
    alpha: false,
    animation: false,
    quality: true,
    maxSide: 65_500,
  },
  png: {
    contentType: 'image/png',
    extension: 'png',
    alpha: true,
    animation: false,
    quality: false,
    maxSide: 65_535,
  },
  webp: {
    contentType: 'image/webp',
    extension: 'webp',
    alpha: true,
    animation: true,
    quality: true,
    maxSide: 16_383,
  },
  avif: {
    contentType: 'image/avif',
    extension: 'avif',
    alpha: true,
    animation: false,
    quality: true,
    maxSide: 16_384,
  },
  gif: {
    contentType: 'image/gif',
    extension: 'gif',
    alpha: true,
    animation: true,
    quality: false,
    maxSide: 65_535,
  },
  blurhash: {
    contentType: 'text/plain; charset=utf-8',
    extension: 'txt',
    alpha: false,
    animation: false,
    quality: false,
    maxSide: 65_535,
  },
  thumbhash: {
    contentType: 'text/plain; charset=utf-8',
    extension: 'txt',
    alpha: true,
    animation: false,
    quality: false,
    maxSide: 65_535,
  },
  json: {
    contentType: 'application/json; charset=utf-8',
    extension: 'json',
    alpha: true,
    animation: false,
    quality: false,
    maxSide: 65_535,
  },
} as const satisfies Record<OutputFormat, FormatFacts>;
