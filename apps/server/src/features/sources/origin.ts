import type { Readable } from 'node:stream';

/** What an origin says of an object without sending it. */
export interface OriginFacts {
  etag: string | null;
  lastModified: Date | null;
  size: number | null;
}

export interface OriginObject extends OriginFacts {
  /** Ends in an error beyond `maxBytes`. The caller consumes or destroys it. */
  body: Readable;
}

/**
 * Where originals of one source come from: a bucket through its connection, or a web folder. Failures are AppErrors:
 * `notFound`, `payloadTooLarge`, `originTimeout`, `originFailed`, `endpointRefused`. When `signal` was aborted, its
 * reason is thrown.
 */
export interface Origin {
  /**
   * Equal for equal places: team, and connection with the bucket that it names, or base URL. Part of cache keys. New
   * credentials, a new name and other settings of the source leave it as it is.
   */
  id: string;
  /** Null while the object still has the ETag (or the date, where it has no ETag) of `ifChanged`. */
  open(
    key: string,
    options: { signal: AbortSignal; maxBytes: number; ifChanged?: OriginFacts },
  ): Promise<OriginObject | null>;
  head(key: string, options: { signal: AbortSignal }): Promise<OriginFacts>;
}
