import { AppError } from '../../kernel/app-error.ts';
import { bucketFailureOf, type BucketReader } from '../../platform/s3/index.ts';

const mayNotRead =
  'The connection may not read objects: its key lacks s3:GetObject. Files are there, but only somebody with another key can fetch them.';

/** Says of a refusal which right is missing, and leaves other errors as they are. */
export const explainRefusal = (error: unknown): unknown =>
  bucketFailureOf(error)?.kind === 'denied'
    ? new AppError('originFailed', mayNotRead, { cause: error })
    : error;

/**
 * Asks for one object's facts, for which S3 wants the right that reading it wants (AWS: HeadObject, permissions).
 *
 * @throws AppError originFailed that says so where the connection may not read; notFound where there is no such object
 */
export const requireReadable = async (
  bucket: Pick<BucketReader, 'headObject'>,
  key: string,
  signal: AbortSignal,
): Promise<void> => {
  try {
    await bucket.headObject(key, { signal });
  } catch (error) {
    throw explainRefusal(error);
  }
};
