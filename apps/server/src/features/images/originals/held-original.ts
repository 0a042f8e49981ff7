import type { OriginalFacts, OriginalFile } from '@windlass/images';
import type { Origin, OriginFacts } from './origin.ts';
import type { PurgedSince } from './origin-failures.ts';

/** An original on this disk, kept there until it is disposed. */
export interface HeldOriginal extends Disposable {
  file: OriginalFile;
  origin: OriginFacts;
  /** A 2048 px stand-in, once there is one. */
  mezzanine: OriginalFile | null;
  /** What an earlier render learned. */
  facts: OriginalFacts | null;
}

/** What is known of an original without holding its bytes. */
export interface KnownOriginal {
  origin: OriginFacts;
  facts: OriginalFacts | null;
  /** When the origin last said so, milliseconds of the epoch. */
  checkedAt: number;
}

export interface Originals extends AsyncDisposable {
  /** From memory or disk, no call to the origin; null where nothing is known. */
  known(origin: Origin, key: string): KnownOriginal | null;
  /**
   * Asks the origin for its facts (one HEAD for all who ask at once) and remembers them; failures too, for a moment.
   *
   * @param purgedSince tells which of the remembered failures a purge has ended; absent: none
   * @throws AppError notFound, where the original is gone: nothing of it is known or on disk any more; others as they come
   */
  check(origin: Origin, key: string, signal: AbortSignal, purgedSince?: PurgedSince): Promise<KnownOriginal>;
  /** The bytes as `origin` has them: from disk when they are those of `version`, else fetched, once for all who ask. */
  hold(
    origin: Origin,
    key: string,
    options: {
      signal: AbortSignal;
      maxBytes: number;
      version: OriginFacts | null;
      /** As `check` takes it. */
      purgedSince?: PurgedSince;
    },
  ): Promise<HeldOriginal>;
  /** Remembers what a render told, for admission. */
  learn(origin: Origin, key: string, facts: OriginalFacts): void;
  /** Keeps a stand-in beside the original, until that changes or is evicted. */
  putMezzanine(origin: Origin, key: string, version: OriginFacts, bytes: Uint8Array): Promise<void>;
  forget(origin: Origin, key: string): void;
  stats(): { bytes: number; files: number; fetches: number };
}
