/** CSS pixels of the longer side on the page, at two device pixels each. */
const longestSide = 640;
/** The contract takes 200,000 characters of data: URL; base64 has four for three bytes. */
const mostCharacters = 200_000;
const types: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp']);

const asDataUrl = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    // readAsDataURL gives text and nothing else (File API, 6.3).
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
    reader.addEventListener('error', () =>
      reject(new Error('This picture cannot be read.', { cause: reader.error })),
    );
    reader.readAsDataURL(blob);
  });

/**
 * A picture as a data: URL that an order page can keep: as it is where it is small enough, else scaled down to WebP,
 * which keeps transparency.
 *
 * @throws Error with words for the person, where it is no picture or stays too large.
 */
export const logoFrom = async (file: File): Promise<string> => {
  if (!types.has(file.type)) throw new Error('Takes a PNG, JPEG or WebP.');
  const whole = await asDataUrl(file);
  if (whole.length <= mostCharacters) return whole;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch (error) {
    throw new Error('This picture cannot be read.', { cause: error });
  }
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const small = await asDataUrl(await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 }));
  if (small.length > mostCharacters) throw new Error('This picture stays too large: choose a simpler one.');
  return small;
};
