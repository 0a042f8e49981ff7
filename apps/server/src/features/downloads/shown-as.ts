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
  // Without a script in any reading of it: with its type signed, a browser takes it for nothing else.
  txt: 'text/plain; charset=utf-8',
};

/** What browsers and S3 say of what they do not know. */
const unsaid = 'application/octet-stream';

const shownByItself: ReadonlySet<string> = new Set(Object.values(shownTypes));

/**
 * As what a browser may show an object; null where it is only to be saved. SVG and HTML that somebody uploaded would run their
 * scripts on the bucket's origin, and an object says of itself what its uploader said: so the answer's type is signed too.
 *
 * A PDF is saved: it has scripts of its own, and links. The one table of what is shown, for every signed GET.
 *
 * @param type what its sender said that it is; where that says nothing, the key's ending does
 * @example shownAs('a/b.JPG') // 'image/jpeg'
 * @example shownAs('a/b.jpg', 'image/svg+xml') // null
 */
export const shownAs = (key: string, type: string = unsaid): string | null => {
  if (type !== unsaid) return shownByItself.has(type) ? type : null;
  const ending = /\.([a-z0-9]+)$/i.exec(key)?.[1]?.toLowerCase();
  return ending === undefined || !Object.hasOwn(shownTypes, ending) ? null : (shownTypes[ending] ?? null);
};
