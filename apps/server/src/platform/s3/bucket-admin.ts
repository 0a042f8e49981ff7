import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketCorsCommand,
  DeleteBucketLifecycleCommand,
  DeletePublicAccessBlockCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutPublicAccessBlockCommand,
  type BucketLocationConstraint,
  type CORSRule,
  type LifecycleRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { EndpointGuard } from '../net/index.ts';
import { scrubFor } from './bucket-probe.ts';
import { createS3Client, type BucketAddress } from './s3-client.ts';
import type { S3Credentials } from './s3-credentials.ts';
import { toAppError } from './to-app-error.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html */
export interface PublicAccess {
  BlockPublicAcls: boolean;
  IgnorePublicAcls: boolean;
  BlockPublicPolicy: boolean;
  RestrictPublicBuckets: boolean;
}

/** A rule with the name that it has in its list. What else is in it is the provider's and is put back as it came. */
export type NamedRule = { readonly ID?: string | undefined } & Readonly<Record<string, unknown>>;

/** A list of rules that S3 reads and writes as a whole: CORS, lifecycle. */
export interface RuleList {
  /** Empty where the bucket has none, or is not there. */
  read(signal: AbortSignal): Promise<NamedRule[]>;
  /** Replaces all; an empty list removes the configuration. */
  write(rules: readonly NamedRule[], signal: AbortSignal): Promise<void>;
}

/**
 * A bucket with the keys of somebody who may make and change it. Each call is tried once; what fails is an AppError
 * whose failure `bucketFailureOf` tells.
 */
export interface BucketAdmin extends Disposable {
  exists(signal: AbortSignal): Promise<boolean>;
  create(signal: AbortSignal): Promise<void>;
  /** False when it is gone already. Throws while it holds objects. */
  delete(signal: AbortSignal): Promise<boolean>;
  isEmpty(signal: AbortSignal): Promise<boolean>;
  /** Null where nothing is blocked, or the bucket is not there. */
  publicAccess(signal: AbortSignal): Promise<PublicAccess | null>;
  /** Null takes the setting away. */
  putPublicAccess(block: PublicAccess | null, signal: AbortSignal): Promise<void>;
  readonly cors: RuleList;
  readonly lifecycle: RuleList;
}

export const createBucketAdmin = (options: {
  guard: EndpointGuard;
  address: BucketAddress;
  credentials: S3Credentials;
}): BucketAdmin => {
  const { address } = options;
  const client = createS3Client({ ...options, maxAttempts: 1 });
  const scrub = scrubFor(options.credentials);
  const Bucket = address.bucket;
  const calling = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw toAppError(error, scrub);
    }
  };
  /** `absent` where the error has one of these names. */
  const unless = <T>(names: readonly string[], absent: T, run: () => Promise<T>): Promise<T> =>
    calling(() =>
      run().catch((error: unknown) => {
        if (error instanceof Error && names.includes(error.name)) return absent;
        throw error;
      }),
    );

  return {
    exists: (signal) =>
      // HEAD has no body and so no code; the SDK names it by its status.
      unless(['NotFound', 'NoSuchBucket', '404'], false, async () => {
        await client.send(new HeadBucketCommand({ Bucket }), { abortSignal: signal });
        return true;
      }),
    create: (signal) =>
      calling(async () => {
        await client.send(new CreateBucketCommand({ Bucket, ...placementIn(address.region) }), {
          abortSignal: signal,
        });
      }),
    delete: (signal) =>
      unless(['NoSuchBucket'], false, async () => {
        await client.send(new DeleteBucketCommand({ Bucket }), { abortSignal: signal });
        return true;
      }),
    isEmpty: (signal) =>
      unless(['NoSuchBucket'], true, async () => {
        const page = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }), {
          abortSignal: signal,
        });
        return (page.Contents ?? []).length === 0;
      }),
    publicAccess: (signal) =>
      unless(['NoSuchPublicAccessBlockConfiguration', 'NoSuchBucket'], null, async () => {
        const { PublicAccessBlockConfiguration: found } = await client.send(
          new GetPublicAccessBlockCommand({ Bucket }),
          { abortSignal: signal },
        );
        const block = {
          BlockPublicAcls: found?.BlockPublicAcls === true,
          IgnorePublicAcls: found?.IgnorePublicAcls === true,
          BlockPublicPolicy: found?.BlockPublicPolicy === true,
          RestrictPublicBuckets: found?.RestrictPublicBuckets === true,
        };
        // A new bucket of Ceph's says four times no where others say that nothing is set.
        return Object.values(block).includes(true) ? block : null;
      }),
    putPublicAccess: (block, signal) =>
      calling(async () => {
        const sent = { abortSignal: signal };
        if (block === null) await client.send(new DeletePublicAccessBlockCommand({ Bucket }), sent);
        else
          await client.send(
            new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: block }),
            sent,
          );
      }),
    cors: corsRules(client, Bucket, { calling, unless }),
    lifecycle: lifecycleRules(client, Bucket, { calling, unless }),
    [Symbol.dispose]: () => client.destroy(),
  };
};

interface Calls {
  calling<T>(run: () => Promise<T>): Promise<T>;
  unless<T>(names: readonly string[], absent: T, run: () => Promise<T>): Promise<T>;
}

const corsRules = (client: S3Client, Bucket: string, { calling, unless }: Calls): RuleList => ({
  read: (signal) =>
    unless<NamedRule[]>(['NoSuchCORSConfiguration', 'NoSuchBucket'], [], async () => {
      const { CORSRules } = await client.send(new GetBucketCorsCommand({ Bucket }), { abortSignal: signal });
      return (CORSRules ?? []).map((rule) => ({ ...rule }));
    }),
  write: (rules, signal) =>
    calling(async () => {
      const sent = { abortSignal: signal };
      if (rules.length === 0) await client.send(new DeleteBucketCorsCommand({ Bucket }), sent);
      else {
        // They are of this form because they were read so, or made by packages/policy.
        const CORSRules = rules as unknown as CORSRule[];
        await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }), sent);
      }
    }),
});

const lifecycleRules = (client: S3Client, Bucket: string, { calling, unless }: Calls): RuleList => ({
  read: (signal) =>
    unless<NamedRule[]>(['NoSuchLifecycleConfiguration', 'NoSuchBucket'], [], async () => {
      const command = new GetBucketLifecycleConfigurationCommand({ Bucket });
      const { Rules } = await client.send(command, { abortSignal: signal });
      return (Rules ?? []).map((rule) => ({ ...rule }));
    }),
  write: (rules, signal) =>
    calling(async () => {
      const sent = { abortSignal: signal };
      if (rules.length === 0) await client.send(new DeleteBucketLifecycleCommand({ Bucket }), sent);
      else {
        // As above.
        const Rules = rules as unknown as LifecycleRule[];
        await client.send(
          new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }),
          sent,
        );
      }
    }),
});

/** Where a bucket is made: us-east-1 is said by saying nothing (S3 API: CreateBucket), and R2's `auto` is no place. */
const placementIn = (region: string) =>
  ['us-east-1', 'auto'].includes(region)
    ? {}
    : // The SDK lists the regions it knows; the server knows its own.
      { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
