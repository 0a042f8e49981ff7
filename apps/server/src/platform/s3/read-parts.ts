import { ListPartsCommand, type Part, type S3Client } from '@aws-sdk/client-s3';
import type { StoredPart } from './bucket-uploads.ts';
import { NotS3 } from './probe-outcome.ts';

/** Which multipart upload, as commands of the SDK take it. */
export interface UploadAddress {
  Bucket: string;
  Key: string;
  UploadId: string;
}

/** Every part of an upload, a page of 1,000 after another (AWS: ListParts). Throws what the SDK throws, and NotS3. */
export const readParts = async (
  client: S3Client,
  upload: UploadAddress,
  abortSignal: AbortSignal,
): Promise<StoredPart[]> => {
  const parts: StoredPart[] = [];
  let after: number | undefined;
  do {
    const page = await client.send(
      new ListPartsCommand({
        ...upload,
        ...(after === undefined ? {} : { PartNumberMarker: String(after) }),
      }),
      { abortSignal },
    );
    const found = (page.Parts ?? []).map(toStoredPart);
    parts.push(...found);
    // A page without parts would be asked for again and again.
    after = page.IsTruncated === true ? found.at(-1)?.number : undefined;
  } while (after !== undefined);
  return parts;
};

const toStoredPart = ({ PartNumber: number, ETag: etag, Size: size }: Part): StoredPart => {
  if (number === undefined || etag === undefined || size === undefined) throw new NotS3();
  return { number, etag, size };
};

/** The upload is not there: NoSuchUpload on S3, and NoSuchKey where Ceph is asked for its parts. */
export const isMissingUpload = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NoSuchUpload' || error.name === 'NoSuchKey');
