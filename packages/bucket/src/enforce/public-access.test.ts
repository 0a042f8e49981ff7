import {
  DeletePublicAccessBlockCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Bucket, document, get, startPolicyScene, statusOf, to, user } from '../testing/policy-scene.ts';
import type { PolicyScene } from '../testing/policy-scene.ts';

let scene: PolicyScene;
beforeAll(async () => {
  scene = await startPolicyScene();
});
afterAll(() => scene[Symbol.asyncDispose]());
beforeEach(() => scene.clear());

const read = async (): Promise<number> => (await fetch(`${scene.server.url}/${Bucket}/in/there`)).status;

describe('nobody', () => {
  const everybody = document(to('*', get));

  test('is let in by a public policy alone', async () => {
    const { iam } = scene.server;
    expect(await read()).toBe(403);
    await iam.putBucketPolicy(Bucket, everybody);
    expect(await read()).toBe(200);
    expect((await fetch(`${scene.server.url}/${Bucket}/out/there`)).status).toBe(403);
    expect((await fetch(`${scene.server.url}/${Bucket}/in/new`, { method: 'PUT', body: 'x' })).status).toBe(
      403,
    );
    await iam.putBucketPolicy(Bucket, document(to({ AWS: user }, get)));
    expect(await read()).toBe(403);
  });

  test('is told nothing but that', async () => {
    const body = await (await fetch(`${scene.server.url}/${Bucket}/in/there`)).text();
    expect(body).toContain('<Message>Access Denied</Message>');
  });

  test('is kept out where public buckets are restricted', async () => {
    const { iam } = scene.server;
    await iam.putBucketPolicy(Bucket, everybody);
    await scene.s3(scene.admin).send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
      }),
    );
    expect(await read()).toBe(403);
    // Who belongs to the account is let in by that very policy.
    expect(
      await statusOf(scene.s3(scene.worker).send(new GetObjectCommand({ Bucket, Key: 'in/there' }))),
    ).toBe(200);
    await scene.s3(scene.admin).send(new DeletePublicAccessBlockCommand({ Bucket }));
    expect(await read()).toBe(200);
  });

  test('a public policy is refused where those are blocked', async () => {
    const block = new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, BlockPublicAcls: true },
    });
    await scene.s3(scene.admin).send(block);
    expect(
      (await scene.s3(scene.admin).send(new GetPublicAccessBlockCommand({ Bucket })))
        .PublicAccessBlockConfiguration,
    ).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    });
    await expect(
      scene.s3(scene.admin).send(new PutBucketPolicyCommand({ Bucket, Policy: everybody })),
    ).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('BlockPublicPolicy') as string,
    });
    const narrow = document(to('*', { ...get, Condition: { StringEquals: { 'aws:PrincipalArn': user } } }));
    await scene.s3(scene.admin).send(new PutBucketPolicyCommand({ Bucket, Policy: narrow }));
    const status = await scene.s3(scene.admin).send(new GetBucketPolicyStatusCommand({ Bucket }));
    expect(status.PolicyStatus?.IsPublic).toBe(false);
  });
});

describe('settings of a bucket', () => {
  test('ownership is enforced and cannot be given up', async () => {
    const set = (ObjectOwnership: 'BucketOwnerEnforced' | 'ObjectWriter'): Promise<number> =>
      statusOf(
        scene.s3(scene.admin).send(
          new PutBucketOwnershipControlsCommand({
            Bucket,
            OwnershipControls: { Rules: [{ ObjectOwnership }] },
          }),
        ),
      );
    expect(await set('BucketOwnerEnforced')).toBe(200);
    expect(await set('ObjectWriter')).toBe(501);
    expect(
      (await scene.s3(scene.admin).send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls
        ?.Rules,
    ).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  });

  test('encryption is not promised', async () => {
    const configuration = {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }],
    };
    expect(
      await statusOf(
        scene
          .s3(scene.admin)
          .send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: configuration })),
      ),
    ).toBe(501);
  });
});
