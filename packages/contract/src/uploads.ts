import { z } from 'zod';
import { errorCodes } from './errors.ts';
import { transferId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';

/**
 * Calls of whoever holds an upload grant (`Authorization: Bearer wu_…`): a person's browser, a customer of a lab, the
 * command line. Bytes go straight to the bucket by the signed requests that these calls answer with.
 */
const tag = 'Uploads';
const base = '/api/v1/uploads';
const one = z.object({ transferId });

/** Most uploads of one call. */
export const maxUploadsPerCall = 100;
/** Most part URLs of one call. */
export const maxPartsPerCall = 1000;
/** S3: a multipart upload has 10,000 parts at most. */
export const maxParts = 10_000;

/**
 * `open`: bytes may come. `completing`: the bucket is being asked. `received`: in the bucket. `missing`: its sender reported it,
 * and it was not in the bucket when it was looked up; its receipt was taken back.
 */
export const transferStates = ['open', 'completing', 'received', 'aborted', 'expired', 'missing'] as const;
export type TransferState = (typeof transferStates)[number];

/** One PUT of the whole, or parts that the server puts together. */
export const transferKinds = ['single', 'multipart'] as const;
export type TransferKind = (typeof transferKinds)[number];

export const checksumAlgorithms = ['sha256', 'crc64nvme'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** Base64 of the digest as S3 writes it: 32 bytes of SHA-256, 8 of CRC-64/NVME, big-endian. */
export const checksum = z
  .object({
    algorithm: z.enum(checksumAlgorithms),
    value: z.string().regex(/^[A-Za-z0-9+/]{11,43}=$/, 'is not a base64 digest'),
  })
  .refine(
    ({ algorithm, value }) => value.length === (algorithm === 'sha256' ? 44 : 12),
    'has not the length of its algorithm',
  )
  .meta({ example: { algorithm: 'sha256', value: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=' } });
export type Checksum = z.infer<typeof checksum>;

/** A request to send as it is: method, URL and headers are all part of the signature. */
export const signedRequest = z
  .object({
    method: z.enum(['PUT', 'GET']),
    url: z.string().meta({ example: 'https://photos.s3.eu-central-1.amazonaws.com/in/a.jpg?X-Amz-…' }),
    /** Browsers set content-length themselves; it is signed all the same. */
    headers: z.record(z.string(), z.string()),
    expiresAt: timestamp,
  })
  .meta({ id: 'SignedRequest' });
export type SignedRequest = z.infer<typeof signedRequest>;

/** What is known once the object is in the bucket. */
export const receipt = z
  .object({
    transferId,
    /** The whole key, the connection's prefix included. */
    key: z.string(),
    name: z.string(),
    size: z.int(),
    type: z.string(),
    etag: z.string().nullable(),
    checksum: checksum.nullable(),
    /** Whether the bucket compared the checksum with what it stored, or only the sender computed it. */
    checksumBy: z.enum(['bucket', 'sender']).nullable(),
    /**
     * How it is known: `completed`, the bucket answered our own call; `seen`, it was looked up; `reported`, the sender gave the
     * ETag that the bucket answered with, and it was not looked up (yet).
     */
    proof: z.enum(['completed', 'seen', 'reported']),
    receivedAt: timestamp,
  })
  .meta({ id: 'UploadReceipt' });
export type UploadReceipt = z.infer<typeof receipt>;

export const upload = z
  .object({
    id: transferId,
    /** The whole key, the connection's prefix included. */
    key: z.string(),
    /** The file's own name, as it was given. */
    name: z.string(),
    size: z.int(),
    type: z.string(),
    kind: z.enum(transferKinds),
    state: z.enum(transferStates),
    /** Bytes of every part but the last; of a single PUT, the size. */
    partSize: z.int(),
    partCount: z.int(),
    /** Parts that are in the bucket, by what the sender has reported. */
    partsDone: z.array(z.int()),
    /** Whether a CRC-64/NVME of each part is of use: the bucket compares the one of the whole. Costs the sender's processor. */
    wantsChecksum: z.boolean(),
    /** Of an open single upload: the PUT to send. */
    put: signedRequest.nullable(),
    expiresAt: timestamp,
    receipt: receipt.nullable(),
  })
  .meta({ id: 'Upload' });
export type Upload = z.infer<typeof upload>;

/** Why one of several files of a call was refused; the others went through. */
export const refusal = z
  .object({ code: z.enum(errorCodes), detail: z.string(), next: z.string() })
  .meta({ id: 'Refusal' });
export type Refusal = z.infer<typeof refusal>;

/** A type of media without parameters, lower-case: `image/jpeg`. */
export const mediaType = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/, 'is not a media type')
  .meta({ example: 'image/jpeg' });

export const fileToUpload = z.object({
  /** Name or relative path with slashes; any Unicode. Judged by the server: a bad one is refused with its reason. */
  name: z.string().min(1).max(4096),
  /** Bytes. */
  size: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  type: mediaType.default('application/octet-stream'),
  /** SHA-256 of a file that goes in one PUT, so that the bucket itself refuses other bytes where it can. */
  checksum: checksum.optional(),
  /**
   * The sender's own mark of this file, e.g. a UUID that it keeps until it has the answer: asked again with it, the same
   * upload is answered, so that a call whose answer was lost may be sent again.
   */
  retryKey: z
    .string()
    .regex(/^[\w-]{16,64}$/, 'is not 16 to 64 of A-Z, a-z, 0-9, _ and -')
    .meta({ example: '6b1f0c0e-2f1d-4d8e-9a53-0c7d6f1f2a11' })
    .optional(),
});
export type FileToUpload = z.infer<typeof fileToUpload>;

export const createUploads = operation({
  id: 'createUploads',
  method: 'POST',
  path: base,
  tag,
  access: 'public',
  status: 201,
  summary: 'Ask for uploads, up to a hundred at once',
  description:
    'Needs an upload grant as bearer token. Each file is judged by itself: the answer has, in the same order, an upload or why there is none. A small file comes with its signed PUT; parts of a larger one are signed when they are about to be sent.',
  maxBodyBytes: 512 * 1024,
  body: z
    .object({ files: z.array(fileToUpload).min(1).max(maxUploadsPerCall) })
    .meta({ example: { files: [{ name: 'wedding/IMG_0001.jpg', size: 4_194_304, type: 'image/jpeg' }] } }),
  response: z.object({
    results: z.array(z.object({ upload: upload.nullable(), refusal: refusal.nullable() })),
  }),
});

export const listUploads = operation({
  id: 'listUploads',
  method: 'GET',
  path: base,
  tag,
  access: 'public',
  status: 200,
  summary: 'Uploads of this grant, newest first',
  query: listQuery.extend({ state: z.enum(transferStates).optional() }),
  response: listOf(upload),
});

export const getUpload = operation({
  id: 'getUpload',
  method: 'GET',
  path: `${base}/:transferId`,
  tag,
  access: 'public',
  status: 200,
  summary: 'Where an upload stands, for whoever resumes it',
  params: one,
  response: upload,
});

const partNumber = z.int().min(1).max(maxParts);
/** A part that the bucket has taken. */
export const partDone = z.object({
  number: partNumber,
  etag: z.string().min(1).max(200),
  /** CRC-64/NVME of the part's bytes, base64; with it for every part the receipt has one of the whole file. */
  crc64nvme: z
    .string()
    .regex(/^[A-Za-z0-9+/]{11}=$/)
    .meta({ example: 'OjqKsMHYyPg=' })
    .optional(),
});
export type PartDone = z.infer<typeof partDone>;

export const signUploadParts = operation({
  id: 'signUploadParts',
  method: 'POST',
  path: `${base}/:transferId/parts`,
  tag,
  access: 'public',
  status: 200,
  summary: 'Report parts that are done, and get signed PUTs for the next',
  description:
    'Each URL takes exactly the bytes of its part: content-length is signed. URLs run out after minutes; ask again for a part whose URL did.',
  params: one,
  maxBodyBytes: 512 * 1024,
  body: z
    .object({
      done: z.array(partDone).max(maxPartsPerCall).default([]),
      sign: z.array(partNumber).max(maxPartsPerCall).default([]),
    })
    .meta({ example: { done: [], sign: [1, 2] } }),
  response: z.object({
    requests: z.array(signedRequest.extend({ number: z.int() })),
    partsDone: z.int(),
  }),
});

export const completeUploads = operation({
  id: 'completeUploads',
  method: 'POST',
  path: `${base}/complete`,
  tag,
  access: 'public',
  status: 200,
  summary: 'Turn uploads into receipts, up to a hundred at once',
  description:
    'A multipart upload is put together here, with its size, and never over another object. Asking again for one that is complete answers with the same receipt. `uploadRestarted` means that all parts are to be sent anew, under the same id.',
  body: z.object({
    uploads: z
      .array(
        z.object({
          id: transferId,
          /** Of a single PUT: what the bucket answered with. */
          etag: z.string().min(1).max(200).optional(),
          /** Of a single PUT whose checksum was computed on the way. */
          checksum: checksum.optional(),
          /** Parts not reported before. */
          done: z.array(partDone).max(maxPartsPerCall).default([]),
        }),
      )
      .min(1)
      .max(maxUploadsPerCall),
  }),
  response: z.object({
    results: z.array(z.object({ receipt: receipt.nullable(), refusal: refusal.nullable() })),
  }),
});

export const abortUpload = operation({
  id: 'abortUpload',
  method: 'DELETE',
  path: `${base}/:transferId`,
  tag,
  access: 'public',
  status: 204,
  summary: 'Cancel an upload; its parts are deleted from the bucket',
  params: one,
});
