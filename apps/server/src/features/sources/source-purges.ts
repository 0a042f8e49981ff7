/**
 * What was purged of a source, and when: milliseconds of the epoch. A purge is a fact with a time, so that no cache has to
 * be walked: a picture made before it does not count any more, wherever it lies.
 */
export interface SourcePurges {
  /** The whole source; null where it never was. */
  all: number | null;
  /** By the path of the URL below the source. */
  paths: ReadonlyMap<string, number>;
  prefixes: readonly { prefix: string; at: number }[];
  tags: ReadonlyMap<string, number>;
}

/** Of a source that nothing was ever purged of. */
export const noPurges: SourcePurges = { all: null, paths: new Map(), prefixes: [], tags: new Map() };
