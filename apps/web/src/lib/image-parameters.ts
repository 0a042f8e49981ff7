/** Parameters of an image URL by their names, as text, in the order they are sent in. */
export type ImageParameters = Readonly<Record<string, string>>;

/** Reads a query string such as a preset or the address of a page holds. Of two values for one name the last counts. */
export const readParameters = (query: string): ImageParameters =>
  Object.fromEntries(new URLSearchParams(query.replace(/^\?/, '')));

/**
 * Parameters as a query string that people can read: commas, colons and slashes stay as they are, for a query may
 * hold them (RFC 3986 3.4).
 *
 * @example writeParameters({ width: '600', 'aspect-ratio': '16:9' }) // width=600&aspect-ratio=16:9
 */
export const writeParameters = (parameters: ImageParameters): string =>
  new URLSearchParams(parameters)
    .toString()
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
    .replaceAll('%2F', '/');

/** The same parameters with some left out. */
export const withoutParameters = (parameters: ImageParameters, names: readonly string[]): ImageParameters =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.includes(name)));
