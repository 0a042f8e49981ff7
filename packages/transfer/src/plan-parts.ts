const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/** What a provider takes in one upload; all in bytes but the count. */
export interface PartLimits {
  /** Files up to here go in one PUT. */
  singlePutBytes: number;
  minPartBytes: number;
  maxPartBytes: number;
  /** Parts of one multipart upload. */
  maxParts: number;
}

/** S3: parts of 5 MiB to 5 GiB, 10,000 of them. Source: docs.aws.amazon.com, AmazonS3/latest/userguide/qfacts.html. */
export const s3PartLimits: PartLimits = {
  singlePutBytes: 16 * MiB,
  minPartBytes: 5 * MiB,
  maxPartBytes: 5 * GiB,
  maxParts: 10_000,
};

/** `partSize` is of every part but the last. A single PUT is one part of the whole. */
export interface PartPlan {
  kind: 'single' | 'multipart';
  partSize: number;
  partCount: number;
}

/** Fewer and larger parts cost fewer requests; smaller ones lose less when a connection breaks. */
const usualPartBytes = (size: number): number => (size >= GiB ? 16 * MiB : 8 * MiB);

/** Of the most parts, so many are planned with: a provider that counts one part too many is not met at its last. */
const partsPlanned = (maxParts: number): number => Math.floor(maxParts * 0.95);

const wholeMiB = (bytes: number): number => Math.ceil(bytes / MiB) * MiB;

/**
 * Cuts a file into equal parts; only the last may be smaller. R2 refuses parts of different sizes, and equal parts are what
 * a resumed upload can compute again from its size alone.
 *
 * @param size bytes
 * @returns null where the provider takes no file of this size
 * @example planParts(20 * MiB) // { kind: 'multipart', partSize: 8 * MiB, partCount: 3 }
 */
export const planParts = (size: number, limits: PartLimits = s3PartLimits): PartPlan | null => {
  if (size <= limits.singlePutBytes) return { kind: 'single', partSize: size, partCount: 1 };
  const roomy = Math.max(
    usualPartBytes(size),
    limits.minPartBytes,
    wholeMiB(size / partsPlanned(limits.maxParts)),
  );
  const partSize = Math.min(roomy, limits.maxPartBytes);
  const partCount = Math.ceil(size / partSize);
  return partCount > limits.maxParts ? null : { kind: 'multipart', partSize, partCount };
};

/** Where a part lies in its file, the end not included. Parts are numbered from 1. */
export const rangeOfPart = (
  { size, partSize }: { size: number; partSize: number },
  number: number,
): { start: number; end: number } => {
  const start = (number - 1) * partSize;
  return { start, end: Math.min(start + partSize, size) };
};
