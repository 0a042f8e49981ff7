import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { OriginalFile } from '@windlass/images';
import { createFileLedger } from '../storage/file-ledger.ts';
import type { HashedFolders } from '../storage/hashed-folders.ts';
import { createRunningWork } from '../storage/running-work.ts';
import type { Downloaded } from './download.ts';
import { isWhole } from './is-whole.ts';
import {
  formatOriginalName,
  parseOriginalName,
  type OriginalKind,
  type OriginalName,
} from './original-name.ts';

/** An original on disk. It stays there while `holds` is not 0, whatever else happens. */
export interface StoredOriginal {
  readonly place: string;
  /** Null where it cannot be told from another version: it then lives only as long as it is held. */
  readonly version: string | null;
  readonly original: OriginalName;
  mezzanine: OriginalName | null;
  holds: number;
  /** In the ledger; else it is removed with its last hold. */
  kept: boolean;
  /** Of what an earlier process left, the checksum is computed once, for all who ask. */
  verified: Promise<boolean> | null;
}

export interface OriginalStore {
  /** Holds it where it is there in this version, whole; null of what has no version. */
  hold(place: string, version: string | null): Promise<StoredOriginal | null>;
  /** Writes a file and holds it. In place of another version where `isLatest` says so; else it goes with its last hold. */
  add(
    place: string,
    version: string | null,
    isLatest: () => boolean,
    write: (file: FileHandle) => Promise<Downloaded>,
  ): Promise<StoredOriginal>;
  /** One hold more. */
  share(stored: StoredOriginal): void;
  release(stored: StoredOriginal): void;
  /** Where that version is kept; else nothing is written. */
  putMezzanine(place: string, version: string | null, bytes: Uint8Array): Promise<void>;
  /** Which version is kept, if any. */
  versionAt(place: string): string | null;
  drop(place: string): void;
  fileOf(name: OriginalName): OriginalFile;
  /** Evicts so many bytes, where the disk is full. */
  makeRoom(bytes: number): void;
  /** Takes in what earlier processes left. */
  scan(signal: AbortSignal): Promise<void>;
  stats(): { bytes: number; files: number; evictions: number };
  /** Resolves when no file is being removed any more. */
  settled(): Promise<void>;
}

export interface OriginalStoreOptions {
  files: HashedFolders;
  maxBytes: number;
  warn(error: unknown, message: string): void;
}

/** What stands for the version in the name of a file that has none. */
const noVersion = '0'.repeat(16);

