import { createHash, randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { expect } from 'vitest';
import type { Behaviour, Scene } from '../behaviour.ts';
import { expectRefused } from '../expect-s3.ts';

const MiB = 1024 * 1024;
const Key = 'large';

const begin = async ({ s3, bucket }: Scene): Promise<string> => {
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({
      Bucket: bucket,
      Key,
      ContentType: 'video/webm',
      Metadata: { k: 'v' },
    }),
  );
  return UploadId ?? '';
};

const part = async ({ s3, bucket }: Scene, UploadId: string, PartNumber: number, Body: Uint8Array) => {
  const { ETag } = await s3.send(new UploadPartCommand({ Bucket: bucket, Key, UploadId, PartNumber, Body }));
  return { PartNumber, ETag };
};

const complete = (
  { s3, bucket }: Scene,
  UploadId: string,
  Parts: { PartNumber: number; ETag: string | undefined }[],
  more: { MpuObjectSize?: number; IfNoneMatch?: string; IfMatch?: string } = {},
) =>
  s3.send(
    new CompleteMultipartUploadCommand({
      Bucket: bucket,
      Key,
      UploadId,
      MultipartUpload: { Parts },
      ...more,
    }),
  );

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();

export const multipartBehaviours: Behaviour[] = [
  {
    name: 'joins parts, with the ETag of the parts and the headers of the start',
    run: async (scene) => {
      const [one, two] = [randomBytes(5 * MiB), randomBytes(1000)];
      const id = await begin(scene);
      const parts = [await part(scene, id, 1, one), await part(scene, id, 2, two)];
      await complete(scene, id, parts);
      const head = await scene.s3.send(new HeadObjectCommand({ Bucket: scene.bucket, Key }));
      const etag = createHash('md5')
        .update(Buffer.concat([md5(one), md5(two)]))
        .digest('hex');
      expect(head).toMatchObject({
        ETag: `"${etag}-2"`,
        ContentLength: one.length + two.length,
        ContentType: 'video/webm',
        Metadata: { k: 'v' },
      });
      const got = await scene.s3.send(new GetObjectCommand({ Bucket: scene.bucket, Key }));
      expect(md5(await (got.Body?.transformToByteArray() ?? new Uint8Array()))).toEqual(
        md5(Buffer.concat([one, two])),
      );
      const across = await scene.s3.send(
        new GetObjectCommand({ Bucket: scene.bucket, Key, Range: `bytes=${5 * MiB - 2}-${5 * MiB + 1}` }),
      );
      expect(Buffer.from(await (across.Body?.transformToByteArray() ?? new Uint8Array()))).toEqual(
        Buffer.concat([one.subarray(-2), two.subarray(0, 2)]),
      );
    },
  },
  {
    name: 'answers the ETag of a completed upload',
    cephDeparts: 'answers an empty ETag element',
    run: async (scene) => {
      const id = await begin(scene);
      const { ETag } = await complete(scene, id, [await part(scene, id, 1, randomBytes(10))]);
      expect(ETag).toMatch(/^"[0-9a-f]{32}-1"$/);
    },
  },
  {
    name: 'shows nothing under the key until it is completed',
    run: async (scene) => {
      const id = await begin(scene);
      await part(scene, id, 1, randomBytes(10));
      await expectRefused(scene.s3.send(new HeadObjectCommand({ Bucket: scene.bucket, Key })), 404);
    },
  },
  {
    name: 'takes a part again: the later one counts',
    run: async (scene) => {
      const id = await begin(scene);
      await part(scene, id, 1, Buffer.from('first'));
      await complete(scene, id, [await part(scene, id, 1, Buffer.from('second'))]);
      const got = await scene.s3.send(new GetObjectCommand({ Bucket: scene.bucket, Key }));
      expect(await got.Body?.transformToString()).toBe('second');
    },
  },
  {
    name: 'refuses a part below 5 MiB that is not the last',
    run: async (scene) => {
      const id = await begin(scene);
      const parts = [await part(scene, id, 1, randomBytes(MiB)), await part(scene, id, 2, randomBytes(MiB))];
      await expectRefused(complete(scene, id, parts), 400, 'EntityTooSmall');
    },
  },
  {
    name: 'refuses a part with another ETag, and one that was never sent',
    run: async (scene) => {
      const id = await begin(scene);
      const sent = await part(scene, id, 1, randomBytes(10));
      await expectRefused(
        complete(scene, id, [{ ...sent, ETag: `"${'0'.repeat(32)}"` }]),
        400,
        'InvalidPart',
      );
      await expectRefused(complete(scene, id, [{ ...sent, PartNumber: 2 }]), 400, 'InvalidPart');
    },
  },
  {
    name: 'refuses parts out of order',
    cephDeparts: 'sorts them',
    run: async (scene) => {
      const id = await begin(scene);
      const one = await part(scene, id, 1, randomBytes(5 * MiB));
      const two = await part(scene, id, 2, randomBytes(5 * MiB));
      await expectRefused(complete(scene, id, [two, one]), 400, 'InvalidPartOrder');
    },
  },
  {
    name: 'refuses a part number of 0 or beyond 10,000',
    cephDeparts: 'accepts both',
    run: async (scene) => {
      const id = await begin(scene);
      await expectRefused(part(scene, id, 10_001, randomBytes(1)), 400, 'InvalidArgument');
      await expectRefused(part(scene, id, 0, randomBytes(1)), 400, 'InvalidArgument');
    },
  },
  {
    name: 'refuses to complete when the size is not the one announced',
    cephDeparts: 'does not know x-amz-mp-object-size',
    run: async (scene) => {
      const id = await begin(scene);
      const parts = [await part(scene, id, 1, randomBytes(10))];
      await expectRefused(complete(scene, id, parts, { MpuObjectSize: 11 }), 400, 'InvalidRequest');
      await complete(scene, id, parts, { MpuObjectSize: 10 });
    },
  },
  {
    name: 'completes with If-None-Match: * only where nothing is',
    cephDeparts: 'ignores conditions on CompleteMultipartUpload',
    run: async (scene) => {
      await scene.put(Key, 'there before');
      const id = await begin(scene);
      const parts = [await part(scene, id, 1, randomBytes(10))];
      await expectRefused(complete(scene, id, parts, { IfNoneMatch: '*' }), 412, 'PreconditionFailed');
    },
  },
  {
    name: 'completes again what it has completed, when a client asks that lost the answer, with a condition too',
    run: async (scene) => {
      const id = await begin(scene);
      const parts = [await part(scene, id, 1, randomBytes(10))];
      await complete(scene, id, parts, { IfNoneMatch: '*' });
      expect(await complete(scene, id, parts, { IfNoneMatch: '*' })).toMatchObject({
        ETag: expect.stringMatching(/^"?[0-9a-f]{32}-1"?$/),
      });
    },
  },
  {
    name: 'completes with If-Match only over that ETag',
    cephDeparts: 'ignores conditions on CompleteMultipartUpload',
    run: async (scene) => {
      await scene.put(Key, 'there before');
      const id = await begin(scene);
      const parts = [await part(scene, id, 1, randomBytes(10))];
      await expectRefused(complete(scene, id, parts, { IfMatch: '"0"' }), 412, 'PreconditionFailed');
    },
  },
  {
    name: 'lists the parts with size and ETag, in pages',
    run: async (scene) => {
      const id = await begin(scene);
      for (const number of [3, 1, 2]) await part(scene, id, number, randomBytes(number * 10));
      const first = await scene.s3.send(
        new ListPartsCommand({ Bucket: scene.bucket, Key, UploadId: id, MaxParts: 2 }),
      );
      expect(first.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
        [1, 10],
        [2, 20],
      ]);
      expect([first.IsTruncated, first.NextPartNumberMarker]).toEqual([true, '2']);
      const rest = await scene.s3.send(
        new ListPartsCommand({ Bucket: scene.bucket, Key, UploadId: id, PartNumberMarker: '2' }),
      );
      expect(rest.Parts?.map(({ PartNumber }) => PartNumber)).toEqual([3]);
    },
  },
  {
    name: 'lists open uploads and forgets an aborted one',
    run: async (scene) => {
      const id = await begin(scene);
      const uploads = async () =>
        (await scene.s3.send(new ListMultipartUploadsCommand({ Bucket: scene.bucket }))).Uploads?.map(
          ({ UploadId }) => UploadId,
        ) ?? [];
      expect(await uploads()).toEqual([id]);
      await scene.s3.send(new AbortMultipartUploadCommand({ Bucket: scene.bucket, Key, UploadId: id }));
      expect(await uploads()).toEqual([]);
      await expectRefused(part(scene, id, 1, randomBytes(1)), 404, 'NoSuchUpload');
    },
  },
  {
    name: 'answers NoSuchUpload to a part of an upload that was never begun',
    run: async (scene) => {
      await expectRefused(part(scene, 'made-up', 1, randomBytes(1)), 404, 'NoSuchUpload');
    },
  },
  {
    name: 'answers NoSuchUpload to a list of parts of an upload that was never begun',
    cephDeparts: 'answers NoSuchKey',
    run: async ({ s3, bucket }) => {
      await expectRefused(
        s3.send(new ListPartsCommand({ Bucket: bucket, Key, UploadId: 'made-up' })),
        404,
        'NoSuchUpload',
      );
    },
  },
  {
    name: 'copies a range of another object as a part',
    run: async (scene) => {
      await scene.s3.send(
        new PutObjectCommand({ Bucket: scene.bucket, Key: 'original', Body: '0123456789' }),
      );
      const id = await begin(scene);
      const { CopyPartResult } = await scene.s3.send(
        new UploadPartCopyCommand({
          Bucket: scene.bucket,
          Key,
          UploadId: id,
          PartNumber: 1,
          CopySource: `${scene.bucket}/original`,
          CopySourceRange: 'bytes=2-5',
        }),
      );
      await complete(scene, id, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
      const got = await scene.s3.send(new GetObjectCommand({ Bucket: scene.bucket, Key }));
      expect(await got.Body?.transformToString()).toBe('2345');
    },
  },
  {
    name: "takes lib-storage's parallel upload",
    run: async ({ s3, bucket }) => {
      const body = randomBytes(12 * MiB);
      await new Upload({
        client: s3,
        params: { Bucket: bucket, Key: 'lib', Body: body },
        partSize: 5 * MiB,
        queueSize: 3,
      }).done();
      const got = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'lib' }));
      expect(md5(await (got.Body?.transformToByteArray() ?? new Uint8Array()))).toEqual(md5(body));
    },
  },
];
