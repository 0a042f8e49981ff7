/** A key, or why the name makes none; the reason completes the sentence "The name …". */
export type KeyOrRefusal = { key: string } | { reason: string };

/** S3: a key has at most 1,024 bytes of UTF-8 (AWS: Naming Amazon S3 objects). */
const maxKeyBytes = 1024;

/** C0, DEL and C1: no file of a person has them, and XML, headers and terminals choke on them. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f]/;
/** Marks, embeddings, overrides and isolates: `gpj.exe` can be made to look like `exe.jpg` (Unicode TR 36, 3.1). */
const bidirectional = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/** Line and paragraph separators, and the mark of byte order. */
const invisible = /[\u2028\u2029\ufeff]/;

/**
 * The key that a file gets: the prefix, then its name or relative path in NFC, as people see it, so that one name typed on
 * two systems is one key. Any script is fine; nothing is replaced or cut, since a receipt that names another file than the
 * sender's helps nobody. What could lead elsewhere, or look like something else, is refused.
 *
 * A backslash is refused too: on Windows it parts folders, in a key it is a character, and either reading surprises somebody.
 *
 * @param prefix of the grant, empty or with a slash at its end
 * @param options.connectionPrefix counts for the length
 * @param options.reserved keys that are the holder's own
 * @example keyFromName('orders/7/', 'Hochzeit/Grüße.jpg', { connectionPrefix: '', reserved: [] })
 *   // { key: 'orders/7/Hochzeit/Grüße.jpg' }
 */
export const keyFromName = (
  prefix: string,
  name: string,
  { connectionPrefix, reserved }: { connectionPrefix: string; reserved: readonly string[] },
): KeyOrRefusal => {
  const normal = name.normalize('NFC');
  const reason = reasonAgainst(normal);
  if (reason !== null) return { reason };
  const key = prefix + normal;
  if (reserved.includes(key)) return { reason: 'is kept for the list of the order itself' };
  const bytes = new TextEncoder().encode(connectionPrefix + key).length;
  if (bytes > maxKeyBytes) {
    return { reason: `makes a key of ${bytes} bytes with its prefix; S3 takes ${maxKeyBytes}` };
  }
  return { key };
};

const reasonAgainst = (name: string): string | null => {
  if (!name.isWellFormed()) return 'is no well-formed Unicode';
  if (control.test(name)) return 'has a control character';
  if (bidirectional.test(name)) return 'has a character that turns the direction of writing';
  if (invisible.test(name)) return 'has an invisible character';
  if (name.includes('\\')) return 'has a backslash; part folders with a slash';
  if (name.startsWith('/')) return 'begins with a slash; give a path relative to the place of upload';
  const segments = name.split('/');
  if (segments.some((segment) => segment === '.' || segment === '..')) return 'has “.” or “..” as a segment';
  if (segments.some((segment) => segment.trim() === '')) return 'has an empty segment';
  return null;
};
