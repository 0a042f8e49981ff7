const shownTypes: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  gif: 'image/gif',
  heic: 'image/heic',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  webp: 'image/webp',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  webm: 'video/webm',
};

/**
 * As what a browser may show an object; null where it is only to be saved. SVG and HTML that somebody uploaded would run their
 * scripts on the bucket's origin, and an object says of itself what its uploader said: so the answer's type is signed too.
 *
 * @example shownAs('a/b.JPG') // 'image/jpeg'
 */
export const shownAs = (key: string): string | null => {
  const ending = /\.([a-z0-9]+)$/i.exec(key)?.[1]?.toLowerCase();
  return ending === undefined || !Object.hasOwn(shownTypes, ending) ? null : (shownTypes[ending] ?? null);
};
