import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { CorsRule } from '@windlass/policy/generate';
import type { EndpointGuard } from '../net/index.ts';
import { NotS3, timed, type ProbeOutcome } from './probe-outcome.ts';
import { readBody } from './read-body.ts';
import { readHeader } from './read-header.ts';
import { createS3Client, type BucketAddress } from './s3-client.ts';
import type { S3Credentials } from './s3-credentials.ts';
import { createScrub, type Scrub } from './scrub.ts';

type Outcome<T> = Promise<ProbeOutcome<T>>;

/** How an object or an upload is encrypted, as the server says; null where it does not. */
export interface EncryptionFacts {
  encryption: string | null;
}

/**
 * Single calls with the real credentials, each tried once; never HEAD, whose failures have no words. Keys are whole:
 * the prefix is part of them. Which calls are safe where is for `features/connections` to know.
 */
export interface BucketProbe extends Disposable {
  /** One page of one key below `prefix`; an empty prefix lists without one. */
  list(prefix: string): Outcome<{ firstKey: string | null; region: string | null }>;
  listBuckets(): Outcome<null>;
  location(): Outcome<{ region: string }>;
  versioning(): Outcome<{ everOn: boolean }>;
  policy(): Outcome<null>;
  acl(): Outcome<null>;
  lifecycle(): Outcome<null>;
  cors(): Outcome<{ rules: CorsRule[] }>;
  /** The first byte. */
  get(key: string): Outcome<{ versionId: string | null }>;
  /** A part for an upload that does not exist: the answer tells about the right, and nothing is stored. */
  putPartOfNothing(key: string): Outcome<null>;
  /** Gives up an upload that does not exist. */
  abortNothing(key: string): Outcome<null>;
  createUpload(key: string): Outcome<EncryptionFacts & { uploadId: string }>;
  listParts(key: string, uploadId: string): Outcome<null>;
  abortUpload(key: string, uploadId: string): Outcome<null>;
  /** Writes the probe's few bytes; `ifAbsent` sends `If-None-Match: *`. */
  put(key: string, options: { ifAbsent: boolean }): Outcome<EncryptionFacts & { versionId: string | null }>;
  delete(key: string): Outcome<{ markerVersionId: string | null }>;
  /** `If-Match: *` on a key that does not exist: refused for want of the right, or for want of the object. */
  deleteIfThere(key: string): Outcome<null>;
  /** One version; a version that does not exist leaves everything as it is. */
  deleteVersion(key: string, versionId: string): Outcome<null>;
}

const clearingMilliseconds = 5000;
const probeBody = new TextEncoder().encode('Written by the connection check of Windlass; safe to delete.\n');
/** Of the form that AWS and Ceph give out, and theirs by no chance. */
export const noUploadId = 'WindlassProbe.NoSuchUpload.000000000000000000';
/** 32 characters, as both write version ids. */
export const noVersionId = 'WindlassProbeNoSuchVersion000000';

