import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Behaviour } from '../behaviour.ts';
import { expectRefused } from '../expect-s3.ts';

const hour = 3_600_000;

export const conditionBehaviours: Behaviour[] = [
  {
    name: 'reads with If-Match: the ETag or 412',
    run: async ({ s3, bucket, put }) => {
      const etag = await put('a', 'x');
      await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', IfMatch: etag }));
      await expectRefused(
        s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', IfMatch: '"0"' })),
        412,
        'PreconditionFailed',
      );
    },
  },
  {
    name: 'reads with If-None-Match: 304 for the same ETag',
    run: async ({ s3, bucket, put }) => {
      const etag = await put('a', 'x');
      await expectRefused(
        s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', IfNoneMatch: etag })),
        304,
      );
      await expectRefused(
        s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a', IfNoneMatch: etag })),
        304,
      );
      await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', IfNoneMatch: '"0"' }));
    },
  },
  {
    name: 'reads with If-Modified-Since and If-Unmodified-Since',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'x');
      const past = new Date(Date.now() - hour);
      await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', IfModifiedSince: past }));
      await expectRefused(
        s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', IfUnmodifiedSince: past })),
        412,
        'PreconditionFailed',
      );
      const { LastModified } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' }));
      const later = new Date((LastModified?.getTime() ?? 0) + 1000);
      await expectRefused(
        s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', IfModifiedSince: later })),
        304,
      );
    },
  },
  {
    name: 'writes with If-None-Match: * only where nothing is',
    run: async ({ s3, bucket }) => {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'first', IfNoneMatch: '*' }));
      await expectRefused(
        s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'second', IfNoneMatch: '*' })),
        412,
        'PreconditionFailed',
      );
      expect(
        await (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a' }))).Body?.transformToString(),
      ).toBe('first');
    },
  },
  {
    name: 'lets exactly one of many racing If-None-Match: * writes win',
    run: async ({ s3, bucket }) => {
      const races = await Promise.allSettled(
        Array.from({ length: 12 }, (_, index) =>
          s3.send(
            new PutObjectCommand({
              Bucket: bucket,
              Key: 'race',
              Body: 'x'.repeat(50_000) + index,
              IfNoneMatch: '*',
            }),
          ),
        ),
      );
      expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    },
  },
  {
    name: 'writes with If-Match only over that ETag',
    cephDeparts: 'knows the ETag of If-Match only without its quotes',
    run: async ({ s3, bucket, put }) => {
      const etag = await put('a', 'first');
      await expectRefused(
        s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'no', IfMatch: '"0"' })),
        412,
        'PreconditionFailed',
      );
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'second', IfMatch: etag }));
    },
  },
  {
    name: 'answers 404 to a write with If-Match where nothing is',
    cephDeparts: 'answers 412',
    run: async ({ s3, bucket }) => {
      await expectRefused(
        s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x', IfMatch: '"0"' })),
        404,
        'NoSuchKey',
      );
    },
  },
];
