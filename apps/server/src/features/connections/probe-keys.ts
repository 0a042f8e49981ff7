/** The one key that a check ever writes: below the prefix and always the same, so that a check never fills a bucket. */
export const probeKey = (prefix: string): string => `${prefix}.windlass-probe`;

/**
 * A key that is never written, outside of the prefix: beside it, where a pattern without its closing slash would not
 * reach, so that only a right on the whole bucket does.
 */
export const outsideKey = (prefix: string): string =>
  prefix.startsWith('windlass-outside/')
    ? 'windlass-beyond/.windlass-probe'
    : 'windlass-outside/.windlass-probe';
