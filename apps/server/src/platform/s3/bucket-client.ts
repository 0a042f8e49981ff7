import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ProviderId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import { systemClock } from '../../kernel/clock.ts';
import { cappedBody } from '../net/index.ts';
import { createBucketCall, statusOf } from './bucket-call.ts';
import { scrubFor } from './bucket-probe.ts';
import { createBucketUploads } from './bucket-uploads-client.ts';
import type { Bucket, BucketListing, GetObjectOptions, OpenObjectOptions } from './bucket.ts';
import { AnswerTooLarge } from './capped-handler.ts';
import { decodeListedKey, fullKey, maxKeyBytes } from './object-key.ts';
import { readBody } from './read-body.ts';
import { createRequestSigner } from './request-signer.ts';
import type { BucketAddress } from './s3-client.ts';
import type { S3Credentials } from './s3-credentials.ts';
import { toAppError } from './to-app-error.ts';
import { uploadProfileOf } from './upload-profile.ts';

/** A large original over a slow line: the whole of it, retries included. */
const callTimeoutMilliseconds = 60_000;

/** Where a client goes, as whom, and what is known of the server there. */
export interface BucketPlace {
  address: BucketAddress;
  credentials: S3Credentials;
  provider: ProviderId;
}

/** Makes a client into a Bucket: keys below the prefix, limits on everything, AppErrors only. */
export const createBucket = (client: S3Client, { address, credentials, provider }: BucketPlace): Bucket => {
  const scrub = scrubFor(credentials);
  const call = createBucketCall((error) => toAppError(error, scrub));
  const sign = createRequestSigner({
    address,
    credentials,
    clock: systemClock,
    // The SDK keeps what it learns of the bucket's clock from its answers.
    clockOffsetMilliseconds: () => client.config.systemClockOffset,
    sha256: client.config.sha256,
  });
  const at = (key: string) => ({ Bucket: address.bucket, Key: fullKey(address.prefix, key) });

  /**
   * S3 answers 403 for a key that is not there to whoever may list below a prefix only: the right that would turn it
   * into a 404 is asked for without a prefix (AWS: GetObject, permissions). Listing that one key tells the two apart.
   */
  const orMissing = async <T>(key: string, abortSignal: AbortSignal, read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (statusOf(error) !== 403) throw error;
      const { Bucket, Key } = at(key);
      const page = await client
        .send(new ListObjectsV2Command({ Bucket, Prefix: Key, MaxKeys: 1 }), { abortSignal })
        .catch(() => null);
      // In the order of their bytes a key comes before every longer one that begins with it.
      const isListing = page?.Name !== undefined || page?.KeyCount !== undefined;
      if (!isListing || page.Contents?.[0]?.Key === Key) throw error;
      throw new AppError('notFound', 'There is no such object.', { cause: error });
    }
  };

  /** Null where a condition says that the object is still the same. A body that is announced as too large is not read. */
  const fetchObject = async (
    key: string,
    { maxBytes, ifNoneMatch, range, ifModifiedSince }: GetObjectOptions & OpenObjectOptions,
    abortSignal: AbortSignal,
  ) => {
    const command = new GetObjectCommand({
      ...at(key),
      ...(ifNoneMatch === undefined ? {} : { IfNoneMatch: ifNoneMatch }),
      ...(ifModifiedSince === undefined ? {} : { IfModifiedSince: ifModifiedSince }),
      ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` }),
    });
    const conditional = ifNoneMatch !== undefined || ifModifiedSince !== undefined;
    const found = await orMissing(key, abortSignal, () => client.send(command, { abortSignal })).catch(
      (error: unknown) => {
        if (conditional && statusOf(error) === 304) return null;
        throw error;
      },
    );
    if (found === null) return null;
    if ((found.ContentLength ?? 0) > maxBytes) {
      await readBody(found.Body, 0, AbortSignal.abort()).catch(() => {});
      throw new AnswerTooLarge(`The object has ${found.ContentLength} bytes; ${maxBytes} are read at most.`);
    }
    return {
      body: found.Body,
      size: found.ContentLength ?? null,
      contentType: found.ContentType ?? null,
      etag: found.ETag ?? null,
      lastModified: found.LastModified ?? null,
    };
  };

  return {
    getObject: (key, options) =>
      call(
        options.signal,
        async (abortSignal) => {
          const found = await fetchObject(key, options, abortSignal);
          if (found === null) return null;
          const { body, contentType, etag, lastModified } = found;
          return {
            bytes: await readBody(body, options.maxBytes, abortSignal),
            contentType,
            etag,
            lastModified,
          };
        },
        callTimeoutMilliseconds,
      ),

    openObject: (key, options) =>
      call(
        options.signal,
        async (abortSignal) => {
          const found = await fetchObject(key, options, abortSignal);
          if (found === null) return null;
          const { signal, maxBytes } = options;
          const translate = (error: unknown): unknown =>
            signal.aborted ? signal.reason : toAppError(error, scrub);
          const body = found.body instanceof Readable ? found.body : Readable.from([]);
          return { ...found, body: cappedBody(body, { maxBytes, signal: abortSignal, translate }) };
        },
        options.milliseconds ?? callTimeoutMilliseconds,
      ),

    headObject: (key, { signal }) =>
      call(signal, async (abortSignal) => {
        const found = await orMissing(key, abortSignal, () =>
          client.send(new HeadObjectCommand(at(key)), { abortSignal }),
        );
        return {
          size: found.ContentLength ?? 0,
          contentType: found.ContentType ?? null,
          etag: found.ETag ?? null,
          lastModified: found.LastModified ?? null,
        };
      }),

    listObjects: ({ signal, prefix = '', limit = 100, cursor }) =>
      call(signal, async (abortSignal) => {
        // No key is that long, and S3 would refuse the request.
        if (Buffer.byteLength(address.prefix + prefix) > maxKeyBytes) return { objects: [], next: null };
        const page = await client
          .send(
            new ListObjectsV2Command({
              Bucket: address.bucket,
              Prefix: address.prefix + prefix,
              MaxKeys: limit,
              // Keys may hold what XML cannot.
              EncodingType: 'url',
              ...(cursor === undefined ? {} : { ContinuationToken: cursor }),
            }),
            { abortSignal },
          )
          .catch((error: unknown) => {
            if (cursor === undefined || statusOf(error) !== 400) throw error;
            throw new AppError('invalidRequest', 'The cursor is not one that this list gave out.');
          });
        const decode = page.EncodingType === 'url' ? decodeListedKey : (key: string) => key;
        return {
          objects: (page.Contents ?? []).flatMap(({ Key, Size, LastModified }) => {
            const key = Key === undefined ? '' : decode(Key);
            if (!key.startsWith(address.prefix) || LastModified === undefined) return [];
            return [{ key: key.slice(address.prefix.length), size: Size ?? 0, lastModified: LastModified }];
          }),
          next: page.IsTruncated === true ? (page.NextContinuationToken ?? null) : null,
        } satisfies BucketListing;
      }),

    putObject: (key, body, { signal, contentType }) =>
      call(
        signal,
        async (abortSignal) => {
          await client.send(
            new PutObjectCommand({
              ...at(key),
              Body: body,
              ContentLength: body.byteLength,
              ...(contentType === undefined ? {} : { ContentType: contentType }),
            }),
            { abortSignal },
          );
        },
        callTimeoutMilliseconds,
      ),

    deleteObject: (key, { signal }) =>
      call(signal, async (abortSignal) => {
        await client.send(new DeleteObjectCommand(at(key)), { abortSignal });
      }),

    uploads: createBucketUploads({ client, address, profile: uploadProfileOf(provider), sign, scrub }),
  };
};
