import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  type ChecksumAlgorithm,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Behaviour } from '../behaviour.ts';
import { expectRefused } from '../expect-s3.ts';

/** Of the text `hello`, computed with Python's zlib, hashlib and the published CRC32C table. */
const ofHello: [
  ChecksumAlgorithm,
  'ChecksumCRC32' | 'ChecksumCRC32C' | 'ChecksumSHA1' | 'ChecksumSHA256',
  string,
][] = [
  ['CRC32', 'ChecksumCRC32', 'NhCmhg=='],
  ['CRC32C', 'ChecksumCRC32C', 'mnG7TA=='],
  ['SHA1', 'ChecksumSHA1', 'qvTGHdzF6KLavt4PO0gs2a6pQ00='],
  ['SHA256', 'ChecksumSHA256', 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='],
];

export const checksumBehaviours: Behaviour[] = [
  ...ofHello.map(([algorithm, field, value]): Behaviour => ({
    name: `keeps and returns ${algorithm}`,
    cephDeparts: 'keeps no x-amz-checksum-*',
    run: async ({ s3, bucket }) => {
      const put = await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'hello', ChecksumAlgorithm: algorithm }),
      );
      expect(put[field]).toBe(value);
      const head = await s3.send(
        new HeadObjectCommand({ Bucket: bucket, Key: 'a', ChecksumMode: 'ENABLED' }),
      );
      expect(head[field]).toBe(value);
      const plain = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' }));
      expect(plain[field]).toBeUndefined();
    },
  })),
  ...ofHello.map(([algorithm, field]): Behaviour => ({
    name: `refuses a wrong ${algorithm}`,
    cephDeparts: 'accepts a wrong x-amz-checksum-*',
    run: async ({ s3, bucket }) => {
      const zero = Buffer.alloc(algorithm === 'SHA1' ? 20 : algorithm === 'SHA256' ? 32 : 4).toString(
        'base64',
      );
      await expectRefused(
        s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'hello', [field]: zero })),
        400,
        'BadDigest',
      );
      await expectRefused(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' })), 404);
    },
  })),
  {
    name: 'refuses a wrong Content-MD5, takes the right one',
    run: async ({ s3, bucket }) => {
      const right = createHash('md5').update('hello').digest('base64');
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'hello', ContentMD5: right }));
      const wrong = createHash('md5').update('other').digest('base64');
      await expectRefused(
        s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'b', Body: 'hello', ContentMD5: wrong })),
        400,
        'BadDigest',
      );
    },
  },
  {
    name: 'refuses a Content-MD5 that is none',
    run: async ({ s3, bucket }) => {
      await expectRefused(
        s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'b', Body: 'hello', ContentMD5: 'no' })),
        400,
        'InvalidDigest',
      );
    },
  },
  {
    name: 'takes a stream in aws-chunked with a trailing checksum, as the SDK sends it by default',
    cephDeparts: 'answers 411 MissingContentLength',
    run: async ({ client, target, bucket }) => {
      const modern = client(target.owner, {
        requestChecksumCalculation: 'WHEN_SUPPORTED',
        responseChecksumValidation: 'WHEN_SUPPORTED',
      });
      const body = Readable.from([Buffer.from('he'), Buffer.from('llo')]);
      await modern.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: body, ContentLength: 5 }));
      const got = await modern.send(
        new GetObjectCommand({ Bucket: bucket, Key: 'a', ChecksumMode: 'ENABLED' }),
      );
      expect(await got.Body?.transformToString()).toBe('hello');
      expect(got.ChecksumCRC32).toBe('NhCmhg==');
      expect(got.ContentEncoding ?? '').not.toContain('aws-chunked');
    },
  },
];
