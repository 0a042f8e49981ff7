import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createBucketCall, statusOf } from './bucket-call.ts';
import type { BucketUploads } from './bucket-uploads.ts';
import { completeParts, isOfMissingUpload } from './complete-upload.ts';
import { fullKey } from './object-key.ts';
import { NotS3 } from './probe-outcome.ts';
import { isMissingUpload, readParts } from './read-parts.ts';
import type { BucketAddress } from './s3-client.ts';
import type { Scrub } from './scrub.ts';
import { signUploads } from './sign-uploads.ts';
import type { SignRequest } from './request-signer.ts';
import { toCompletionError, toUploadEnded, toUploadError } from './upload-failure.ts';
import { pageOfUploads, readUploadCursor } from './upload-listing.ts';
import type { UploadProfile } from './upload-profile.ts';

/** AWS: it can take several minutes to put an object together. */
const completeTimeoutMilliseconds = 5 * 60_000;
/** Ten pages of parts, one after another. */
const listTimeoutMilliseconds = 60_000;
/** Tries of a small PUT that another write came between. */
const putTries = 3;

/** Makes a client into BucketUploads. What is sent beyond plain S3 hangs on the profile. */
export const createBucketUploads = (options: {
  client: S3Client;
  address: BucketAddress;
  profile: UploadProfile;
  sign: SignRequest;
  scrub: Scrub;
}): BucketUploads => {
  const { client, address, profile, scrub } = options;
  const call = createBucketCall((error) => toUploadError(error, scrub));
  const at = (key: string) => ({ Bucket: address.bucket, Key: fullKey(address.prefix, key) });

  return {
    fullKey: (key) => fullKey(address.prefix, key),
    ...signUploads(options),

    createUpload: (key, { contentType, signal }) =>
      call(signal, async (abortSignal) => {
        const { UploadId } = await client.send(
          new CreateMultipartUploadCommand({
            ...at(key),
            ContentType: contentType,
            // Without these S3 takes no notice of a checksum on Complete; with them parts still need none.
            ...(profile.completeChecksum
              ? { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'FULL_OBJECT' }
              : {}),
          }),
          { abortSignal },
        );
        if (UploadId === undefined) throw new NotS3();
        return { uploadId: UploadId };
      }),

    completeUpload: (key, uploadId, parts, { size, crc64nvme, signal }) =>
      call(
        signal,
        async (abortSignal) => {
          const upload = { ...at(key), UploadId: uploadId };
          const completion = { parts, size, crc64nvme };
          try {
            return await completeParts(client, upload, { completion, profile }, abortSignal);
          } catch (error) {
            if (await isOfMissingUpload(client, upload, error, abortSignal))
              throw toUploadEnded(error, scrub);
            throw toCompletionError(error, scrub);
          }
        },
        completeTimeoutMilliseconds,
      ),

    abortUpload: (key, uploadId, { signal }) =>
      call(signal, async (abortSignal) => {
        try {
          await client.send(new AbortMultipartUploadCommand({ ...at(key), UploadId: uploadId }), {
            abortSignal,
          });
        } catch (error) {
          if (!isMissingUpload(error)) throw error;
        }
      }),

    listUploads: ({ signal, prefix = '', limit = 1000, cursor }) =>
      call(signal, async (abortSignal) => {
        const page = await client.send(
          new ListMultipartUploadsCommand({
            Bucket: address.bucket,
            Prefix: address.prefix + prefix,
            MaxUploads: limit,
            // Keys may hold what XML cannot.
            EncodingType: 'url',
            ...readUploadCursor(cursor),
          }),
          { abortSignal },
        );
        return pageOfUploads(page, address.prefix);
      }),

    listParts: (key, uploadId, { signal }) =>
      call(
        signal,
        async (abortSignal) => {
          try {
            return await readParts(client, { ...at(key), UploadId: uploadId }, abortSignal);
          } catch (error) {
            throw isMissingUpload(error) ? toUploadEnded(error, scrub) : error;
          }
        },
        listTimeoutMilliseconds,
      ),

    putNew: (key, body, { contentType, signal }) =>
      call(signal, async (abortSignal) => {
        for (let tries = 1; ; tries += 1) {
          try {
            await client.send(
              new PutObjectCommand({
                ...at(key),
                Body: body,
                ContentLength: body.byteLength,
                ContentType: contentType,
                ...(profile.writeOnce.put === false ? {} : { IfNoneMatch: '*' }),
              }),
              { abortSignal },
            );
            return;
          } catch (error) {
            // Unlike a multipart upload, a PUT that another write came between is just sent again (AWS: conditional writes).
            if (statusOf(error) !== 409 || tries === putTries) throw error;
          }
        }
      }),
  };
};
