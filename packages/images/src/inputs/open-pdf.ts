import { readFileSync } from 'node:fs';
import { PDFiumLibrary, type PDFiumDocument } from '@hyzyla/pdfium';
import { uprightSize } from '../plan/geometry.ts';
import { RenderError } from '../render/render-error.ts';
import { checkPixels } from './guards.ts';
import type { OpenJob } from './open-job.ts';
import type { OpenedOriginal } from './opened-original.ts';
import { pageIndex } from './plan-frames.ts';
import { fromRgba } from './rgb-pixels.ts';
import { turn } from './turn.ts';
import { vectorScale } from './vector-scale.ts';

/** Dots an inch of a page's natural size: an A4 page is 1240 x 1754 pixels, so that its letters can be read. */
const naturalDensity = 150;
const pointsPerInch = 72;

let loading: Promise<PDFiumLibrary> | undefined;

/** 50 ms and 20 MB, once in the life of a renderer. */
const library = (): Promise<PDFiumLibrary> => (loading ??= PDFiumLibrary.init());

/** After a failure its memory is in an unknown state: the next PDF gets a new one. */
const discardLibrary = (): void => {
  loading = undefined;
};

const explain = (cause: unknown): RenderError => {
  if (cause instanceof RenderError) return cause;
  discardLibrary();
  const isLocked = cause instanceof Error && /password|security scheme/i.test(cause.message);
  return new RenderError(
    'not-an-image',
    isLocked ? 'This PDF is protected by a password' : 'This PDF is broken',
    {
      cause,
    },
  );
};

const renderPage = async (document: PDFiumDocument, { plan, limits }: OpenJob): Promise<OpenedOriginal> => {
  const page = document.getPage(pageIndex(plan, document.getPageCount()));
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const zoom = naturalDensity / pointsPerInch;
  const natural = { width: Math.round(originalWidth * zoom), height: Math.round(originalHeight * zoom) };
  if (!(natural.width > 0 && natural.height > 0))
    throw new RenderError('not-an-image', 'This page of the PDF is empty');
  checkPixels(natural, 1, limits);

  const orientation = plan.values.orientation ?? 1;
  const scale = vectorScale(uprightSize(natural, orientation), plan, limits);
  const drawn = {
    width: Math.max(1, Math.round(natural.width * scale)),
    height: Math.max(1, Math.round(natural.height * scale)),
  };
  checkPixels(drawn, 1, limits);
  const { data } = await page.render({ ...drawn, scale: 1, render: async ({ data: rgba }) => rgba });
  const opened: OpenedOriginal = {
    image: fromRgba(data, drawn, { alpha: false }),
    facts: { format: 'pdf', ...natural, orientation: 1, frames: 1, alpha: false, progressive: false },
    ...uprightSize(drawn, orientation),
    frames: 1,
    animation: null,
    rgbProfile: false,
  };
  return orientation === 1 ? opened : turn(opened, orientation);
};

/** One page on white paper, drawn at the size that is asked for. Scripts and forms in it do nothing. */
export const openPdf = async (job: OpenJob): Promise<OpenedOriginal> => {
  let document: PDFiumDocument | undefined;
  try {
    document = await (await library()).loadDocument(readFileSync(job.original.path));
    return await renderPage(document, job);
  } catch (cause) {
    throw explain(cause);
  } finally {
    document?.destroy();
  }
};
