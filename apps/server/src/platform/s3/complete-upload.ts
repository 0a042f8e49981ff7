import { CompleteMultipartUploadCommand, type S3Client } from '@aws-sdk/client-s3';
import type { SentPart } from './bucket-uploads.ts';
import { NotS3 } from './probe-outcome.ts';
import { isMissingUpload, readParts, type UploadAddress } from './read-parts.ts';
import type { UploadProfile } from './upload-profile.ts';

interface Completion {
  parts: readonly SentPart[];
  /** Bytes of the whole. */
  size: number;
  crc64nvme: string | null;
}

/**
 * Has the bucket put parts together (AWS: CompleteMultipartUpload). The SDK turns a 200 with an error in its body into
 * that error, as long as the answer ends with it; what it lets through here is refused for what it lacks.
 *
 * Throws what the SDK throws, and NotS3.
 */
export const completeParts = async (
  client: S3Client,
  upload: UploadAddress,
  { completion, profile }: { completion: Completion; profile: UploadProfile },
  abortSignal: AbortSignal,
): Promise<{ etag: string | null; checksummed: boolean }> => {
  const { crc64nvme } = completion;
  const made = await client.send(toCommand(upload, completion, profile), { abortSignal });
  // The SDK takes any document, a web page too; S3 always says what it made.
  if (made.ETag === undefined && made.Key === undefined) throw new NotS3();
  return {
    // Ceph writes an empty element.
    etag: made.ETag === undefined || made.ETag === '' ? null : made.ETag,
    checksummed: crc64nvme !== null && made.ChecksumCRC64NVME === crc64nvme,
  };
};

const toCommand = (upload: UploadAddress, { parts, size, crc64nvme }: Completion, profile: UploadProfile) =>
  new CompleteMultipartUploadCommand({
    ...upload,
    MultipartUpload: {
      Parts: parts
        .toSorted((a, b) => a.number - b.number)
        .map(({ number, etag }) => ({ PartNumber: number, ETag: etag })),
    },
    ...(profile.writeOnce.complete === false ? {} : { IfNoneMatch: '*' }),
    ...(profile.objectSize === false ? {} : { MpuObjectSize: size }),
    ...(profile.completeChecksum && crc64nvme !== null
      ? { ChecksumCRC64NVME: crc64nvme, ChecksumType: 'FULL_OBJECT' }
      : {}),
  });

/**
 * Whether a failed completion is one of an upload that is not there. Ceph says of those, too, that a completion is in
 * progress; its list of parts tells the two apart.
 */
export const isOfMissingUpload = async (
  client: S3Client,
  upload: UploadAddress,
  error: unknown,
  abortSignal: AbortSignal,
): Promise<boolean> => {
  if (!(error instanceof Error && error.message.includes('completion is already in progress'))) return false;
  return readParts(client, upload, abortSignal).then(() => false, isMissingUpload);
};
