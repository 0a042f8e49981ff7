import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBucket } from './testing/start-bucket.ts';
import type { StartedBucket } from './testing/start-bucket.ts';

let started: StartedBucket;
beforeAll(async () => {
  started = await startBucket();
});
afterAll(() => started[Symbol.asyncDispose]());

const odd = [
  'plain.txt',
  'a b',
  'a+b',
  'a%2Fb',
  'a%b',
  'ä/é/日本.jpg',
  '😀',
  'e\u0301',
  '\u00e9',
  '../../evil',
  './x',
  'x/..',
  'a//b',
  '/leading',
  'trailing/',
  "!'()*",
  '?query',
  '#hash',
  '&amp;<>"',
  'tab\there',
  'line\nfeed',
  '\u0001',
  '\u007f',
  'k'.repeat(1024),
  '~._-',
  '=;:,@$',
  '{}|\\^`[]',
];

describe.each(['WHEN_SUPPORTED', 'WHEN_REQUIRED'] as const)('the AWS SDK with checksums %s', (mode) => {
  const client = () => started.client({ requestChecksumCalculation: mode, responseChecksumValidation: mode });

  test('makes, finds, lists and removes a bucket', async () => {
    const s3 = client();
    await s3.send(new CreateBucketCommand({ Bucket: 'second' }));
    const head = await s3.send(new HeadBucketCommand({ Bucket: 'second' }));
    expect(head.BucketRegion).toBe('us-east-1');
    expect(
      (await s3.send(new GetBucketLocationCommand({ Bucket: 'second' }))).LocationConstraint,
    ).toBeUndefined();
    const { Buckets, Owner } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['photos', 'second']);
    expect(Owner?.ID).toBe(started.user.userId);
    await s3.send(new DeleteBucketCommand({ Bucket: 'second' }));
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'second' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('round-trips bytes, headers and metadata', async () => {
    const s3 = client();
    const put = await s3.send(
      new PutObjectCommand({
        Bucket: 'photos',
        Key: 'a.txt',
        Body: 'hello',
        ContentType: 'text/plain',
        CacheControl: 'max-age=5',
        ContentDisposition: 'inline',
        Metadata: { order: '17' },
      }),
    );
    expect(put.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    const got = await s3.send(new GetObjectCommand({ Bucket: 'photos', Key: 'a.txt' }));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got).toMatchObject({
      ContentType: 'text/plain',
      CacheControl: 'max-age=5',
      ContentDisposition: 'inline',
      Metadata: { order: '17' },
      ContentLength: 5,
    });
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'photos', Key: 'a.txt' }));
    expect(head).toMatchObject({ ContentLength: 5, ETag: put.ETag });
    await s3.send(new DeleteObjectCommand({ Bucket: 'photos', Key: 'a.txt' }));
    await expect(s3.send(new GetObjectCommand({ Bucket: 'photos', Key: 'a.txt' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });

  test.each(odd)('keeps the key %j byte for byte', async (Key) => {
    const s3 = client();
    await s3.send(new PutObjectCommand({ Bucket: 'photos', Key: `odd/${Key}`.slice(0, 1024), Body: Key }));
    const got = await s3.send(new GetObjectCommand({ Bucket: 'photos', Key: `odd/${Key}`.slice(0, 1024) }));
    expect(await got.Body?.transformToString()).toBe(Key);
  });

  test('lists in UTF-8 order, by pages, with folders', async () => {
    const s3 = client();
    for (const Key of ['l/b', 'l/a/1', 'l/a/2', 'l/\uffee', 'l/\u{1F600}']) {
      await s3.send(new PutObjectCommand({ Bucket: 'photos', Key, Body: 'x' }));
    }
    const first = await s3.send(
      new ListObjectsV2Command({ Bucket: 'photos', Prefix: 'l/', Delimiter: '/', MaxKeys: 2 }),
    );
    expect(first).toMatchObject({ KeyCount: 2, IsTruncated: true, CommonPrefixes: [{ Prefix: 'l/a/' }] });
    const second = await s3.send(
      new ListObjectsV2Command({
        Bucket: 'photos',
        Prefix: 'l/',
        Delimiter: '/',
        ContinuationToken: first.NextContinuationToken,
      }),
    );
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['l/\uffee', 'l/\u{1F600}']);
    const old = await s3.send(new ListObjectsCommand({ Bucket: 'photos', Prefix: 'l/', Marker: 'l/a/1' }));
    expect(old.Contents?.map(({ Key }) => Key)).toEqual(['l/a/2', 'l/b', 'l/\uffee', 'l/\u{1F600}']);
  });
});
