import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCorsCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBucket } from './testing/start-bucket.ts';
import type { StartedBucket } from './testing/start-bucket.ts';

const Bucket = 'photos';
const MiB = 1024 ** 2;
let started: StartedBucket;
beforeAll(async () => {
  started = await startBucket();
});
afterAll(() => started[Symbol.asyncDispose]());

async function bytesOf(s3: S3Client, Key: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

describe.each(['WHEN_SUPPORTED', 'WHEN_REQUIRED'] as const)('the AWS SDK with checksums %s', (mode) => {
  const client = (): S3Client =>
    started.client({ requestChecksumCalculation: mode, responseChecksumValidation: mode });

  test('takes a stream of known length', async () => {
    const s3 = client();
    const data = randomBytes(300_000);
    const Body = Readable.from([data.subarray(0, 70_000), data.subarray(70_000)]);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: data.length }));
    expect((await bytesOf(s3, 'stream')).equals(data)).toBe(true);
  });

  test('completes what lib-storage uploads in parts', async () => {
    const s3 = client();
    const data = randomBytes(11 * MiB);
    const upload = new Upload({
      client: s3,
      params: { Bucket, Key: 'large', Body: Readable.from(chunked(data)), ContentType: 'video/webm' },
    });
    await upload.done();
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'large' }));
    expect(head).toMatchObject({ ContentLength: data.length, ContentType: 'video/webm' });
    expect(head.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    expect((await bytesOf(s3, 'large')).equals(data)).toBe(true);
    const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'large', PartNumber: 2 }));
    expect(part).toMatchObject({
      PartsCount: 3,
      ContentRange: `bytes ${5 * MiB}-${10 * MiB - 1}/${data.length}`,
    });
    expect((await part.Body?.transformToByteArray())?.length).toBe(5 * MiB);
  });

  test('lists, copies into, completes and aborts multipart uploads', async () => {
    const s3 = client();
    const Key = `parts/${mode}`;
    const source = randomBytes(5 * MiB + 1);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: source }));
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const first = await s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key,
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/source`,
        CopySourceRange: `bytes=1-${5 * MiB}`,
      }),
    );
    const second = await s3.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 2, Body: 'end' }),
    );
    const parts = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 1 }));
    expect(parts).toMatchObject({
      IsTruncated: true,
      NextPartNumberMarker: '1',
      Parts: [{ PartNumber: 1, Size: 5 * MiB }],
    });
    const uploads = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'parts/' }));
    expect(uploads.Uploads?.map((each) => each.UploadId)).toEqual([UploadId]);
    const complete = (extra: object): Promise<unknown> =>
      s3.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key,
          UploadId,
          MultipartUpload: {
            Parts: [
              { ...first.CopyPartResult, PartNumber: 1 },
              { ...second, PartNumber: 2 },
            ].map(({ ETag, PartNumber, ChecksumCRC32 }) => ({ ETag, PartNumber, ChecksumCRC32 })),
          },
          ...extra,
        }),
      );
    await expect(complete({ MpuObjectSize: 5 })).rejects.toMatchObject({ name: 'InvalidRequest' });
    await complete({ MpuObjectSize: 5 * MiB + 3, IfNoneMatch: '*' });
    expect((await bytesOf(s3, Key)).equals(Buffer.concat([source.subarray(1), Buffer.from('end')]))).toBe(
      true,
    );

    const again = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts/two' }));
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'parts/two', UploadId: again.UploadId }));
    await expect(
      s3.send(
        new UploadPartCommand({
          Bucket,
          Key: 'parts/two',
          UploadId: again.UploadId,
          PartNumber: 1,
          Body: 'x',
        }),
      ),
    ).rejects.toMatchObject({ name: 'NoSuchUpload', $metadata: { httpStatusCode: 404 } });
  });

  test('deletes many, each key answered by itself', async () => {
    const s3 = client();
    for (const Key of ['m/1', 'm/2', 'm/&<>'])
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    const answer = await s3.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: {
          Objects: [
            { Key: 'm/1' },
            { Key: 'm/&<>' },
            { Key: 'm/missing' },
            { Key: 'm/2', ETag: '"no"' },
            { Key: 'm/2', VersionId: 'v' },
          ],
        },
      }),
    );
    expect(answer.Deleted?.map(({ Key }) => Key)).toEqual(['m/1', 'm/&<>', 'm/missing']);
    expect(answer.Errors?.map(({ Key, Code }) => [Key, Code])).toEqual([
      ['m/2', 'PreconditionFailed'],
      ['m/2', 'InvalidArgument'],
    ]);
    const left = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'm/' }));
    expect(left.Contents?.map(({ Key }) => Key)).toEqual(['m/2']);
  });

  test('keeps, finds and removes CORS and lifecycle rules', async () => {
    const s3 = client();
    await expect(s3.send(new GetBucketCorsCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchCORSConfiguration',
    });
    const CORSRules = [
      {
        ID: 'a',
        AllowedMethods: ['PUT'],
        AllowedOrigins: ['https://app.example'],
        AllowedHeaders: ['*'],
        ExposeHeaders: ['ETag'],
        MaxAgeSeconds: 5,
      },
    ];
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual(CORSRules);
    await s3.send(new DeleteBucketCorsCommand({ Bucket }));
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: [{ ID: 'tmp', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 3 } }],
        },
      }),
    );
    const rules = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(rules.Rules).toMatchObject([{ ID: 'tmp', Expiration: { Days: 3 } }]);
    const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'tmp/x', Body: 'x' }));
    expect(put.Expiration).toMatch(/^expiry-date=".* GMT", rule-id="tmp"$/);
  });
});

function* chunked(data: Buffer): Generator<Buffer> {
  for (let at = 0; at < data.length; at += 256 * 1024) yield data.subarray(at, at + 256 * 1024);
}

describe('reading', () => {
  test.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=5-999', 206, '56789', 'bytes 5-9/10'],
    ['bytes=1-2,4-5', 200, '0123456789', undefined],
    ['bytes=3-1', 200, '0123456789', undefined],
    ['lines=1-2', 200, '0123456789', undefined],
  ])('answers the range %s', async (Range, status, text, contentRange) => {
    const s3 = started.client();
    await s3.send(new PutObjectCommand({ Bucket, Key: 'digits', Body: '0123456789' }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }));
    expect(got.$metadata.httpStatusCode).toBe(status);
    expect(await got.Body?.transformToString()).toBe(text);
    expect(got.ContentRange).toBe(contentRange);
    expect(got.ContentLength).toBe(text.length);
  });

  test('refuses a range behind the end', async () => {
    const s3 = started.client();
    await s3.send(new PutObjectCommand({ Bucket, Key: 'digits', Body: '0123456789' }));
    await expect(
      s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=10-' })),
    ).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
      ActualObjectSize: '10',
    });
  });

  test('obeys conditions in the order of RFC 9110', async () => {
    const s3 = started.client();
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: 'c', Body: 'c' }));
    const read = async (input: object): Promise<number | undefined> => {
      try {
        const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'c', ...input }));
        await got.Body?.transformToByteArray();
        return got.$metadata.httpStatusCode;
      } catch (error) {
        return (error as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode;
      }
    };
    const past = new Date('2001-01-01');
    const future = new Date(Date.now() + 1e9);
    expect(await read({ IfMatch: ETag })).toBe(200);
    expect(await read({ IfMatch: '"other"' })).toBe(412);
    expect(await read({ IfNoneMatch: ETag })).toBe(304);
    expect(await read({ IfNoneMatch: '"other"' })).toBe(200);
    expect(await read({ IfModifiedSince: future })).toBe(304);
    expect(await read({ IfModifiedSince: past })).toBe(200);
    expect(await read({ IfUnmodifiedSince: past })).toBe(412);
    expect(await read({ IfMatch: ETag, IfUnmodifiedSince: past })).toBe(200);
    expect(await read({ IfNoneMatch: '"other"', IfModifiedSince: future })).toBe(200);
  });

  test('shows checksums to whoever asks and describes the object', async () => {
    const s3 = started.client({ responseChecksumValidation: 'WHEN_REQUIRED' });
    for (const [ChecksumAlgorithm, field] of [
      ['CRC32', 'ChecksumCRC32'],
      ['CRC32C', 'ChecksumCRC32C'],
      ['CRC64NVME', 'ChecksumCRC64NVME'],
      ['SHA1', 'ChecksumSHA1'],
      ['SHA256', 'ChecksumSHA256'],
    ] as const) {
      const given =
        ChecksumAlgorithm === 'CRC64NVME' ? { ChecksumCRC64NVME: 'rosUhgp5mIg=' } : { ChecksumAlgorithm };
      const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'sum', Body: '123456789', ...given }));
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'sum', ChecksumMode: 'ENABLED' }));
      expect(head[field]).toBe(put[field]);
      expect(head[field]).toMatch(/=$|^[A-Za-z0-9+/]+$/);
      expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'sum' })))[field]).toBeUndefined();
      const described = await s3.send(
        new GetObjectAttributesCommand({
          Bucket,
          Key: 'sum',
          ObjectAttributes: ['Checksum', 'ObjectSize', 'ETag'],
        }),
      );
      expect(described).toMatchObject({
        ObjectSize: 9,
        Checksum: { [field]: put[field], ChecksumType: 'FULL_OBJECT' },
      });
    }
  });

  test('answers reads of features that are off, and refuses to turn them on', async () => {
    const s3 = started.client();
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    expect((await s3.send(new GetBucketAclCommand({ Bucket }))).Grants).toHaveLength(1);
    await expect(
      s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } })),
    ).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
  });
});

describe('writing', () => {
  test('refuses a wrong digest and keeps what was there', async () => {
    const s3 = started.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    await s3.send(new PutObjectCommand({ Bucket, Key: 'digest', Body: 'before' }));
    const put = (extra: object): Promise<unknown> =>
      s3.send(new PutObjectCommand({ Bucket, Key: 'digest', Body: 'after', ...extra }));
    await expect(put({ ContentMD5: 'XUFAKrxLKna5cZ2REBfFkg==' })).rejects.toMatchObject({
      name: 'BadDigest',
    });
    await expect(put({ ContentMD5: 'short' })).rejects.toMatchObject({ name: 'InvalidDigest' });
    await expect(put({ ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(put({ ChecksumCRC64NVME: 'AAAAAAAAAAA=' })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(put({ ChecksumSHA1: 'AAAA' })).rejects.toMatchObject({ name: 'InvalidRequest' });
    expect((await bytesOf(s3, 'digest')).toString()).toBe('before');
  });

  test('obeys If-None-Match and If-Match', async () => {
    const s3 = started.client();
    const put = (extra: object): Promise<{ ETag?: string | undefined }> =>
      s3.send(new PutObjectCommand({ Bucket, Key: 'once', Body: 'x', ...extra }));
    await expect(put({ IfMatch: '"a"' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    const { ETag } = await put({ IfNoneMatch: '*' });
    await expect(put({ IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(put({ IfMatch: '"a"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await put({ IfMatch: ETag });
    await expect(
      s3.send(new DeleteObjectCommand({ Bucket, Key: 'once', IfMatch: '"a"' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'once', IfMatch: ETag }));
  });

  test("copies with the source's description or a new one", async () => {
    const s3 = started.client();
    const Key = 'copy/ä + b';
    await s3.send(
      new PutObjectCommand({ Bucket, Key, Body: 'copied', ContentType: 'text/plain', Metadata: { a: '1' } }),
    );
    const CopySource = `${Bucket}/${encodeURIComponent(Key)}`;
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy/same', CopySource }));
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'copy/same' }))).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { a: '1' },
    });
    await s3.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'copy/new',
        CopySource,
        MetadataDirective: 'REPLACE',
        ContentType: 'text/html',
        Metadata: { b: '2' },
      }),
    );
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'copy/new' }))).toMatchObject({
      ContentType: 'text/html',
      Metadata: { b: '2' },
    });
    await expect(s3.send(new CopyObjectCommand({ Bucket, Key, CopySource }))).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
    await s3.send(new CopyObjectCommand({ Bucket, Key, CopySource, MetadataDirective: 'REPLACE' }));
    expect((await bytesOf(s3, Key)).toString()).toBe('copied');
    await expect(
      s3.send(new CopyObjectCommand({ Bucket, Key: 'y', CopySource, CopySourceIfMatch: '"no"' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(
      s3.send(new CopyObjectCommand({ Bucket, Key: 'y', CopySource: `${Bucket}/none` })),
    ).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test.each([
    [{ ServerSideEncryption: 'AES256' }, 'NotImplemented'],
    [{ Tagging: 'a=b' }, 'NotImplemented'],
    [{ ACL: 'public-read' }, 'AccessControlListNotSupported'],
    [{ StorageClass: 'GLACIER' }, 'InvalidStorageClass'],
    [{ ObjectLockLegalHoldStatus: 'ON' }, 'InvalidRequest'],
    [{ Metadata: { a: 'x'.repeat(2048) } }, 'MetadataTooLarge'],
    [{ ExpectedBucketOwner: '111111111111' }, 'AccessDenied'],
  ] as const)('refuses %j with %s', async (extra, name) => {
    await expect(
      started.client().send(new PutObjectCommand({ Bucket, Key: 'no', Body: 'x', ...extra })),
    ).rejects.toMatchObject({ name });
  });

  test('keeps a bucket policy that binds nobody but through the authorisation port', async () => {
    const s3 = started.client();
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
      ],
    });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    expect((await fetch(`${started.server.url}/${Bucket}/anything`)).status).toBe(403);
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  });
});
