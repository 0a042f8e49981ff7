import { createHash } from 'node:crypto';
import { AppError } from '../../../kernel/app-error.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { withTimeout } from '../../../kernel/timing.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { decodePictureFile, encodePictureFile } from './picture-file.ts';
import type { PictureTier } from './picture-tier.ts';

/** What the tier needs of a team's bucket; that of `platform/s3` is one. A missing object is AppError `notFound`, or null. */
export interface CacheBucket {
  getObject(
    key: string,
    options: { signal: AbortSignal; maxBytes: number },
  ): Promise<{ bytes: Uint8Array } | null>;
  putObject(
    key: string,
    body: Uint8Array,
    options: { signal: AbortSignal; contentType?: string },
  ): Promise<void>;
  deleteObject(key: string, options: { signal: AbortSignal }): Promise<void>;
}

export interface BucketTier extends PictureTier {
  readonly name: 'bucket';
  /** True while calls are held off, because the last ones all failed. */
  readonly paused: boolean;
}

export interface BucketTierOptions {
  bucket: CacheBucket;
  clock: Clock;
  log: { warn(facts: object, message: string): void };
  /** Larger files are neither written nor read. Default 16 MiB. */
  maxBytes?: number;
  /** Someone waits for a get: soon making the picture is faster. Default 2 s. */
  getTimeoutMilliseconds?: number;
  /** Default 20 s. */
  putTimeoutMilliseconds?: number;
}

const cachePrefix = '.windlass/cache/';

/** @example cacheObjectKey('k') // '.windlass/cache/82/8254c329a92850f6d539dd376f4816ee2764517da5e0235514af433164480d7a' */
export const cacheObjectKey = (key: string): string => {
  const hash = createHash('sha256').update(key).digest('hex');
  return `${cachePrefix}${hash.slice(0, 2)}/${hash}`;
};

/**
 * Pictures in a team's own bucket, for all processes and across deployments. Its failures are nobody's: a get is then a
 * miss and a put is lost, and after five of them in a row the bucket is left alone for 30 seconds. Make one tier a
 * connection and keep it, because the pause is its memory.
 */
export const createBucketTier = ({
  bucket,
  clock,
  log,
  maxBytes = 16 * 1024 * 1024,
  getTimeoutMilliseconds = 2000,
  putTimeoutMilliseconds = 20_000,
}: BucketTierOptions): BucketTier => {
  const breaker = createCircuitBreaker({ clock, failuresInARow: 5, pauseMilliseconds: 30_000 });

  /** Null where it failed or is paused. */
  const attempt = async <T>(
    milliseconds: number,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | null> => {
    if (!breaker.allows()) return null;
    try {
      const result = await withTimeout(milliseconds, 'the bucket of the cache', work, signal);
      breaker.succeeded();
      return result;
    } catch (error) {
      // Whoever called asked for the end: that says nothing of the bucket.
      if (signal?.aborted === true) return null;
      // An answer, and so is an object that somebody made too large.
      if (isAnswer(error)) {
        breaker.succeeded();
        return null;
      }
      breaker.failed();
      if (breaker.paused)
        log.warn({ err: error }, 'the bucket of the cache fails and is left alone for 30 s');
      return null;
    }
  };

  const remove = async (key: string): Promise<void> => {
    await attempt(putTimeoutMilliseconds, undefined, (signal) =>
      bucket.deleteObject(cacheObjectKey(key), { signal }),
    );
  };

  return {
    name: 'bucket',
    get paused() {
      return breaker.paused;
    },
    get: async (key, outer) => {
      const object = await attempt(getTimeoutMilliseconds, outer, (signal) =>
        bucket.getObject(cacheObjectKey(key), { signal, maxBytes }),
      );
      if (object === null) return null;
      const picture = decodePictureFile(key, object.bytes);
      // Nobody waits for the end of it, and it reports to nobody.
      if (picture === null) void remove(key);
      return picture;
    },
    put: async (key, picture) => {
      const body = encodePictureFile(key, picture);
      if (body.byteLength > maxBytes) return;
      await attempt(putTimeoutMilliseconds, undefined, (signal) =>
        bucket.putObject(cacheObjectKey(key), body, { signal, contentType: 'application/octet-stream' }),
      );
    },
    delete: remove,
  };
};

const isAnswer = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'notFound' || error.code === 'payloadTooLarge');
