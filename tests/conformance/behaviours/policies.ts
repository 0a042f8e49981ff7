import {
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Behaviour, Scene } from '../behaviour.ts';
import { expectAnswer, expectRefused } from '../expect-s3.ts';

interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string>>;
}

/** Puts a policy whose statements are all about everybody. */
const putPolicy = async ({ s3, bucket }: Scene, ...statements: Statement[]): Promise<void> => {
  const policy = {
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ ...statement, Principal: '*' })),
  };
  await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(policy) }));
};

const objects = ({ bucket }: Scene, prefix = ''): string => `arn:aws:s3:::${bucket}/${prefix}*`;

export const policyBehaviours: Behaviour[] = [
  {
    name: 'lets nobody in by itself, and everybody where the policy says so',
    run: async (scene) => {
      await scene.put('public/a', 'seen');
      await scene.put('private/a', 'hidden');
      await expectAnswer(await fetch(scene.url('public/a')), 403, 'AccessDenied');
      await putPolicy(scene, {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: objects(scene, 'public/'),
      });
      expect(await (await fetch(scene.url('public/a'))).text()).toBe('seen');
      await expectAnswer(await fetch(scene.url('private/a')), 403, 'AccessDenied');
      await expectAnswer(
        await fetch(scene.url('public/b'), { method: 'PUT', body: 'x' }),
        403,
        'AccessDenied',
      );
      await scene.s3.send(new DeleteBucketPolicyCommand({ Bucket: scene.bucket }));
      await expectAnswer(await fetch(scene.url('public/a')), 403, 'AccessDenied');
    },
  },
  {
    name: 'lets a stranger do what the policy allows everybody, and no more',
    run: async (scene) => {
      const { bucket, client, target } = scene;
      await scene.put('in/a', 'x');
      await putPolicy(
        scene,
        { Effect: 'Allow', Action: 's3:PutObject', Resource: objects(scene, 'in/') },
        {
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: `arn:aws:s3:::${bucket}`,
          Condition: { StringLike: { 's3:prefix': 'in/*' } },
        },
      );
      const stranger = client(target.stranger);
      await stranger.send(new PutObjectCommand({ Bucket: bucket, Key: 'in/b', Body: 'x' }));
      const listed = await stranger.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'in/' }));
      expect(listed.Contents?.map(({ Key }) => Key)).toEqual(['in/a', 'in/b']);
      await expectRefused(stranger.send(new ListObjectsV2Command({ Bucket: bucket })), 403, 'AccessDenied');
      await expectRefused(
        stranger.send(new PutObjectCommand({ Bucket: bucket, Key: 'out/b', Body: 'x' })),
        403,
        'AccessDenied',
      );
      await expectRefused(
        stranger.send(new GetObjectCommand({ Bucket: bucket, Key: 'in/a' })),
        403,
        'AccessDenied',
      );
    },
  },
  {
    name: 'denies the owner too what the policy denies everybody',
    run: async (scene) => {
      const { s3, bucket } = scene;
      await scene.put('kept/a', 'x');
      await scene.put('other/a', 'x');
      await putPolicy(scene, { Effect: 'Deny', Action: 's3:GetObject', Resource: objects(scene, 'kept/') });
      await expectRefused(
        s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'kept/a' })),
        403,
        'AccessDenied',
      );
      await expectRefused(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'kept/a' })), 403);
      await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'other/a' }));
    },
  },
  {
    name: 'tells an upload that is not there only to whoever may write',
    run: async (scene) => {
      const { s3, bucket, client, target } = scene;
      const part = new UploadPartCommand({
        Bucket: bucket,
        Key: 'a',
        UploadId: 'made-up',
        PartNumber: 1,
        Body: 'x',
      });
      await expectRefused(client(target.stranger).send(part), 403, 'AccessDenied');
      await expectRefused(s3.send(part), 404, 'NoSuchUpload');
    },
  },
  {
    name: 'keeps the public out of a restricted bucket, whatever its policy says',
    cephDeparts: 'lets the public in all the same',
    run: async (scene) => {
      const { s3, bucket } = scene;
      await scene.put('a', 'x');
      await putPolicy(scene, { Effect: 'Allow', Action: 's3:GetObject', Resource: objects(scene) });
      await s3.send(
        new PutPublicAccessBlockCommand({
          Bucket: bucket,
          PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
        }),
      );
      await expectAnswer(await fetch(scene.url('a')), 403, 'AccessDenied');
      await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a' }));
      await s3.send(new DeletePublicAccessBlockCommand({ Bucket: bucket }));
      expect((await fetch(scene.url('a'))).status).toBe(200);
    },
  },
  {
    name: 'refuses a public policy where those are blocked',
    run: async (scene) => {
      const { s3, bucket } = scene;
      await s3.send(
        new PutPublicAccessBlockCommand({
          Bucket: bucket,
          PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
        }),
      );
      await expectRefused(
        putPolicy(scene, { Effect: 'Allow', Action: 's3:GetObject', Resource: objects(scene) }),
        403,
        'AccessDenied',
      );
      await putPolicy(scene, { Effect: 'Deny', Action: 's3:GetObject', Resource: objects(scene, 'x/') });
    },
  },
];
