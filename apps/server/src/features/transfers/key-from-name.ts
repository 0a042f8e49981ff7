import { findDeception, type Deception } from '../../kernel/deceptive-characters.ts';

/** A key, or why the name makes none; the reason completes the sentence "The name …". */
export type KeyOrRefusal = { key: string } | { reason: string };

/** S3: a key has at most 1,024 bytes of UTF-8 (AWS: Naming Amazon S3 objects). */
const maxKeyBytes = 1024;

const deceptionReasons = {
  control: 'has a control character',
  direction: 'has a character that turns the direction of writing',
  invisible: 'has an invisible character',
} as const satisfies Record<Deception, string>;

/**
 * The key that a file gets: the prefix, then its name or relative path in NFC, as people see it, so that one name typed on
 * two systems is one key. Any script is fine; nothing is replaced or cut, since a receipt that names another file than the
 * sender's helps nobody. What could lead elsewhere, or look like something else, is refused.
 *
 * A backslash is refused too: on Windows it parts folders, in a key it is a character, and either reading surprises somebody.
 *
 * @param prefix of the grant, empty or with a slash at its end
 * @param options.connectionPrefix counts for the length
 * @param options.reserved keys that are the holder's own, in any case of their letters: many disks do not tell cases apart
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
  if (reserved.some((own) => isOrIsBelow(key.toLowerCase(), own.toLowerCase())))
    return { reason: 'is kept for the list of the order itself' };
  const bytes = new TextEncoder().encode(connectionPrefix + key).length;
  if (bytes > maxKeyBytes) {
    return { reason: `makes a key of ${bytes} bytes with its prefix; S3 takes ${maxKeyBytes}` };
  }
  return { key };
};

/** Where files are unpacked, a file and a folder cannot have one name. */
const isOrIsBelow = (key: string, other: string): boolean => key === other || key.startsWith(`${other}/`);

const reasonAgainst = (name: string): string | null => {
  if (!name.isWellFormed()) return 'is no well-formed Unicode';
  const deception = findDeception(name);
  if (deception !== null) return deceptionReasons[deception];
  if (name.includes('\\')) return 'has a backslash; part folders with a slash';
  if (name.startsWith('/')) return 'begins with a slash; give a path relative to the place of upload';
  const segments = name.split('/');
  if (segments.some((segment) => segment === '.' || segment === '..')) return 'has “.” or “..” as a segment';
  if (segments.some((segment) => segment.trim() === '')) return 'has an empty segment';
  return null;
};
