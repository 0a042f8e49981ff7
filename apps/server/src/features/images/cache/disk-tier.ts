import { createHash } from 'node:crypto';
import { close, open, read } from 'node:fs';
import { promisify } from 'node:util';
import { isDiskFull } from '../storage/disk-full.ts';
import { createFileLedger } from '../storage/file-ledger.ts';
import { openHashedFolders } from '../storage/hashed-folders.ts';
import { createRunningWork } from '../storage/running-work.ts';
import { takeSlotFolder } from '../storage/slot-folder.ts';
import { decodePictureFile, encodePictureFile } from './picture-file.ts';
import type { PictureTier } from './picture-tier.ts';
import type { TierUsage } from './tier-usage.ts';

export interface DiskTier extends PictureTier, AsyncDisposable {
  readonly name: 'disk';
  usage(): TierUsage & { failedWrites: number };
  /** Settled when the files of an earlier process are known. Until then they count as misses. */
  readonly scanned: Promise<void>;
}

export interface DiskTierOptions {
  /** May be shared with other processes: each takes a slot of its own. */
  folder: string;
  /** Of this process. */
  maxBytes: number;
  log: { warn(facts: object, message: string): void };
}

interface StoredFile {
  hash: string;
  bytes: number;
}

/** The size stands in the name, so that a start lists names and asks no file. */
const nameOf = ({ hash, bytes }: StoredFile): string => `${hash}-${bytes}`;
const namePattern = /^(?<hash>[0-9a-f]{64})-(?<bytes>[1-9]\d{0,14})$/;

const openFile = promisify(open);
const readFile = promisify(read);

/**
 * Pictures in files. A get is one open and one read; a put is a write and a rename, and nothing but a whole, unaltered
 * file is ever answered with: others are removed when they are met. A disk that is full only means that less is kept.
 */
export const createDiskTier = async ({ folder, maxBytes, log }: DiskTierOptions): Promise<DiskTier> => {
  const slot = await takeSlotFolder(folder);
  const files = await openHashedFolders(slot.path);
  const { track, settled } = createRunningWork();
  let closed = false;
  let failedWrites = 0;
  let warnedAt = -Infinity;

  const warn = (error: unknown, message: string): void => {
    if (performance.now() - warnedAt < 60_000) return;
    warnedAt = performance.now();
    log.warn({ err: error }, message);
  };
  const unlink = (file: StoredFile): Promise<void> =>
    track(
      files.remove(nameOf(file)).catch((error: unknown) => warn(error, 'a cached picture stays on disk')),
    );

  const ledger = createFileLedger<StoredFile>({ maxBytes, onEvict: (file) => void unlink(file) });

  const drop = async (file: StoredFile): Promise<void> => {
    if (ledger.peek(file.hash) === file) ledger.delete(file.hash);
    await unlink(file);
  };

  const scan = async (): Promise<void> => {
    for await (const names of files.names()) {
      if (closed) return;
      for (const name of names) {
        const found = namePattern.exec(name)?.groups;
        const file = { hash: found?.['hash'] ?? '', bytes: Number(found?.['bytes'] ?? 0) };
        const known = ledger.peek(file.hash);
        if (found === undefined) await files.remove(name);
        else if (known === undefined) ledger.setOld(file.hash, file, file.bytes);
        // Made again meanwhile, with another size.
        else if (known.bytes !== file.bytes) await files.remove(name);
      }
    }
  };
  const scanned = track(scan().catch((error: unknown) => warn(error, 'the cache on disk cannot be listed')));

  return {
    name: 'disk',
    scanned,
    get: async (key) => {
      const file = ledger.get(hashOf(key));
      if (file === undefined) return null;
      const picture = decodePictureFile(key, await readWhole(files.pathOf(nameOf(file)), file.bytes));
      if (picture === null) await drop(file);
      return picture;
    },
    put: async (key, picture) => {
      const bytes = encodePictureFile(key, picture);
      const file = { hash: hashOf(key), bytes: bytes.byteLength };
      if (file.bytes > maxBytes || closed) return;
      const write = files.create(async (handle) => {
        await handle.writeFile(bytes);
        return { name: nameOf(file), result: undefined };
      });
      try {
        await track(write);
      } catch (error) {
        failedWrites += 1;
        // Where the disk is full, the newest still find room.
        if (isDiskFull(error)) ledger.trim(ledger.bytes - 2 * file.bytes);
        warn(error, 'a picture could not be kept on disk');
        return;
      }
      const before = ledger.peek(file.hash);
      ledger.set(file.hash, file, file.bytes);
      if (before !== undefined && before.bytes !== file.bytes) await unlink(before);
    },
    delete: async (key) => {
      const file = ledger.peek(hashOf(key));
      if (file !== undefined) await drop(file);
    },
    usage: () => ({ bytes: ledger.bytes, entries: ledger.size, evictions: ledger.evictions, failedWrites }),
    [Symbol.asyncDispose]: async () => {
      closed = true;
      await settled();
      await slot[Symbol.asyncDispose]();
    },
  };
};

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

const nothing = new Uint8Array(0);

/** Up to `bytes`; nothing where the file cannot be read. The callback API: a FileHandle costs three times the CPU. */
const readWhole = async (path: string, bytes: number): Promise<Uint8Array> => {
  try {
    const descriptor = await openFile(path, 'r');
    try {
      const buffer = Buffer.allocUnsafeSlow(bytes);
      const { bytesRead } = await readFile(descriptor, buffer, 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      // Nobody waits for a close, and of a file that was only read it cannot say anything.
      close(descriptor, () => {});
    }
  } catch {
    return nothing;
  }
};