export const createBucketProbe = (options: {
  guard: EndpointGuard;
  address: BucketAddress;
  credentials: S3Credentials;
  clockOffsetMilliseconds: number;
  signal: AbortSignal;
}): BucketProbe => {
  const client = createS3Client({ ...options, maxAttempts: 1 });
  const Bucket = options.address.bucket;
  const sending = { abortSignal: options.signal };
  const scrub = scrubFor(options.credentials);
  const attempt = <T>(run: () => Promise<T>): Outcome<T> => timed(run, scrub);
  /** For calls of which only the permission matters. */
  const permitted = (run: () => Promise<unknown>): Outcome<null> =>
    attempt(async () => {
      await run();
      return null;
    });

  return {
    list: (prefix) =>
      attempt(async () => {
        let region: string | null = null;
        const command = new ListObjectsV2Command({
          Bucket,
          MaxKeys: 1,
          ...(prefix === '' ? {} : { Prefix: prefix }),
        });
        readHeader(command, 'x-amz-bucket-region', (value) => (region = value));
        const page = await client.send(command, sending);
        // The SDK takes any XML, a web page too; S3 always says whose page it is.
        if (page.Name === undefined && page.KeyCount === undefined) throw new NotS3();
        return { firstKey: page.Contents?.[0]?.Key ?? null, region };
      }),
    listBuckets: () => permitted(() => client.send(new ListBucketsCommand({}), sending)),
    location: () =>
      attempt(async () => {
        const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket }), sending);
        // AWS: an absent constraint is us-east-1, and EU the old name of eu-west-1.
        const named: string = LocationConstraint ?? '';
        return { region: named === '' ? 'us-east-1' : named === 'EU' ? 'eu-west-1' : named };
      }),
    versioning: () =>
      attempt(async () => {
        const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }), sending);
        return { everOn: Status !== undefined };
      }),
    policy: () => permitted(() => client.send(new GetBucketPolicyCommand({ Bucket }), sending)),
    acl: () => permitted(() => client.send(new GetBucketAclCommand({ Bucket }), sending)),
    lifecycle: () =>
      permitted(() => client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }), sending)),
    cors: () =>
      attempt(async () => {
        const { CORSRules = [] } = await client.send(new GetBucketCorsCommand({ Bucket }), sending);
        return {
          rules: CORSRules.map(({ AllowedOrigins = [], AllowedMethods = [], ...rule }) => ({
            ...(rule.ID === undefined ? {} : { ID: rule.ID }),
            AllowedOrigins,
            AllowedMethods,
            ...(rule.AllowedHeaders === undefined ? {} : { AllowedHeaders: rule.AllowedHeaders }),
            ...(rule.ExposeHeaders === undefined ? {} : { ExposeHeaders: rule.ExposeHeaders }),
            ...(rule.MaxAgeSeconds === undefined ? {} : { MaxAgeSeconds: rule.MaxAgeSeconds }),
          })),
        };
      }),
    get: (Key) =>
      attempt(async () => {
        const found = await client.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-0' }), sending);
        // A server without ranges sends the whole; no more than the probe's own size is of interest.
        await readBody(found.Body, probeBody.byteLength, options.signal).catch(() => {});
        return { versionId: found.VersionId ?? null };
      }),
    putPartOfNothing: (Key) =>
      permitted(() =>
        client.send(
          new UploadPartCommand({ Bucket, Key, UploadId: noUploadId, PartNumber: 1, Body: probeBody }),
          sending,
        ),
      ),
    abortNothing: (Key) =>
      permitted(() =>
        client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: noUploadId }), sending),
      ),
    createUpload: (Key) =>
      attempt(async () => {
        const made = await client.send(
          new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/plain' }),
          sending,
        );
        if (made.UploadId === undefined) throw new NotS3();
        return { uploadId: made.UploadId, encryption: made.ServerSideEncryption ?? null };
      }),
    listParts: (Key, UploadId) =>
      permitted(() => client.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 1 }), sending)),
    abortUpload: (Key, UploadId) =>
      permitted(() => client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }), clearing())),
    put: (Key, { ifAbsent }) =>
      attempt(async () => {
        const command = new PutObjectCommand({
          Bucket,
          Key,
          Body: probeBody,
          ContentType: 'text/plain',
          ...(ifAbsent ? { IfNoneMatch: '*' } : {}),
        });
        const { ServerSideEncryption, VersionId } = await client.send(command, sending);
        return { encryption: ServerSideEncryption ?? null, versionId: VersionId ?? null };
      }),
    delete: (Key) =>
      attempt(async () => {
        const gone = await client.send(new DeleteObjectCommand({ Bucket, Key }), clearing());
        return { markerVersionId: gone.DeleteMarker === true ? (gone.VersionId ?? null) : null };
      }),
    deleteIfThere: (Key) =>
      permitted(() => client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: '*' }), sending)),
    deleteVersion: (Key, VersionId) =>
      permitted(() => client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }), clearing())),
    [Symbol.dispose]: () => client.destroy(),
  };
};

/** What was made is cleared up although time has run out. */
const clearing = () => ({ abortSignal: AbortSignal.timeout(clearingMilliseconds) });

/** The scrub that fits these credentials. */
export const scrubFor = ({ accessKeyId, secretAccessKey, sessionToken }: S3Credentials): Scrub =>
  createScrub({
    accessKeyId,
    secretAccessKey: secretAccessKey.reveal(),
    sessionToken: sessionToken?.reveal(),
  });
