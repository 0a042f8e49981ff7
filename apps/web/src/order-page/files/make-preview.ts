/** Wide enough for a tile on a screen of three dots a pixel. */
const previewWidth = 400;
const quality = 0.8;

const draw = (bitmap: ImageBitmap): HTMLCanvasElement | OffscreenCanvas => {
  const { width, height } = bitmap;
  const canvas =
    typeof OffscreenCanvas === 'undefined'
      ? Object.assign(document.createElement('canvas'), { width, height })
      : new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no pictures.');
  // JPEG has no transparency, and would show black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  return canvas;
};

const encode = (canvas: HTMLCanvasElement | OffscreenCanvas): Promise<Blob> => {
  if (!(canvas instanceof HTMLCanvasElement)) return canvas.convertToBlob({ type: 'image/jpeg', quality });
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture could not be encoded.')) : resolve(blob)),
      'image/jpeg',
      quality,
    );
  });
};

/**
 * A small JPEG of a picture, upright as its EXIF says. The browser decodes off the page's thread and lets go of the large
 * bitmap at once: three hundred photos of 12 MP would otherwise be 14 GB.
 *
 * @throws where this browser cannot read the picture (HEIC outside Safari, RAW)
 */
export const makePreview = async (file: Blob): Promise<Blob> => {
  const bitmap = await createImageBitmap(file, { resizeWidth: previewWidth, resizeQuality: 'medium' });
  try {
    return await encode(draw(bitmap));
  } finally {
    bitmap.close();
  }
};
