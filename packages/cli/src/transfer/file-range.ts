import { createHash } from 'node:crypto';
import { closeSync, createReadStream, open, read } from 'node:fs';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { FileReading, PartBody, UploadSource } from '@windlass/transfer';
import type { ChunkPool } from './chunk-pool.ts';
import type { LocalFile } from './collect-files.ts';

const openFile = promisify(open);
const readFile = promisify(read);

/** Reads a range into memory that its caller brings. */
export interface FileRangeReader extends Disposable {
  /**
   * @param from bytes from the start of the range
   * @returns the part of `into` that was filled
   * @throws RangeError where the file has become shorter
   */
  read(into: Uint8Array, from: number): Promise<Uint8Array>;
}

/** A range of a file on this disk; opened when it is read, so that thousands of them hold nothing. */
export class FileRange implements PartBody {
  readonly #path: string;
  readonly #start: number;
  readonly size: number;

  constructor(path: string, start: number, end: number) {
    this.#path = path;
    this.#start = start;
    this.size = end - start;
  }

  /**
   * For a reader with memory of its own. Plain descriptors, and closed at once: for a small file, a `FileHandle` costs a
   * third more, and to close what was only read waits for no disk. It is closed when nothing reads any more.
   */
  async open(): Promise<FileRangeReader> {
    const file = await openFile(this.#path, 'r');
    return {
      read: async (into, from) => {
        const wanted = Math.min(into.byteLength, this.size - from);
        const { bytesRead } = await readFile(file, into, 0, wanted, this.#start + from);
        if (bytesRead === 0) throw new RangeError(`${this.#path} has become shorter.`);
        return into.subarray(0, bytesRead);
      },
      [Symbol.dispose]: () => closeSync(file),
    };
  }

  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const end = this.#start + this.size - 1;
    const file =
      this.size === 0 ? Readable.from([]) : createReadStream(this.#path, { start: this.#start, end });
    // Node types the chunks of a web stream as any; those of a file are bytes.
    return Readable.toWeb(file) as ReadableStream<Uint8Array<ArrayBuffer>>;
  }

  /** @throws RangeError where the file has become shorter */
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
  let head = new Uint8Array();
  const chunk = chunks.take();
  try {
    using reader = await body.open();
    for (let at = 0; at < body.size;) {
      const bytes = await reader.read(chunk, at);
      if (at === 0) head = new Uint8Array(bytes.subarray(0, headBytes));
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
  ({ path, name, size, lastModified }: LocalFile): UploadSource<FileRange> => ({
    name,
    size,
    lastModified,
    slice: (start, end) => new FileRange(path, start, end),
    readThrough: (headBytes) => readThrough(new FileRange(path, 0, size), chunks, headBytes),
  });