export const createOriginalStore = ({ files, maxBytes, warn }: OriginalStoreOptions): OriginalStore => {
  const removals = createRunningWork();
  const run = randomBytes(8).toString('hex');
  let serial = 0;
  /** Of what is held, but in the ledger no more. */
  let looseBytes = 0;

  const nameOf = (
    place: string,
    version: string | null,
    kind: OriginalKind,
    { bytes, crc }: Downloaded,
  ): OriginalName => {
    serial += 1;
    return { place, version: version ?? noVersion, kind, bytes, crc, run, serial };
  };
  const fileOf = (name: OriginalName): OriginalFile => ({
    path: files.pathOf(formatOriginalName(name)),
    bytes: name.bytes,
  });
  const bytesOf = ({ original, mezzanine }: StoredOriginal): number =>
    original.bytes + (mezzanine?.bytes ?? 0);

  const removeFile = (name: string): void => {
    void removals.track(
      files.remove(name).catch((error: unknown) => warn(error, 'an original stays on disk')),
    );
  };
  const removeFiles = ({ original, mezzanine }: StoredOriginal): void => {
    removeFile(formatOriginalName(original));
    if (mezzanine !== null) removeFile(formatOriginalName(mezzanine));
  };

  const letGo = (stored: StoredOriginal): void => {
    stored.kept = false;
    if (stored.holds === 0) removeFiles(stored);
    else looseBytes += bytesOf(stored);
  };
  const ledger = createFileLedger<StoredOriginal>({
    maxBytes,
    mayEvict: ({ holds }) => holds === 0,
    onEvict: letGo,
  });
  const drop = (place: string): void => {
    const stored = ledger.peek(place);
    if (stored === undefined) return;
    ledger.delete(place);
    letGo(stored);
  };
  const release = (stored: StoredOriginal): void => {
    stored.holds -= 1;
    if (stored.holds > 0) return;
    if (stored.kept) {
      // It may have been what held the ledger above its bound.
      ledger.trim();
      return;
    }
    looseBytes -= bytesOf(stored);
    removeFiles(stored);
  };

  const verify = async ({ original, mezzanine }: StoredOriginal): Promise<boolean> =>
    (await isWhole(fileOf(original), original.crc)) &&
    (mezzanine === null || isWhole(fileOf(mezzanine), mezzanine.crc));
  /** Files of a cache may be removed by whoever cleans disks, so each hold looks once more. */
  const isThere = async (stored: StoredOriginal): Promise<boolean> => {
    stored.verified ??= verify(stored);
    const { original, mezzanine } = stored;
    return (
      (await stored.verified) &&
      (await isWhole(fileOf(original), null)) &&
      (mezzanine === null || isWhole(fileOf(mezzanine), null))
    );
  };

  /** Names of one folder: an original and its mezzanine are in the same one. */
  const takeIn = (names: readonly string[]): void => {
    const found = names.map((text) => ({ text, name: parseOriginalName(text) }));
    const ofKind = (kind: OriginalKind) =>
      found.flatMap(({ text, name }) => (name?.kind === kind && name.run !== run ? [{ text, name }] : []));
    for (const { text, name } of found) if (name === null) removeFile(text);
    for (const { text, name: original } of ofKind('o')) {
      const { place, version } = original;
      // One version is kept, and what this process wrote is newer.
      if (version === noVersion || ledger.peek(place) !== undefined) removeFile(text);
      else {
        const left = { place, version, original, mezzanine: null, holds: 0, kept: true, verified: null };
        ledger.setOld(place, left, original.bytes);
      }
    }
    for (const { text, name: mezzanine } of ofKind('m')) {
      const stored = ledger.peek(mezzanine.place);
      const isIts = stored?.version === mezzanine.version && stored.verified === null;
      if (!isIts || stored.mezzanine !== null) removeFile(text);
      else {
        stored.mezzanine = mezzanine;
        ledger.setOld(stored.place, stored, bytesOf(stored));
      }
    }
  };

  return {
    hold: async (place, version) => {
      const stored = version === null ? undefined : ledger.get(place);
      if (stored === undefined || stored.version !== version) return null;
      stored.holds += 1;
      if (await isThere(stored)) return stored;
      if (ledger.peek(place) === stored) drop(place);
      release(stored);
      return null;
    },
    add: async (place, version, isLatest, write) => {
      const original = await files.create(async (file) => {
        const name = nameOf(place, version, 'o', await write(file));
        return { name: formatOriginalName(name), result: name };
      });
      const kept = version !== null && original.bytes > 0 && isLatest();
      const verified = Promise.resolve(true);
      const stored = { place, version, original, mezzanine: null, holds: 1, kept, verified };
      if (stored.kept) {
        drop(place);
        ledger.set(place, stored, original.bytes);
      } else looseBytes += original.bytes;
      return stored;
    },
    share: (stored) => {
      stored.holds += 1;
    },
    release,
    putMezzanine: async (place, version, bytes) => {
      const stored = version === null ? undefined : ledger.peek(place);
      if (stored === undefined || stored.version !== version || stored.mezzanine !== null) return;
      const name = nameOf(place, version, 'm', { bytes: bytes.byteLength, crc: crc32(bytes) });
      await files.create(async (file) => {
        await file.writeFile(bytes);
        return { name: formatOriginalName(name), result: undefined };
      });
      // Meanwhile it may have been evicted or replaced, or another mezzanine was quicker.
      if (ledger.peek(place) !== stored || stored.mezzanine !== null) {
        removeFile(formatOriginalName(name));
        return;
      }
      stored.mezzanine = name;
      ledger.set(place, stored, bytesOf(stored));
    },
    versionAt: (place) => ledger.peek(place)?.version ?? null,
    drop,
    fileOf,
    makeRoom: (bytes) => ledger.trim(ledger.bytes - bytes),
    scan: async (signal) => {
      for await (const names of files.names()) {
        if (signal.aborted) return;
        takeIn(names);
      }
    },
    stats: () => ({ bytes: ledger.bytes + looseBytes, files: ledger.size, evictions: ledger.evictions }),
    settled: removals.settled,
  };
};
