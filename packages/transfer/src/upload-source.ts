/**
 * A range of a file that is about to be sent. A `Blob` is one; Node's sender knows its own kind, made of a file descriptor
 * and a range.
 */
export interface PartBody {
  /** Bytes. */
  readonly size: number;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * What reading a source fails with where the source knows that its file is not the one that was chosen any more: a receipt
 * would tell the hash of other bytes than the bucket has, and parts would be put together of two versions.
 */
export class SourceChanged extends Error {
  override readonly name = 'SourceChanged';
}

/** What is learnt of a file by reading it from end to end. */
export interface FileReading {
  /** Its first bytes: as many as were asked for, or all there are. */
  head: Uint8Array<ArrayBuffer>;
  /** 32 bytes of SHA-256. */
  sha256: Uint8Array;
}

/** A file to upload. Nothing of it is read before its turn, and never more than one part at a time. */
export interface UploadSource<Body extends PartBody = Blob> {
  /** Name, or path with slashes where it came in a folder. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970; a file that was changed since is not resumed. */
  readonly lastModified: number;
  /** What the browser takes it for; looked up by its first bytes where it is missing, vague or a picture. */
  readonly type?: string | undefined;
  /**
   * Bytes from `start` up to `end`, not included. Throws or rejects in reading where the file is gone, with `SourceChanged`
   * where it is known to be another.
   */
  slice(start: number, end: number): Body;
  /**
   * Reads the whole file without holding it in memory, for a source that can; of another a small file is read into memory.
   * Rejects where the file cannot be read, or has become shorter.
   */
  readonly readThrough?: ((headBytes: number) => Promise<FileReading>) | undefined;
}

/**
 * @param name when the file's own is not wanted, e.g. with its folder
 * @example uploader.add([sourceOfFile(input.files[0])])
 */
export const sourceOfFile = (file: File, name = file.webkitRelativePath || file.name): UploadSource => ({
  name,
  size: file.size,
  lastModified: file.lastModified,
  type: file.type,
  // Each slice is one more Blob that the browser keeps account of, in another process.
  slice: (start, end) => (start === 0 && end === file.size ? file : file.slice(start, end)),
});
