import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Behaviour } from '../behaviour.ts';
import { expectRefused } from '../expect-s3.ts';

export const objectBehaviours: Behaviour[] = [
  {
    name: 'returns the bytes and the MD5 as ETag',
    run: async ({ s3, bucket, put }) => {
      expect(await put('a.txt', 'hello')).toBe('"5d41402abc4b2a76b9719d911017c592"');
      const got = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a.txt' }));
      expect(await got.Body?.transformToString()).toBe('hello');
      expect(got.ContentLength).toBe(5);
      expect(got.AcceptRanges).toBe('bytes');
      expect(Math.abs((got.LastModified?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    },
  },
  {
    name: 'keeps content headers and user metadata',
    run: async ({ s3, bucket }) => {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: 'a',
          Body: 'x',
          ContentType: 'image/jpeg',
          ContentDisposition: 'attachment; filename="a.jpg"',
          ContentEncoding: 'identity',
          ContentLanguage: 'de',
          CacheControl: 'max-age=60',
          Metadata: { one: 'first', two: 'second' },
        }),
      );
      const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' }));
      expect(head).toMatchObject({
        ContentType: 'image/jpeg',
        ContentDisposition: 'attachment; filename="a.jpg"',
        ContentLanguage: 'de',
        CacheControl: 'max-age=60',
        Metadata: { one: 'first', two: 'second' },
      });
    },
  },
  {
    name: 'gives binary/octet-stream where no type was sent',
    run: async ({ s3, bucket, url, target }) => {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x' }));
      const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' }));
      expect(url('a').startsWith(target.endpoint)).toBe(true);
      // The SDK itself sends application/octet-stream for a body of unknown type.
      expect(['binary/octet-stream', 'application/octet-stream']).toContain(head.ContentType);
    },
  },
  {
    name: 'overwrites whole',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'a longer first body');
      await put('a', 'short');
      expect(
        await (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a' }))).Body?.transformToString(),
      ).toBe('short');
    },
  },
  {
    name: 'keeps an empty object',
    run: async ({ s3, bucket, put }) => {
      expect(await put('empty', '')).toBe('"d41d8cd98f00b204e9800998ecf8427e"');
      expect((await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'empty' }))).ContentLength).toBe(0);
    },
  },
  {
    name: 'answers NoSuchKey for what is not there',
    run: async ({ s3, bucket }) => {
      await expectRefused(s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'none' })), 404, 'NoSuchKey');
      await expectRefused(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'none' })), 404);
    },
  },
  {
    name: 'answers NoSuchBucket for a bucket that is not there',
    run: async ({ s3 }) => {
      await expectRefused(
        s3.send(new GetObjectCommand({ Bucket: 'no-such-bucket-at-all', Key: 'a' })),
        404,
        'NoSuchBucket',
      );
    },
  },
  {
    name: 'deletes, and deletes again with the same answer',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'x');
      const first = await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a' }));
      const second = await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a' }));
      expect([first.$metadata.httpStatusCode, second.$metadata.httpStatusCode]).toEqual([204, 204]);
      await expectRefused(s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a' })), 404, 'NoSuchKey');
    },
  },
  {
    name: 'deletes a batch and names each key',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'x');
      await put('b', 'x');
      const { Deleted, Errors } = await s3.send(
        new DeleteObjectsCommand({
          Bucket: bucket,
          Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }, { Key: 'never there' }] },
        }),
      );
      expect(Deleted?.map(({ Key }) => Key).toSorted()).toEqual(['a', 'b', 'never there']);
      expect(Errors ?? []).toEqual([]);
    },
  },
  {
    name: 'deletes a batch quietly',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'x');
      const { Deleted } = await s3.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Quiet: true, Objects: [{ Key: 'a' }] } }),
      );
      expect(Deleted ?? []).toEqual([]);
      await expectRefused(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' })), 404);
    },
  },
  {
    name: 'copies with the metadata of the original',
    run: async ({ s3, bucket }) => {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: 'a b+c',
          Body: 'x',
          ContentType: 'text/plain',
          Metadata: { k: 'v' },
        }),
      );
      const { CopyObjectResult } = await s3.send(
        new CopyObjectCommand({
          Bucket: bucket,
          Key: 'copy',
          CopySource: `${bucket}/${encodeURIComponent('a b+c')}`,
        }),
      );
      // AWS quotes it, Ceph does not.
      expect(CopyObjectResult?.ETag?.replaceAll('"', '')).toBe('9dd4e461268c8034f5c8564e155c67a6');
      const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'copy' }));
      expect(head).toMatchObject({ ContentType: 'text/plain', Metadata: { k: 'v' } });
    },
  },
  {
    name: 'copies with metadata REPLACE',
    run: async ({ s3, bucket }) => {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x', Metadata: { old: '1' } }));
      await s3.send(
        new CopyObjectCommand({
          Bucket: bucket,
          Key: 'a',
          CopySource: `${bucket}/a`,
          MetadataDirective: 'REPLACE',
          Metadata: { fresh: '2' },
          ContentType: 'text/css',
        }),
      );
      const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' }));
      expect(head).toMatchObject({ ContentType: 'text/css', Metadata: { fresh: '2' } });
    },
  },
  {
    name: 'refuses to copy an object onto itself unchanged',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'x');
      await expectRefused(
        s3.send(new CopyObjectCommand({ Bucket: bucket, Key: 'a', CopySource: `${bucket}/a` })),
        400,
        'InvalidRequest',
      );
    },
  },
  {
    name: 'copies only while the condition on the original holds',
    cephDeparts: 'ignores x-amz-copy-source-if-match',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'x');
      const copy = new CopyObjectCommand({
        Bucket: bucket,
        Key: 'b',
        CopySource: `${bucket}/a`,
        CopySourceIfMatch: '"0"',
      });
      await expectRefused(s3.send(copy), 412, 'PreconditionFailed');
    },
  },
  {
    name: 'serves ranges, suffixes and open ends',
    run: async ({ s3, bucket, put }) => {
      await put('a', '0123456789');
      const read = async (Range: string) => {
        const got = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', Range }));
        return [got.$metadata.httpStatusCode, got.ContentRange, await got.Body?.transformToString()];
      };
      expect(await read('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
      expect(await read('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
      expect(await read('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
      expect(await read('bytes=5-999')).toEqual([206, 'bytes 5-9/10', '56789']);
    },
  },
  {
    name: 'refuses a range beyond the end',
    run: async ({ s3, bucket, put }) => {
      await put('a', '0123456789');
      await expectRefused(
        s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', Range: 'bytes=10-' })),
        416,
        'InvalidRange',
      );
    },
  },
  {
    name: 'overrides response headers of a signed read',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'x');
      const got = await s3.send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: 'a',
          ResponseContentType: 'text/csv',
          ResponseContentDisposition: 'attachment; filename="b.csv"',
          ResponseCacheControl: 'no-store',
        }),
      );
      expect(got).toMatchObject({
        ContentType: 'text/csv',
        ContentDisposition: 'attachment; filename="b.csv"',
        CacheControl: 'no-store',
      });
    },
  },
];
