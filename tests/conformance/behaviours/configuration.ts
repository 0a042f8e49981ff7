import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketCorsCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Behaviour } from '../behaviour.ts';
import { expectRefused } from '../expect-s3.ts';

export const configurationBehaviours: Behaviour[] = [
  {
    name: 'refuses to delete a bucket that holds something',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'x');
      await expectRefused(s3.send(new DeleteBucketCommand({ Bucket: bucket })), 409, 'BucketNotEmpty');
    },
  },
  {
    name: 'deletes an empty bucket',
    run: async ({ s3, bucket }) => {
      await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
      await expectRefused(s3.send(new HeadBucketCommand({ Bucket: bucket })), 404);
    },
  },
  {
    name: "refuses a bucket name that is somebody else's",
    run: async ({ client, target, bucket }) => {
      await expectRefused(
        client(target.stranger).send(new CreateBucketCommand({ Bucket: bucket })),
        409,
        'BucketAlreadyExists',
      );
    },
  },
  {
    name: 'keeps, shows and forgets CORS rules',
    run: async ({ s3, bucket }) => {
      await expectRefused(
        s3.send(new GetBucketCorsCommand({ Bucket: bucket })),
        404,
        'NoSuchCORSConfiguration',
      );
      const rule = {
        AllowedOrigins: ['https://app.example.com'],
        AllowedMethods: ['GET', 'PUT'],
        AllowedHeaders: ['*'],
        ExposeHeaders: ['ETag'],
        MaxAgeSeconds: 600,
      };
      await s3.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [rule] } }));
      const { CORSRules } = await s3.send(new GetBucketCorsCommand({ Bucket: bucket }));
      expect(CORSRules?.[0]).toMatchObject({
        ...rule,
        AllowedMethods: expect.arrayContaining(['GET', 'PUT']),
      });
      await s3.send(new DeleteBucketCorsCommand({ Bucket: bucket }));
      await expectRefused(
        s3.send(new GetBucketCorsCommand({ Bucket: bucket })),
        404,
        'NoSuchCORSConfiguration',
      );
      await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    },
  },
  {
    name: 'keeps, shows and forgets a bucket policy',
    run: async ({ s3, bucket }) => {
      await expectRefused(s3.send(new GetBucketPolicyCommand({ Bucket: bucket })), 404, 'NoSuchBucketPolicy');
      const policy = {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:DeleteObject',
            Resource: `arn:aws:s3:::${bucket}/keep/*`,
          },
        ],
      };
      await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(policy) }));
      expect(
        JSON.parse((await s3.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy ?? ''),
      ).toEqual(policy);
      await s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
      await expectRefused(s3.send(new GetBucketPolicyCommand({ Bucket: bucket })), 404, 'NoSuchBucketPolicy');
    },
  },
  {
    name: 'refuses a bucket policy that is not JSON',
    cephDeparts: 'answers InvalidArgument',
    run: async ({ s3, bucket }) => {
      await expectRefused(
        s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: '{' })),
        400,
        'MalformedPolicy',
      );
    },
  },
  {
    name: 'keeps, shows and forgets lifecycle rules',
    run: async ({ s3, bucket }) => {
      const missing = () => s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
      await expectRefused(missing(), 404, 'NoSuchLifecycleConfiguration');
      const rule = {
        ID: 'tidy',
        Status: 'Enabled' as const,
        Filter: { Prefix: 'tmp/' },
        Expiration: { Days: 3 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      };
      await s3.send(
        new PutBucketLifecycleConfigurationCommand({
          Bucket: bucket,
          LifecycleConfiguration: { Rules: [rule] },
        }),
      );
      expect((await missing()).Rules?.[0]).toMatchObject(rule);
      await s3.send(new DeleteBucketLifecycleCommand({ Bucket: bucket }));
      await expectRefused(missing(), 404, 'NoSuchLifecycleConfiguration');
    },
  },
];
