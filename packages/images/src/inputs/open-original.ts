import { RenderError } from '../render/render-error.ts';
import { sniff, sniffedBytes } from '../render/sniff.ts';
import { checkBytes } from './guards.ts';
import type { OpenJob } from './open-job.ts';
import { openRaster } from './open-raster.ts';
import type { OpenedOriginal } from './opened-original.ts';
import { readHead } from './read-head.ts';

/**
 * Opens an original as far as the plan needs it: its format by the first bytes, the header, the limits, and a pipeline
 * that decodes when it runs, at a fraction of the size where the format can do that. HEIC and PDF are decoded here.
 *
 * Only in a renderer's process.
 *
 * @throws RenderError not-an-image, too-large, or bad-value for a page that is not there
 */
export const openOriginal = async (job: OpenJob): Promise<OpenedOriginal> => {
  checkBytes(job.original.bytes, job.limits);
  const format = sniff(readHead(job.original.path, sniffedBytes));
  switch (format) {
    case undefined:
      throw new RenderError('not-an-image', 'This is not an image that can be read');
    // Their decoders are large and seldom needed: a renderer loads them with the first such original.
    case 'svg':
      return (await import('./open-svg.ts')).openSvg(job);
    case 'pdf':
      return (await import('./open-pdf.ts')).openPdf(job);
    case 'heic':
      return (await import('./open-heic.ts')).openHeic(job);
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'avif':
    case 'gif':
    case 'tiff':
      return openRaster(format, job);
  }
};
