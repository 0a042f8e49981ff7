import type { ZipEntry } from './zip-entry.ts';

// What Windows refuses in names, controls, and what turns the reading direction of a name around (Unicode TR 9, 2.7).
const unsafe = /[<>:"|?*\\\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A path that stays in the folder it is unpacked in, on every system: no root, no drive, no way up (APPNOTE 4.4.17: forward
 * slashes, and none in front). NFC, as other names of ours.
 */
const safePath = (name: string): string => {
  const segments = name
    .toWellFormed()
    .normalize('NFC')
    .split('/')
    .filter((segment) => segment !== '')
    // A dot or space at an end vanishes on Windows, and `..` climbs everywhere.
    .map((segment) => segment.replaceAll(unsafe, '_').replace(/[. ]+$/u, '_'));
  return segments.length === 0 ? '_' : segments.join('/');
};

/** `a/b.jpg` -> `a/b (2).jpg`. */
const numbered = (path: string, count: number): string => {
  const dot = path.lastIndexOf('.');
  const cut = dot > path.lastIndexOf('/') + 1 ? dot : path.length;
  return `${path.slice(0, cut)} (${count})${path.slice(cut)}`;
};

/**
 * Entries with names that are safe and each its own. Names that differ by case only are numbered too: on Windows and on macOS
 * one would be written over the other. An object that stands for a folder (its key ends in a slash) gives a name that does.
 *
 * @example nameEntries([{ key: 'x/a.jpg', name: 'a.jpg' }, { key: 'y/A.jpg', name: 'A.jpg' }]) // a.jpg, A (2).jpg
 */
export const nameEntries = (entries: readonly ZipEntry[]): ZipEntry[] => {
  const taken = new Set<string>();
  /** Where counting goes on for a name: thousands of one name are found in one pass. */
  const counts = new Map<string, number>();
  return entries.map(({ key, name }) => {
    const isFolder = key.endsWith('/');
    const path = safePath(name);
    const base = path.toLowerCase();
    let own = path;
    let count = counts.get(base) ?? 1;
    while (taken.has(own.toLowerCase())) {
      count += 1;
      own = numbered(path, count);
    }
    counts.set(base, count);
    taken.add(own.toLowerCase());
    return { key, name: isFolder ? `${own}/` : own };
  });
};
