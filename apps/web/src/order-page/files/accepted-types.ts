/** Types that browsers give no media type, by the ending of their names. */
const endings: Readonly<Record<string, string>> = {
  'image/heic': '.heic',
  'image/heif': '.heif',
  'image/tiff': '.tif,.tiff',
};

/**
 * What a file picker offers, for `accept`. Many systems know no type for HEIC, and would show such photos greyed out where
 * pictures are asked for.
 *
 * @returns undefined where everything is taken
 */
export const acceptOf = (types: readonly string[] | null): string | undefined => {
  if (types === null) return undefined;
  const extra = types.includes('image/*')
    ? Object.values(endings)
    : types.flatMap((type) => endings[type] ?? []);
  return [...types, ...extra].join(',');
};

/** Whether pictures are asked for, and nothing else. */
export const isForPictures = (types: readonly string[] | null): boolean =>
  types !== null && types.every((type) => type.startsWith('image/'));

/** Whether a camera has something to give. */
export const takesPhotos = (types: readonly string[] | null): boolean =>
  types === null || types.includes('image/*') || types.includes('image/jpeg');
