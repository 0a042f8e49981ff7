import {
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Behaviour, Scene } from '../behaviour.ts';
import { expectRefused } from '../expect-s3.ts';

const fill = ({ put }: Scene, keys: string[]) => Promise.all(keys.map((key) => put(key, 'x')));

export const listingBehaviours: Behaviour[] = [
  {
    name: 'lists keys in the order of their UTF-8 bytes',
    run: async (scene) => {
      // U+FF5E sorts after U+1D11E in UTF-16 and before it in UTF-8.
      await fill(scene, ['b', 'a', 'a/b', 'a.b', 'B', '～', '𝄞', 'é']);
      const { Contents } = await scene.s3.send(new ListObjectsV2Command({ Bucket: scene.bucket }));
      expect(Contents?.map(({ Key }) => Key)).toEqual(['B', 'a', 'a.b', 'a/b', 'b', 'é', '～', '𝄞']);
    },
  },
  {
    name: 'lists below a prefix, and folds at a delimiter',
    run: async (scene) => {
      await fill(scene, ['p/1', 'p/2', 'p/x/1', 'p/x/2', 'p/y/1', 'q']);
      const { Contents, CommonPrefixes, KeyCount } = await scene.s3.send(
        new ListObjectsV2Command({ Bucket: scene.bucket, Prefix: 'p/', Delimiter: '/' }),
      );
      expect(Contents?.map(({ Key }) => Key)).toEqual(['p/1', 'p/2']);
      expect(CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['p/x/', 'p/y/']);
      expect(KeyCount).toBe(4);
    },
  },
  {
    name: 'pages without losing or repeating a key or a folder',
    run: async (scene) => {
      await fill(scene, ['a', 'b/1', 'b/2', 'c', 'd/1', 'e']);
      const seen: (string | undefined)[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await scene.s3.send(
          new ListObjectsV2Command({ Bucket: scene.bucket, Delimiter: '/', MaxKeys: 2, ContinuationToken }),
        );
        expect((page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0)).toBeLessThanOrEqual(2);
        seen.push(
          ...(page.Contents ?? []).map(({ Key }) => Key),
          ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
        );
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      expect(seen.toSorted()).toEqual(['a', 'b/', 'c', 'd/', 'e']);
    },
  },
  {
    name: 'starts after a key',
    run: async (scene) => {
      await fill(scene, ['a', 'b', 'c']);
      const { Contents } = await scene.s3.send(
        new ListObjectsV2Command({ Bucket: scene.bucket, StartAfter: 'a' }),
      );
      expect(Contents?.map(({ Key }) => Key)).toEqual(['b', 'c']);
    },
  },
  {
    name: 'answers max-keys=0 with nothing',
    run: async (scene) => {
      await fill(scene, ['a']);
      const { KeyCount, IsTruncated } = await scene.s3.send(
        new ListObjectsV2Command({ Bucket: scene.bucket, MaxKeys: 0 }),
      );
      expect({ KeyCount, IsTruncated }).toEqual({ KeyCount: 0, IsTruncated: false });
    },
  },
  {
    name: 'encodes keys with encoding-type=url',
    run: async (scene) => {
      await fill(scene, ['a b+c%/é']);
      const { Contents, EncodingType } = await scene.s3.send(
        new ListObjectsV2Command({ Bucket: scene.bucket, EncodingType: 'url' }),
      );
      expect(EncodingType).toBe('url');
      expect(decodeURIComponent((Contents?.[0]?.Key ?? '').replaceAll('+', ' '))).toBe('a b+c%/é');
    },
  },
  {
    name: 'lists size, ETag and time of each object',
    run: async (scene) => {
      const ETag = await scene.put('a', 'hello');
      const { Contents } = await scene.s3.send(new ListObjectsV2Command({ Bucket: scene.bucket }));
      expect(Contents?.[0]).toMatchObject({
        Key: 'a',
        Size: 5,
        ETag,
        StorageClass: 'STANDARD',
        LastModified: expect.any(Date),
      });
    },
  },
  {
    name: 'tells where a bucket is',
    cephDeparts: 'answers the name of its zone group',
    run: async ({ s3, bucket }) => {
      // us-east-1 has no name of its own here: the location is empty (AWS: GetBucketLocation).
      expect((await s3.send(new GetBucketLocationCommand({ Bucket: bucket }))).LocationConstraint ?? '').toBe(
        '',
      );
    },
  },
  {
    name: 'lists the buckets of the caller alone',
    run: async ({ s3, client, target, bucket }) => {
      const own = await s3.send(new ListBucketsCommand({}));
      expect(own.Buckets?.map(({ Name }) => Name)).toContain(bucket);
      const others = await client(target.stranger).send(new ListBucketsCommand({}));
      expect(others.Buckets?.map(({ Name }) => Name) ?? []).not.toContain(bucket);
    },
  },
  {
    name: 'refuses a stranger to list and to look',
    run: async ({ client, target, bucket }) => {
      const stranger = client(target.stranger);
      await expectRefused(stranger.send(new ListObjectsV2Command({ Bucket: bucket })), 403, 'AccessDenied');
      await expectRefused(stranger.send(new HeadBucketCommand({ Bucket: bucket })), 403);
    },
  },
];
