import type { OutputFormat } from '@windlass/images';
import type { SourceId } from '@windlass/contract';

/** What is kept beside the bytes of a picture. */
export interface PictureFacts {
  /** Strong, with quotes. */
  etag: string;
  contentType: string;
  format: OutputFormat;
  width: number;
  height: number;
  /** Of the original. */
  lastModified: string | null;
  sourceId: SourceId;
  /** The path of the URL, below the source: purges name it. */
  path: string;
  tags: readonly string[];
  /** Milliseconds of the epoch: a purge counts for everything made before it. */
  madeAt: number;
  effort: 'normal' | 'slow';
}

export interface CachedPicture {
  facts: PictureFacts;
  bytes: Uint8Array;
}

/** One place where made pictures are kept. A tier may forget at any time, and never answers with bytes that are not whole. */
export interface PictureTier {
  readonly name: 'memory' | 'disk' | 'bucket';
  get(key: string, signal: AbortSignal): Promise<CachedPicture | null>;
  put(key: string, picture: CachedPicture): Promise<void>;
  delete(key: string): Promise<void>;
}
