import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  Bucket,
  document,
  get,
  list,
  objects,
  put,
  startPolicyScene,
  statement,
  statusOf,
  to,
} from '../testing/policy-scene.ts';
import type { PolicyScene } from '../testing/policy-scene.ts';

let scene: PolicyScene;
beforeAll(async () => {
  scene = await startPolicyScene();
});
afterAll(() => scene[Symbol.asyncDispose]());
beforeEach(() => scene.clear());

describe('an owner', () => {
  test('has all in its own bucket and nothing in others', async () => {
    const bob = await scene.server.ensureUser({ name: 'bob' });
    await scene.s3(bob).send(new CreateBucketCommand({ Bucket: 'bobs' }));
    await scene.s3(bob).send(new PutObjectCommand({ Bucket: 'bobs', Key: 'a', Body: 'x' }));
    expect(await scene.rights(bob)).toBe('403 403 403');
    expect((await scene.s3(bob).send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([
      'bobs',
    ]);
    expect(
      (await scene.s3(scene.admin).send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name),
    ).toEqual(['bobs', 'photos']);
    expect(
      await statusOf(scene.s3(scene.admin).send(new GetObjectCommand({ Bucket: 'bobs', Key: 'a' }))),
    ).toBe(200);
    await expect(
      scene.s3(scene.admin).send(new CreateBucketCommand({ Bucket: 'bobs' })),
    ).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
    await expect(scene.s3(bob).send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyExists',
    });
  });

  test('is bound by the policy of its bucket, and the administrator may always mend it', async () => {
    const denyAll = document(to('*', statement('Deny', 's3:*', [objects, `${objects}/*`])));
    const alice = scene.s3(scene.user);
    await alice.send(new PutBucketPolicyCommand({ Bucket, Policy: denyAll }));
    expect(await scene.rights(scene.user)).toBe('403 403 403');
    expect(await statusOf(alice.send(new DeleteBucketPolicyCommand({ Bucket })))).toBe(403);
    expect(await scene.rights(scene.admin)).toBe('403 403 403');
    expect((await scene.s3(scene.admin).send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(denyAll);
    await scene.s3(scene.admin).send(new DeleteBucketPolicyCommand({ Bucket }));
    expect(await scene.rights(scene.user)).toBe('200 200 200');
  });
});

describe('what is not there', () => {
  test('is 404 to whoever may list and 403 to others', async () => {
    const { iam } = scene.server;
    await iam.putPolicy({ user: 'worker' }, 'p', document(get, put));
    const client = scene.s3(scene.worker);
    const missing = { Bucket, Key: 'in/missing' };
    const copy = new CopyObjectCommand({ Bucket, Key: 'in/copy', CopySource: `${Bucket}/in/missing` });
    const ask = async (): Promise<number[]> => [
      await statusOf(client.send(new GetObjectCommand(missing))),
      await statusOf(client.send(new HeadObjectCommand(missing))),
      await statusOf(client.send(copy)),
    ];
    expect(await ask()).toEqual([403, 403, 403]);
    await expect(client.send(new GetObjectCommand(missing))).rejects.toThrow(
      `to perform: s3:ListBucket on resource: "${objects}" because no identity-based policy`,
    );
    await iam.putPolicy({ user: 'worker' }, 'list', document(statement('Allow', 's3:ListBucket', objects)));
    expect(await ask()).toEqual([404, 404, 404]);
    // A condition on the prefix is not met by a read, which has none.
    await iam.putPolicy({ user: 'worker' }, 'list', document(list));
    expect(await ask()).toEqual([403, 403, 403]);
  });

  test('an upload is 403 to whoever may not write, and 404 to whoever may', async () => {
    const part = new UploadPartCommand({ Bucket, Key: 'in/x', UploadId: 'made-up', PartNumber: 1, Body: '' });
    const abort = new AbortMultipartUploadCommand({ Bucket, Key: 'in/x', UploadId: 'made-up' });
    expect(await statusOf(scene.s3(scene.worker).send(part))).toBe(403);
    expect(await statusOf(scene.s3(scene.worker).send(abort))).toBe(403);
    const may = statement('Allow', ['s3:PutObject', 's3:AbortMultipartUpload'], `${objects}/in/*`);
    await scene.server.iam.putPolicy({ user: 'worker' }, 'p', document(may));
    await expect(scene.s3(scene.worker).send(part)).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(scene.s3(scene.worker).send(abort)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  test('a key is not deleted under a condition', async () => {
    const remove = new DeleteObjectCommand({ Bucket, Key: 'in/missing', IfMatch: '*' });
    expect(await statusOf(scene.s3(scene.worker).send(remove))).toBe(403);
    await scene.server.iam.putPolicy(
      { user: 'worker' },
      'p',
      document(statement('Allow', 's3:DeleteObject', `${objects}/in/*`)),
    );
    expect(await statusOf(scene.s3(scene.worker).send(remove))).toBe(404);
    await scene.s3(scene.admin).send(new PutObjectCommand({ Bucket, Key: 'in/missing', Body: 'x' }));
    // Whoever compares an ETag must be allowed to read.
    const compare = new DeleteObjectCommand({ Bucket, Key: 'in/missing', IfMatch: '"abc"' });
    expect(await statusOf(scene.s3(scene.worker).send(compare))).toBe(403);
    expect(await statusOf(scene.s3(scene.admin).send(compare))).toBe(412);
    expect(await statusOf(scene.s3(scene.worker).send(remove))).toBe(200);
  });
});

describe('an upload in parts', () => {
  test('may be seen and ended by who began it, unless that is denied', async () => {
    const { iam } = scene.server;
    await iam.putPolicy({ user: 'worker' }, 'p', document(put));
    const target = { Bucket, Key: 'in/parts' };
    const begin = async (): Promise<{ Bucket: string; Key: string; UploadId: string }> => {
      const { UploadId } = await scene.s3(scene.worker).send(new CreateMultipartUploadCommand(target));
      return { ...target, UploadId: UploadId ?? '' };
    };
    const upload = await begin();
    const bob = await scene.server.ensureUser({ name: 'bob' });
    expect(await statusOf(scene.s3(bob).send(new ListPartsCommand(upload)))).toBe(403);
    expect(await statusOf(scene.s3(scene.worker).send(new ListPartsCommand(upload)))).toBe(200);
    expect(await statusOf(scene.s3(scene.worker).send(new ListMultipartUploadsCommand({ Bucket })))).toBe(
      403,
    );
    const deny = statement('Deny', 's3:AbortMultipartUpload', `${objects}/*`);
    await iam.putBucketPolicy(Bucket, document(to('*', deny)));
    expect(await statusOf(scene.s3(scene.worker).send(new AbortMultipartUploadCommand(upload)))).toBe(403);
    await iam.putBucketPolicy(Bucket, null);
    expect(await statusOf(scene.s3(bob).send(new AbortMultipartUploadCommand(upload)))).toBe(403);
    expect(await statusOf(scene.s3(scene.worker).send(new AbortMultipartUploadCommand(upload)))).toBe(200);
  });

  test('passes a bucket that takes conditional writes only', async () => {
    const { iam } = scene.server;
    await iam.putPolicy({ user: 'worker' }, 'p', document(put));
    const unconditional = statement('Deny', 's3:PutObject', `${objects}/*`, undefined, {
      Null: { 's3:if-none-match': 'true' },
      Bool: { 's3:ObjectCreationOperation': 'true' },
    });
    await iam.putBucketPolicy(Bucket, document(to('*', unconditional)));
    const target = { Bucket, Key: 'in/once' };
    expect(await statusOf(scene.s3(scene.worker).send(new PutObjectCommand({ ...target, Body: 'x' })))).toBe(
      403,
    );
    const { UploadId } = await scene.s3(scene.worker).send(new CreateMultipartUploadCommand(target));
    const part = new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'x' });
    expect(await statusOf(scene.s3(scene.worker).send(part))).toBe(200);
    expect(
      await statusOf(
        scene.s3(scene.worker).send(new PutObjectCommand({ ...target, Body: 'x', IfNoneMatch: '*' })),
      ),
    ).toBe(200);
  });
});
