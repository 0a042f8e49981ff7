/** The validators of a picture. */
export interface Validators {
  /** Strong, with quotes. */
  etag: string;
  /** Of the original. */
  lastModified: Date | null;
}

export interface Conditions {
  ifNoneMatch: string | undefined;
  ifModifiedSince: string | undefined;
}

/** RFC 9110 13.1.2: `*` or a list of tags, compared weakly. */
export const etagMatches = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);

/**
 * Whether the caller has the picture already, in the order of RFC 9110 13.2.2: If-Modified-Since counts only where
 * there is no If-None-Match. A date that cannot be read is no condition.
 */
export const notModified = (
  { ifNoneMatch, ifModifiedSince }: Conditions,
  { etag, lastModified }: Validators,
): boolean => {
  if (ifNoneMatch !== undefined) return etagMatches(ifNoneMatch, etag);
  if (ifModifiedSince === undefined || lastModified === null) return false;
  const since = Date.parse(ifModifiedSince);
  // HTTP dates have whole seconds.
  return !Number.isNaN(since) && Math.floor(lastModified.getTime() / 1000) * 1000 <= since;
};
