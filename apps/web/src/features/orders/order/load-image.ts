/**
 * Loads a picture as `<img>` does: without CORS, so that a bucket needs no rule for it, and with the camera's own turn.
 *
 * @throws EncodingError where the browser cannot show it; the signal's reason.
 */
export const loadImage = async (url: string, signal: AbortSignal): Promise<HTMLImageElement> => {
  signal.throwIfAborted();
  const image = new Image();
  image.decoding = 'async';
  image.referrerPolicy = 'no-referrer';
  const stop = () => image.removeAttribute('src');
  signal.addEventListener('abort', stop, { once: true });
  try {
    image.src = url;
    await image.decode();
    return image;
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

/**
 * Draws a picture onto a canvas of this many CSS pixels, filled and centred like `object-fit: cover`. The original is
 * let go of after it: five hundred originals of twelve megapixels would need gigabytes.
 */
export const drawCovering = (canvas: HTMLCanvasElement, image: HTMLImageElement, side: number): void => {
  const pixels = Math.round(side * Math.min(2, globalThis.devicePixelRatio));
  canvas.width = pixels;
  canvas.height = pixels;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = pixels / Math.min(width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    image,
    (pixels - width * scale) / 2,
    (pixels - height * scale) / 2,
    width * scale,
    height * scale,
  );
};
