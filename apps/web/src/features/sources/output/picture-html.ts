const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export interface UrlCandidate {
  url: string;
  /** `2x` or `640w`. */
  descriptor: string;
}

export interface PictureHtml {
  /** For the `<img>`, smallest first; its last resort in `src` is the first of them. */
  candidates: readonly UrlCandidate[];
  /** A `<source>` each, best first; none makes a bare `<img>`. */
  sources: readonly { type: string; candidates: readonly UrlCandidate[] }[];
  /** Written where the descriptors are widths. */
  sizes: string;
  /** CSS pixels, so that the page does not jump when the picture comes. */
  size: { width: number; height: number } | null;
  alt: string;
}

const isFluid = (candidates: readonly UrlCandidate[]): boolean =>
  candidates[0]?.descriptor.endsWith('w') ?? false;

/** Attribute `srcset`; one candidate with no alternative needs none. */
const srcset = (candidates: readonly UrlCandidate[], indent: string): string =>
  candidates.map(({ url, descriptor }) => `${escapeHtml(url)} ${descriptor}`).join(`,\n${indent}  `);

const imageLines = ({ candidates, sizes, size, alt }: PictureHtml, indent: string): string[] => {
  const inner = `${indent}  `;
  const lines = [`${indent}<img`, `${inner}src="${escapeHtml(candidates[0]?.url ?? '')}"`];
  if (candidates.length > 1) lines.push(`${inner}srcset="${srcset(candidates, inner)}"`);
  if (isFluid(candidates)) lines.push(`${inner}sizes="${escapeHtml(sizes)}"`);
  if (size !== null) lines.push(`${inner}width="${size.width}" height="${size.height}"`);
  lines.push(`${inner}alt="${escapeHtml(alt)}"`, `${inner}loading="lazy"`, `${inner}decoding="async"`);
  return [...lines, `${indent}/>`];
};

/** An `<img>`, or a `<picture>` around it, ready to be pasted. Empty without a candidate. */
export const pictureHtml = (html: PictureHtml): string => {
  if (html.candidates.length === 0) return '';
  if (html.sources.length === 0) return imageLines(html, '').join('\n');
  const sources = html.sources.flatMap(({ type, candidates }) => [
    '  <source',
    `    type="${type}"`,
    `    srcset="${srcset(candidates, '    ')}"`,
    ...(isFluid(candidates) ? [`    sizes="${escapeHtml(html.sizes)}"`] : []),
    '  />',
  ]);
  return ['<picture>', ...sources, ...imageLines(html, '  '), '</picture>'].join('\n');
};
