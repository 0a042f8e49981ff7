import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, open, read } from 'node:fs';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { SourceChanged, type FileReading, type PartBody, type UploadSource } from '@windlass/transfer';
import type { ChunkPool } from './chunk-pool.ts';
import type { LocalFile } from './collect-files.ts';

const openFile = promisify(open);
const readFile = promisify(read);

/** Reads a range into memory that its caller brings. */
export interface FileRangeReader extends Disposable {
  /**
   * @param from bytes from the start of the range
   * @returns the part of `into` that was filled
   * @throws SourceChanged, with the last bytes of the range at the latest
   */
  read(into: Uint8Array, from: number): Promise<Uint8Array>;
}

/** A range of a file on this disk; opened when it is read, so that thousands of them hold nothing. */
export class FileRange implements PartBody {
  readonly #file: Omit<LocalFile, 'name'>;
  readonly #start: number;
  readonly size: number;

  /** @param file as it was collected: where it has another size or time by now, it is not read */
  constructor(file: Omit<LocalFile, 'name'>, start: number, end: number) {
    this.#file = file;
    this.#start = start;
    this.size = end - start;
  }

  /**
   * For a reader with memory of its own. Plain descriptors, and closed at once: for a small file, a `FileHandle` costs a
   * third more, and to close what was only read waits for no disk. It is closed when nothing reads any more.
   *
   * @throws SourceChanged
   */
  async open(): Promise<FileRangeReader> {
    const { path, size, lastModified } = this.#file;
    const file = await openFile(path, 'r');
    // Of an open file the kernel knows this by heart, so that nothing is waited for.
    const refuseChanged = (): void => {
      const now = fstatSync(file);
      if (now.size !== size || Math.floor(now.mtimeMs) !== lastModified)
        throw new SourceChanged(`${path} has changed since it was collected.`);
    };
    const close = (): void => closeSync(file);
    try {
      refuseChanged();
    } catch (error) {
      close();
      throw error;
    }
    return {
      read: async (into, from) => {
        const wanted = Math.min(into.byteLength, this.size - from);
        const { bytesRead } = await readFile(file, into, 0, wanted, this.#start + from);
        if (bytesRead === 0 || from + bytesRead === this.size) refuseChanged();
        if (bytesRead === 0) throw new RangeError(`${path} ended before its size.`);
        return into.subarray(0, bytesRead);
      },
      [Symbol.dispose]: close,
    };
  }

  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const end = this.#start + this.size - 1;
    const file =
      this.size === 0 ? Readable.from([]) : createReadStream(this.#file.path, { start: this.#start, end });
    // Node types the chunks of a web stream as any; those of a file are bytes.
    return Readable.toWeb(file) as ReadableStream<Uint8Array<ArrayBuffer>>;
  }

  /** @throws SourceChanged */
  async arrayBuffer(): Promise<ArrayBuffer> {
    const buffer = new ArrayBuffer(this.size);
    using reader = await this.open();
    for (let filled = 0; filled < this.size;)
      filled += (await reader.read(new Uint8Array(buffer, filled), filled)).byteLength;
    return buffer;
  }
}

/**
 * The hash is computed here, between two reads: what a thread of its own would spare is less than the copy that
 * `crypto.subtle` makes of the bytes.
 */
const readThrough = async (body: FileRange, chunks: ChunkPool, headBytes: number): Promise<FileReading> => {
  const hash = createHash('sha256');
  const head = new Uint8Array(Math.min(headBytes, body.size));
  const chunk = chunks.take();
  try {
    using reader = await body.open();
    for (let at = 0; at < body.size;) {
      const bytes = await reader.read(chunk, at);
      // A read may give less than there is, over a network.
      if (at < head.byteLength) head.set(bytes.subarray(0, head.byteLength - at), at);
      hash.update(bytes);
      at += bytes.byteLength;
    }
  } finally {
    chunks.giveBack(chunk);
  }
  return { head, sha256: hash.digest() };
};

/** Sources of files on this disk, which are read by way of these chunks. */
export const createLocalSources =
  (chunks: ChunkPool) =>
  (file: LocalFile): UploadSource<FileRange> => ({
    name: file.name,
    size: file.size,
    lastModified: file.lastModified,
    slice: (start, end) => new FileRange(file, start, end),
    readThrough: (headBytes) => readThrough(new FileRange(file, 0, file.size), chunks, headBytes),
  });
