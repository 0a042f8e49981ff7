/** A web address is one component of the path, whatever the case of its scheme. */
const isWebUrl = (path: string): boolean => /^https?:\/\//i.test(path) && URL.canParse(path);

/**
 * The path that is signed: as given, without slashes at either end.
 *
 * @throws TypeError for `.` and `..` segments, which every client of HTTP takes away before it sends them, so that no
 * signature over them could be right
 */
export const plainPath = (path: string): string => {
  const plain = path.replace(/^\/+/, '').replace(/\/+$/, '');
  if (!isWebUrl(plain) && plain.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw new TypeError('A path may not hold the segments . and ..');
  }
  return plain;
};

/** The path that is sent: each component percent-encoded, a web address as a whole. */
export const encodedPath = (plain: string): string =>
  isWebUrl(plain) ? encodeURIComponent(plain) : plain.split('/').map(encodeURIComponent).join('/');
