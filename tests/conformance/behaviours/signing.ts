import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from 'vitest';
import type { Behaviour } from '../behaviour.ts';
import { expectAnswer, expectRefused } from '../expect-s3.ts';

const hour = 3_600_000;

export const signingBehaviours: Behaviour[] = [
  {
    name: 'refuses anonymous reads, writes and lists',
    run: async ({ url, put }) => {
      await put('a', 'x');
      await expectAnswer(await fetch(url('a')), 403, 'AccessDenied');
      await expectAnswer(await fetch(url('b'), { method: 'PUT', body: 'x' }), 403, 'AccessDenied');
      await expectAnswer(await fetch(url('')), 403, 'AccessDenied');
    },
  },
  {
    name: 'refuses an unknown key id',
    cephDeparts: 'answers AccessDenied where its STS is on',
    run: async ({ client, target, bucket }) => {
      const unknown = client({
        accessKeyId: 'AKIAUNKNOWNUNKNOWN00',
        secretAccessKey: target.owner.secretAccessKey,
      });
      await expectRefused(
        unknown.send(new ListObjectsV2Command({ Bucket: bucket })),
        403,
        'InvalidAccessKeyId',
      );
    },
  },
  {
    name: 'refuses a wrong secret',
    cephDeparts: 'answers AccessDenied where its STS is on',
    run: async ({ client, target, bucket }) => {
      const wrong = client({ ...target.owner, secretAccessKey: 'not-the-secret-of-this-key' });
      await expectRefused(
        wrong.send(new ListObjectsV2Command({ Bucket: bucket })),
        403,
        'SignatureDoesNotMatch',
      );
    },
  },
  {
    name: 'refuses a clock that is more than 15 minutes off',
    run: async ({ client, target, bucket }) => {
      const late = client(target.owner, { systemClockOffset: -hour });
      await expectRefused(
        late.send(new ListObjectsV2Command({ Bucket: bucket })),
        403,
        'RequestTimeTooSkewed',
      );
    },
  },
  {
    name: 'refuses the signature of another region',
    cephDeparts: 'accepts any region',
    run: async ({ client, target, bucket }) => {
      const elsewhere = client(target.owner, { region: 'eu-central-1' });
      await expectRefused(
        elsewhere.send(new ListObjectsV2Command({ Bucket: bucket })),
        400,
        'AuthorizationHeaderMalformed',
      );
    },
  },
  {
    name: 'reads by a pre-signed URL',
    run: async ({ s3, bucket, put }) => {
      await put('a b/ü+1.txt', 'hello');
      const signed = await getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: 'a b/ü+1.txt' }), {
        expiresIn: 60,
      });
      const answer = await fetch(signed);
      expect([answer.status, await answer.text()]).toEqual([200, 'hello']);
    },
  },
  {
    name: 'writes by a pre-signed URL',
    run: async ({ s3, bucket }) => {
      const signed = await getSignedUrl(s3, new PutObjectCommand({ Bucket: bucket, Key: 'a' }), {
        expiresIn: 60,
      });
      expect((await fetch(signed, { method: 'PUT', body: 'hello' })).status).toBe(200);
      expect((await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' }))).ContentLength).toBe(5);
    },
  },
  {
    name: 'uploads a part by a pre-signed URL, refused for a made-up upload',
    run: async ({ s3, bucket }) => {
      const command = new UploadPartCommand({ Bucket: bucket, Key: 'a', UploadId: 'made-up', PartNumber: 1 });
      const answer = await fetch(await getSignedUrl(s3, command, { expiresIn: 60 }), {
        method: 'PUT',
        body: 'x',
      });
      await expectAnswer(answer, 404, 'NoSuchUpload');
    },
  },
  {
    name: 'refuses a pre-signed URL for another key, method or parameter',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'x');
      await put('b', 'x');
      const signed = await getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: 'a' }), {
        expiresIn: 60,
      });
      await expectAnswer(await fetch(signed.replace('/a?', '/b?')), 403);
      await expectAnswer(await fetch(signed, { method: 'PUT', body: 'x' }), 403);
      await expectAnswer(await fetch(`${signed}&response-content-type=text%2Fhtml`), 403);
      await expectAnswer(await fetch(signed.replace('X-Amz-Expires=60', 'X-Amz-Expires=61')), 403);
    },
  },
  {
    name: 'refuses a pre-signed URL after its time',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'x');
      const command = new GetObjectCommand({ Bucket: bucket, Key: 'a' });
      const signed = await getSignedUrl(s3, command, {
        expiresIn: 60,
        signingDate: new Date(Date.now() - hour),
      });
      await expectAnswer(await fetch(signed), 403, 'AccessDenied');
    },
  },
  {
    name: 'refuses a pre-signed URL that would live longer than a week',
    run: async ({ s3, bucket, put }) => {
      await put('a', 'x');
      const signed = await getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: 'a' }), {
        expiresIn: 604_800,
      });
      const answer = await fetch(signed.replace('X-Amz-Expires=604800', 'X-Amz-Expires=604801'));
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      await answer.body?.cancel();
    },
  },
  {
    name: 'holds a pre-signed write to its signed type and length',
    run: async ({ s3, bucket }) => {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: 'a',
        ContentType: 'image/png',
        ContentLength: 5,
      });
      const signed = await getSignedUrl(s3, command, {
        expiresIn: 60,
        signableHeaders: new Set(['content-type', 'content-length']),
      });
      await expectAnswer(
        await fetch(signed, { method: 'PUT', body: 'hello', headers: { 'content-type': 'text/html' } }),
        403,
      );
      await expectAnswer(
        await fetch(signed, { method: 'PUT', body: 'hello!', headers: { 'content-type': 'image/png' } }),
        403,
      );
      expect(
        (await fetch(signed, { method: 'PUT', body: 'hello', headers: { 'content-type': 'image/png' } }))
          .status,
      ).toBe(200);
    },
  },
  {
    name: "keeps a stranger's hands off objects",
    run: async ({ client, target, bucket, put }) => {
      await put('a', 'x');
      const stranger = client(target.stranger);
      await expectRefused(
        stranger.send(new GetObjectCommand({ Bucket: bucket, Key: 'a' })),
        403,
        'AccessDenied',
      );
      await expectRefused(
        stranger.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'y' })),
        403,
        'AccessDenied',
      );
      await expectRefused(
        stranger.send(new GetObjectCommand({ Bucket: bucket, Key: 'none' })),
        403,
        'AccessDenied',
      );
    },
  },
];
