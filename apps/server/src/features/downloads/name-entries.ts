import { replaceDeceptions } from '../../kernel/deceptive-characters.ts';
import { foldersOf } from '../../kernel/folders-of.ts';
import { renamedPath } from '../../kernel/renamed-path.ts';
import type { ZipEntry } from './zip-entry.ts';

/** What Windows refuses in names. */
const reserved = /[<>:"|?*\\]/g;
/** Names of its devices, with any ending (Microsoft: Naming Files, Paths, and Namespaces). */
const device = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³]) *(\.|$)/i;

const safeSegment = (segment: string): string => {
  const name = replaceDeceptions(segment, '_')
    .replaceAll(reserved, '_')
    // A dot or space at an end vanishes on Windows, and `..` climbs everywhere.
    .replace(/[. ]+$/u, '_');
  return device.test(name) ? `_${name}` : name;
};

/**
 * A path that stays in the folder it is unpacked in, on every system: no root, no drive, no device, no way up (APPNOTE 4.4.17:
 * forward slashes, and none in front). NFC, as other names of ours.
 */
const safePath = (name: string): string => {
  const segments = name
    .toWellFormed()
    .normalize('NFC')
    .split('/')
    .filter((segment) => segment !== '')
    .map(safeSegment);
  return segments.length === 0 ? '_' : segments.join('/');
};

/**
 * Entries with names that are safe and each its own. Names that differ by case only are numbered too: on Windows and on macOS
 * one would be written over the other; so are files of the name of a folder, which only buckets can hold beside it. An object
 * that stands for a folder (its key ends in a slash) gives a name that does.
 *
 * @example nameEntries([{ key: 'x/a.jpg', name: 'a.jpg' }, { key: 'y/A.jpg', name: 'A.jpg' }]) // a.jpg, A (2).jpg
 */
export const nameEntries = (entries: readonly ZipEntry[]): ZipEntry[] => {
  const taken = new Set<string>();
  /** Where counting goes on for a name: thousands of one name are found in one pass. */
  const counts = new Map<string, number>();
  const paths = entries.map(({ key, name }) => ({ key, path: safePath(name), isFolder: key.endsWith('/') }));
  const folders = new Set(
    paths.flatMap(({ path, isFolder }) => foldersOf((isFolder ? `${path}/` : path).toLowerCase())),
  );
  return paths.map(({ key, path, isFolder }) => {
    const isTaken = (own: string): boolean => taken.has(own) || (!isFolder && folders.has(own));
    const base = path.toLowerCase();
    let own = path;
    let count = counts.get(base) ?? 1;
    while (isTaken(own.toLowerCase())) {
      count += 1;
      own = renamedPath(path, count);
    }
    counts.set(base, count);
    taken.add(own.toLowerCase());
    return { key, name: isFolder ? `${own}/` : own };
  });
};
