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
import type { AuthorizationRequest } from './authorize.ts';
import { startBucket } from './testing/start-bucket.ts';
import type { StartedBucket } from './testing/start-bucket.ts';

const Bucket = 'photos';
let started: StartedBucket;
let s3: S3Client;
let asked: AuthorizationRequest[] = [];

beforeAll(async () => {
  started = await startBucket({ onDecision: (question) => asked.push(question) });
  s3 = started.client();
  await s3.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'x' }));
});
afterAll(() => started[Symbol.asyncDispose]());
beforeEach(async () => {
  await started.server.iam.putBucketPolicy(Bucket, null);
  asked = [];
});

/** Refuses actions to everybody, by the bucket's policy. */
const refuse = (Action: string, ...Resource: string[]): Promise<void> =>
  started.server.iam.putBucketPolicy(
    Bucket,
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action, Resource }],
    }),
  );

const questions = (): string[] => asked.map(({ action, resource }) => `${action} ${resource}`);
const object = 'arn:aws:s3:::photos/';

test('a missing key is 404 to whoever may list and 403 to others', async () => {
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
  expect(questions()).toEqual([`s3:GetObject ${object}none`, 's3:ListBucket arn:aws:s3:::photos']);
  await refuse('s3:ListBucket', 'arn:aws:s3:::photos');
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 403 },
  });
});

test('whoever may not read learns nothing of what is there', async () => {
  await refuse('s3:GetObject', `${object}there`, `${object}none`);
  for (const Key of ['there', 'none']) {
    await expect(s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  }
});

test('a copy asks for both rights', async () => {
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: 'photos/there' }));
  expect(questions()).toEqual([`s3:PutObject ${object}copy`, `s3:GetObject ${object}there`]);
  await refuse('s3:GetObject', `${object}there`);
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
  await refuse('s3:DeleteObject', `${object}there`);
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

test('a policy is kept to the letter, and what is none is refused with the reason', async () => {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${object}public/*` },
  });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
  for (const [wrong, message] of [
    ['{', 'valid JSON'],
    ['[]', 'valid JSON'],
    ['{}', 'Missing required field Statement'],
    [JSON.stringify({ Statement: [] }), 'empty'],
    [Policy.replace('"Principal":"*",', ''), 'Missing required field Principal'],
    [Policy.replace('photos/', 'others/'), 'invalid resource'],
    [Policy.replace('s3:GetObject', 'GetObject'), 'invalid action'],
    [Policy.replace('"*"', '{"AWS":"arn:aws:iam::000000000000:user/nobody"}'), 'Invalid principal'],
    [Policy.replace('Effect', 'Efect'), 'Unknown field Efect'],
  ] as const) {
    await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: wrong }))).rejects.toMatchObject({
      name: 'MalformedPolicy',
      $metadata: { httpStatusCode: 400 },
      message: expect.stringContaining(message) as string,
    });
  }
  const long = JSON.stringify({ Statement: [], Id: 'x'.repeat(21_000) });
  await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: long }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 400 },
  });
});
