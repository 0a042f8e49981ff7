import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { PartBody, UploadSource } from '@windlass/transfer';
import type { LocalFile } from './collect-files.ts';

const chunkBytes = 256 * 1024;

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

  /** As Node reads it. The reader consumes or destroys it. */
  read(): ReadStream | Readable {
    if (this.size === 0) return Readable.from([]);
    return createReadStream(this.#path, {
      start: this.#start,
      end: this.#start + this.size - 1,
      highWaterMark: chunkBytes,
    });
  }

  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    // Node types the chunks of a web stream as any; those of a file are bytes.
    return Readable.toWeb(this.read()) as ReadableStream<Uint8Array<ArrayBuffer>>;
  }

  /** @throws RangeError where the file has become shorter */
  async arrayBuffer(): Promise<ArrayBuffer> {
    const buffer = new ArrayBuffer(this.size);
    await using file = await open(this.#path);
    let filled = 0;
    while (filled < this.size) {
      const { bytesRead } = await file.read(
        new Uint8Array(buffer, filled),
        0,
        this.size - filled,
        this.#start + filled,
      );
      if (bytesRead === 0) throw new RangeError(`${this.#path} has become shorter.`);
      filled += bytesRead;
    }
    return buffer;
  }
}

export const sourceOfLocalFile = ({
  path,
  name,
  size,
  lastModified,
}: LocalFile): UploadSource<FileRange> => ({
  name,
  size,
  lastModified,
  slice: (start, end) => new FileRange(path, start, end),
});
