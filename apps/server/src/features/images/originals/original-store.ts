import { createReadStream } from 'node:fs';
import { stat, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { OriginalFile } from '@windlass/images';
import { createFileLedger } from '../storage/file-ledger.ts';
import type { HashedFolders } from '../storage/hashed-folders.ts';
import { formatOriginalName, parseOriginalName, type OriginalName } from './original-name.ts';

/** An original on disk. It stays there while `holds` is not 0, whatever else happens. */
export interface StoredOriginal {
  readonly place: string;
  /** Null where it cannot be told from another version: it then lives only as long as it is held. */
  readonly version: string | null;
  original: OriginalName;
  mezzanine: OriginalName | null;
  holds: number;
  /** In the ledger; else it is removed with its last hold. */
  kept: boolean;
  /** Its checksum was computed by this process. */
  verified: boolean;
}

export interface OriginalStore {
  /** Holds it where it is there in this version, whole. */
  hold(place: string, version: string): Promise<StoredOriginal | null>;
  /** Writes a file and holds it. It replaces another version; `keep` false: it goes with its last hold. */
  add(
    place: string,
    version: string | null,
    keep: () => boolean,
    write: (file: FileHandle) => Promise<{ bytes: number; crc: number }>,
  ): Promise<StoredOriginal>;
  /** One hold more, for a second user. */
  share(stored: StoredOriginal): void;
  release(stored: StoredOriginal): void;
  putMezzanine(place: string, version: string, bytes: Uint8Array): Promise<void>;
  /** Which version is kept, if any. */
  versionAt(place: string): string | null;
  drop(place: string): void;
  fileOf(name: OriginalName): OriginalFile;
  /** Makes room where the disk is full. */
  makeRoom(bytes: number): void;
  /** Takes in what an earlier process left. */
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

/** An original that came without a validator has a version only so that its file has a name. */
const noVersion = '0'.repeat(16);

export const createOriginalStore = ({ files, maxBytes, warn }: OriginalStoreOptions): OriginalStore => {
  const removals = new Set<Promise<void>>();
  /** Held, but in the ledger no more. */
  let looseBytes = 0;

  const removeFile = (name: OriginalName): void => {
    const removal = files
      .remove(formatOriginalName(name))
      .catch((error: unknown) => warn(error, 'an original stays on disk'))
      .finally(() => removals.delete(removal));
    removals.add(removal);
  };
  const bytesOf = ({ original, mezzanine }: StoredOriginal): number =>
    original.bytes + (mezzanine?.bytes ?? 0);
  const removeFiles = (stored: StoredOriginal): void => {
    // The same bytes may have been stored under the same names since.
    const now = ledger.peek(stored.place);
    for (const name of [stored.original, stored.mezzanine]) {
      if (name !== null && !isPartOf(now, name)) removeFile(name);
    }
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
      ledger.trim();
      return;
    }
    looseBytes -= bytesOf(stored);
    removeFiles(stored);
  };

  const fileOf = (name: OriginalName): OriginalFile => ({
    path: files.pathOf(formatOriginalName(name)),
    bytes: name.bytes,
  });

  const keep = (stored: StoredOriginal): void => {
    drop(stored.place);
    stored.kept = true;
    ledger.set(stored.place, stored, bytesOf(stored));
  };

  const takeIn = (names: readonly string[]): void => {
    const parsed = names.map((name) => ({ name, facts: parseOriginalName(name) }));
    for (const { name, facts } of parsed) {
      if (facts === null)
        void files.remove(name).catch((error: unknown) => warn(error, 'a file stays on disk'));
    }
    const found = parsed.flatMap(({ facts }) => (facts === null ? [] : [facts]));
    for (const original of found.filter(({ kind }) => kind === 'o')) {
      const { place, version } = original;
      if (isPartOf(ledger.peek(place), original)) continue;
      // Only one version is kept, and one of this process is newer.
      if (ledger.peek(place) !== undefined || version === noVersion) {
        removeFile(original);
        continue;
      }
      const left = { place, version, original, mezzanine: null, holds: 0, kept: true, verified: false };
      ledger.setOld(place, left, original.bytes);
    }
    for (const mezzanine of found.filter(({ kind }) => kind === 'm')) {
      const stored = ledger.peek(mezzanine.place);
      if (isPartOf(stored, mezzanine)) continue;
      const isOrphan = stored === undefined || stored.version !== mezzanine.version || stored.verified;
      if (isOrphan || stored.mezzanine !== null) {
        removeFile(mezzanine);
        continue;
      }
      stored.mezzanine = mezzanine;
      ledger.setOld(stored.place, stored, bytesOf(stored));
    }
  };

  return {
    hold: async (place, version) => {
      const stored = ledger.get(place);
      if (stored === undefined || stored.version !== version) return null;
      stored.holds += 1;
      const { original, mezzanine } = stored;
      const whole = await Promise.all(
        [original, mezzanine].map(async (name) => {
          if (name === null) return true;
          return isWhole(fileOf(name), stored.verified ? null : name.crc);
        }),
      );
      if (whole.every(Boolean)) {
        stored.verified = true;
        return stored;
      }
      if (ledger.peek(place) === stored) drop(place);
      release(stored);
      return null;
    },
    add: async (place, version, mayKeep, write) => {
      let original: OriginalName | undefined;
      await files.create(async (file) => {
        const { bytes, crc } = await write(file);
        original = { place, version: version ?? noVersion, kind: 'o', bytes, crc };
        return formatOriginalName(original);
      });
      if (original === undefined) throw new Error('A file was created without being written');
      const stored = { place, version, original, mezzanine: null, holds: 1, kept: false, verified: true };
      if (version !== null && original.bytes > 0 && mayKeep()) keep(stored);
      else looseBytes += original.bytes;
      return stored;
    },
    share: (stored) => {
      stored.holds += 1;
    },
    release,
    putMezzanine: async (place, version, bytes) => {
      const stored = ledger.peek(place);
      if (stored === undefined || stored.version !== version || bytes.byteLength === 0) return;
      const mezzanine: OriginalName = {
        place,
        version,
        kind: 'm',
        bytes: bytes.byteLength,
        crc: crc32(bytes),
      };
      await files.create(async (file) => {
        await file.writeFile(bytes);
        return formatOriginalName(mezzanine);
      });
      if (ledger.peek(place) !== stored || stored.mezzanine !== null) {
        if (!isPartOf(ledger.peek(place), mezzanine)) removeFile(mezzanine);
        return;
      }
      stored.mezzanine = mezzanine;
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
    stats: () => ({
      bytes: ledger.bytes + looseBytes,
      files: ledger.size,
      evictions: ledger.evictions,
    }),
    settled: async () => {
      while (removals.size > 0) await Promise.all(removals);
    },
  };
};

const isPartOf = (stored: StoredOriginal | undefined, name: OriginalName): boolean => {
  const wanted = formatOriginalName(name);
  return [stored?.original, stored?.mezzanine].some(
    (part) => part !== undefined && part !== null && formatOriginalName(part) === wanted,
  );
};

/** Whether the file has its length and, where one is given, its checksum. */
const isWhole = async ({ path, bytes }: OriginalFile, crc: number | null): Promise<boolean> => {
  try {
    const { size } = await stat(path);
    if (size !== bytes) return false;
    if (crc === null) return true;
    let found = 0;
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      // A stream without an encoding gives buffers.
      found = crc32(chunk as Buffer, found);
    }
    return found === crc;
  } catch {
    // Removed or unreadable: not whole, whatever the reason.
    return false;
  }
};
