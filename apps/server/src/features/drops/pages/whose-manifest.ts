import type { OrderId } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import { bucketFailureOf, type Bucket } from '../../../platform/s3/index.ts';

/** 5,000 files with their options are some megabytes. */
const maxManifestBytes = 32 * 1024 * 1024;

/** `unknown`: the connection may not read. */
export type ManifestOwner = 'ours' | 'others' | 'none' | 'unknown';

/**
 * Looks at what lies under the key of an order's manifest. Another installation on the same bucket and prefix gives the same
 * order numbers, so that the key alone says nothing.
 *
 * @throws AppError where the bucket does not answer
 */
export const whoseManifest = async (
  bucket: Pick<Bucket, 'getObject'>,
  { key, orderId }: { key: string; orderId: OrderId },
  signal: AbortSignal,
): Promise<ManifestOwner> => {
  try {
    const found = await bucket.getObject(key, { maxBytes: maxManifestBytes, signal });
    const isOurs = found !== null && Buffer.from(found.bytes).includes(`"orderId": "${orderId}"`);
    return isOurs ? 'ours' : 'others';
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'notFound') return 'none';
    if (bucketFailureOf(error)?.kind === 'denied') return 'unknown';
    // Larger than any manifest.
    if (error.status < 500) return 'others';
    throw error;
  }
};
