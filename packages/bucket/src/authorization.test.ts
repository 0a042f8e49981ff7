import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { authorizeOwner } from './authorize.ts';
import type { AuthorizationRequest } from './authorize.ts';
import { startBucket } from './testing/start-bucket.ts';
import type { StartedBucket } from './testing/start-bucket.ts';

const Bucket = 'photos';
let started: StartedBucket;
let s3: S3Client;
let asked: AuthorizationRequest[] = [];
/** `action resource` pairs that are refused whoever asks. */
let refused: string[] = [];

beforeAll(async () => {
  started = await startBucket({
    authorize: (request) => {
      asked.push(request);
      return refused.includes(`${request.action} ${request.resource}`)
        ? { allowed: false, reason: 'test' }
        : authorizeOwner(request);
    },
  });
  s3 = started.client();
  await s3.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'x' }));
});
afterAll(() => started[Symbol.asyncDispose]());
beforeEach(() => {
  asked = [];
  refused = [];
});

const questions = (): string[] => asked.map(({ action, resource }) => `${action} ${resource}`);
const object = 'arn:aws:s3:::photos/';

test('a missing key is 404 to whoever may list and 403 to others', async () => {
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
  expect(questions()).toEqual([`s3:GetObject ${object}none`, 's3:ListBucket arn:aws:s3:::photos']);
  refused = ['s3:ListBucket arn:aws:s3:::photos'];
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 403 },
  });
});

test('whoever may not read learns nothing of what is there', async () => {
  refused = [`s3:GetObject ${object}there`, `s3:GetObject ${object}none`];
  for (const Key of ['there', 'none']) {
    await expect(s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  }
});

test('a copy asks for both rights', async () => {
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: 'photos/there' }));
  expect(questions()).toEqual([`s3:PutObject ${object}copy`, `s3:GetObject ${object}there`]);
  refused = [`s3:GetObject ${object}there`];
  await expect(
    s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: 'photos/there' })),
  ).rejects.toMatchObject({ name: 'AccessDenied' });
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'part' }));
  await expect(
    s3.send(
      new UploadPartCopyCommand({ Bucket, Key: 'part', UploadId, PartNumber: 1, CopySource: 'photos/there' }),
    ),
  ).rejects.toMatchObject({ name: 'AccessDenied' });
});

test("a copy out of another owner's bucket is refused", async () => {
  const bob = await started.server.ensureUser({ name: 'bob' });
  await started.server.ensureBucket('bobs', bob.userId);
  await started
    .client({ credentials: bob })
    .send(new PutObjectCommand({ Bucket: 'bobs', Key: 'private', Body: 'x' }));
  await expect(
    s3.send(new CopyObjectCommand({ Bucket, Key: 'stolen', CopySource: 'bobs/private' })),
  ).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(s3.send(new ListObjectsV2Command({ Bucket: 'bobs' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual(['photos']);
});

test('each key of a multiple delete is asked for by itself', async () => {
  refused = [`s3:DeleteObject ${object}there`];
  const answer = await s3.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'there' }, { Key: 'copy' }] } }),
  );
  expect(answer.Errors).toMatchObject([{ Key: 'there', Code: 'AccessDenied' }]);
  expect(answer.Deleted).toMatchObject([{ Key: 'copy' }]);
});

test('the question carries the condition keys of the request', async () => {
  await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', Delimiter: '/' }));
  expect(asked[0]).toMatchObject({
    action: 's3:ListBucket',
    bucket: { name: Bucket, ownerId: started.user.userId },
    context: {
      's3:prefix': 'a/',
      's3:delimiter': '/',
      's3:max-keys': '1000',
      's3:authType': 'REST-HEADER',
      'aws:SecureTransport': 'false',
      'aws:SourceIp': '127.0.0.1',
      'aws:username': 'alice',
      'aws:PrincipalArn': 'arn:aws:iam::000000000000:user/alice',
    },
  });
  asked = [];
  await s3.send(
    new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'bucket-owner-full-control', IfNoneMatch: '*' }),
  );
  expect(questions()).toEqual([`s3:PutObject ${object}k`, `s3:PutObjectAcl ${object}k`]);
  expect(asked[0]?.context).toMatchObject({
    's3:x-amz-acl': 'bucket-owner-full-control',
    's3:if-none-match': '*',
  });
  expect(asked[0]?.context).not.toHaveProperty('s3:prefix');
});

test('a port of its own gets the bucket policy', async () => {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
  expect(asked.at(-1)?.bucket?.policy).toBe(Policy);
  for (const wrong of ['{', '[]', '{}', JSON.stringify({ Statement: [], Id: 'x'.repeat(21_000) })]) {
    await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: wrong }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 400 },
    });
  }
});
