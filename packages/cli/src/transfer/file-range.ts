import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FileReading, PartBody, UploadSource } from '@windlass/transfer';
import type { ChunkPool } from './chunk-pool.ts';
import type { LocalFile } from './collect-files.ts';

/** Reads a range into memory that its caller brings. */
export interface FileRangeReader extends AsyncDisposable {
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

  /** For a reader with memory of its own. */
  async open(): Promise<FileRangeReader> {
    const file = await open(this.#path);
    return {
      read: async (into, from) => {
        const wanted = Math.min(into.byteLength, this.size - from);
        const { bytesRead } = await file.read(into, 0, wanted, this.#start + from);
        if (bytesRead === 0) throw new RangeError(`${this.#path} has become shorter.`);
        return into.subarray(0, bytesRead);
      },
      [Symbol.asyncDispose]: () => file.close(),
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
    await using reader = await this.open();
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
    await using reader = await body.open();
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
