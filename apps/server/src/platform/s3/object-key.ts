import { AppError } from '../../kernel/app-error.ts';

/** AWS: Naming Amazon S3 objects; of UTF-8. */
export const maxKeyBytes = 1024;

/**
 * The whole key, of which a connection sees the part below its prefix.
 *
 * @throws AppError notFound for a key that no object here can have
 */
export const fullKey = (prefix: string, key: string): string => {
  const full = prefix + key;
  const climbs = full.split('/').some((segment) => segment === '.' || segment === '..');
  if (
    key === '' ||
    climbs ||
    full.includes('\0') ||
    !full.isWellFormed() ||
    Buffer.byteLength(full) > maxKeyBytes
  ) {
    throw new AppError('notFound', 'There is no such object.');
  }
  return full;
};

/** A key out of a list with encoding-type=url, which writes a space as `+` or `%20`, and a plus always as `%2B`. */
export const decodeListedKey = (key: string): string => {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    // A server that says it encodes, and does not.
    return key;
  }
};
