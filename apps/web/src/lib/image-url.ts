/** The parameters of the preview, as its controls hold them; an empty one is not sent. */
export const modes = ['clip', 'crop', 'contain', 'force'] as const;
export const formats = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const;

export interface ImageControls {
  width: number | '';
  height: number | '';
  dpr: number;
  mode: (typeof modes)[number] | '';
  aspectRatio: string;
  format: (typeof formats)[number] | '';
  quality: number | '';
  backgroundColor: string;
  download: boolean;
  downloadName: string;
}

export const noControls: ImageControls = {
  width: '',
  height: '',
  dpr: 1,
  mode: '',
  aspectRatio: '',
  format: '',
  quality: '',
  backgroundColor: '',
  download: false,
  downloadName: '',
};

/** `16:9`, `1.85:1`: both sides above zero. */
export const isAspectRatio = (text: string): boolean => {
  const match = /^(\d{1,5}(?:\.\d{1,4})?):(\d{1,5}(?:\.\d{1,4})?)$/.exec(text);
  return match !== null && Number(match[1]) > 0 && Number(match[2]) > 0;
};

/** `#0c6b6a` as the `12,107,106` of the URL grammar; null when it is no full hexadecimal colour. */
export const colorParameter = (hex: string): string | null => {
  const match = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (match === null) return null;
  return match
    .slice(1)
    .map((part) => Number.parseInt(part, 16))
    .join(',');
};

/** The parameters by their URL names, in a fixed order; what is empty or not yet valid is left out. */
export const imageParameters = (controls: ImageControls): Record<string, string> => {
  const background = colorParameter(controls.backgroundColor);
  const entries: readonly (readonly [string, string | null])[] = [
    ['width', controls.width === '' ? null : String(controls.width)],
    ['height', controls.height === '' ? null : String(controls.height)],
    ['dpr', controls.dpr === 1 ? null : String(controls.dpr)],
    ['mode', controls.mode === '' ? null : controls.mode],
    ['aspect-ratio', isAspectRatio(controls.aspectRatio) ? controls.aspectRatio : null],
    ['format', controls.format === '' ? null : controls.format],
    ['quality', controls.quality === '' ? null : String(controls.quality)],
    ['background-color', background],
    ['download', controls.download ? controls.downloadName : null],
  ];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
};

/**
 * The parameter sets of a srcset. With a width: that width at 1, 2 and 3 device pixels, each `{n}x`.
 * Without: widths for a page from phone to wide screen, each `{w}w`.
 */
export const srcsetPlan = (
  parameters: Readonly<Record<string, string>>,
): readonly { descriptor: string; parameters: Record<string, string> }[] => {
  if ('width' in parameters || 'height' in parameters) {
    return [1, 2, 3].map((dpr) => {
      const { dpr: _, ...rest } = parameters;
      return { descriptor: `${dpr}x`, parameters: dpr === 1 ? rest : { ...rest, dpr: String(dpr) } };
    });
  }
  const { dpr: _, ...rest } = parameters;
  return [320, 640, 960, 1280, 1920].map((width) => ({
    descriptor: `${width}w`,
    parameters: { width: String(width), ...rest },
  }));
};

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An `<img>` with its srcset, ready to be pasted. */
export const imageHtml = (
  candidates: readonly { url: string; descriptor: string }[],
  size: { width: number; height: number } | null,
  alt: string,
): string => {
  const first = candidates[0];
  if (first === undefined) return '';
  const srcset = candidates.map(({ url, descriptor }) => `${escapeHtml(url)} ${descriptor}`).join(',\n    ');
  const lines = ['<img', `  src="${escapeHtml(first.url)}"`, `  srcset="${srcset}"`];
  if (first.descriptor.endsWith('w')) lines.push('  sizes="100vw"');
  if (size !== null) lines.push(`  width="${size.width}" height="${size.height}"`);
  lines.push(`  alt="${escapeHtml(alt)}"`, '  loading="lazy"', '/>');
  return lines.join('\n');
};

/** A curl line; the URL is quoted for a POSIX shell. */
export const curlLine = (url: string): string => `curl -o picture '${url.replaceAll("'", `'\\''`)}'`;

/** The path of an object as a URL path: each segment encoded, slashes kept (a key may hold `?`, `#` or spaces). */
export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** URL of a picture of a source that is not secured. @example publicImageUrl('http://localhost:7401/demo', 'a b.jpg', { width: '300' }) */
export const publicImageUrl = (
  baseUrl: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
): string => {
  const query = new URLSearchParams(parameters).toString();
  return `${baseUrl}/${encodePath(path)}${query === '' ? '' : `?${query}`}`;
};
