import { HeadObjectCommand, PutBucketCorsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from 'vitest';
import type { Behaviour, Scene } from '../behaviour.ts';
import { expectAnswer } from '../expect-s3.ts';

const Origin = 'https://app.example.com';

const allow = ({ s3, bucket }: Scene) =>
  s3.send(
    new PutBucketCorsCommand({
      Bucket: bucket,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: [Origin],
            AllowedMethods: ['PUT'],
            AllowedHeaders: ['content-type', 'x-amz-meta-*'],
            ExposeHeaders: ['ETag'],
            MaxAgeSeconds: 600,
          },
          { AllowedOrigins: ['https://*.example.com'], AllowedMethods: ['GET'] },
        ],
      },
    }),
  );

const preflight = ({ url }: Scene, headers: Record<string, string>) =>
  fetch(url('a'), { method: 'OPTIONS', headers });

const post = async (
  { s3, bucket }: Scene,
  options: Partial<PresignedPostOptions>,
  body: string,
  extra: Record<string, string> = {},
) => {
  const { url, fields } = await createPresignedPost(s3, {
    Bucket: bucket,
    Key: 'form/${filename}',
    Expires: 60,
    ...options,
  });
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...extra })) form.set(name, value);
  form.set('file', new Blob([body]), 'photo.jpg');
  return fetch(url, { method: 'POST', body: form, redirect: 'manual' });
};

export const browserBehaviours: Behaviour[] = [
  {
    name: 'answers a preflight that a rule allows',
    run: async (scene) => {
      await allow(scene);
      const answer = await preflight(scene, {
        origin: Origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type,x-amz-meta-name',
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBe(Origin);
      expect(answer.headers.get('access-control-allow-methods')).toContain('PUT');
      expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('x-amz-meta-name');
      expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
      expect(answer.headers.get('access-control-max-age')).toBe('600');
    },
  },
  {
    name: 'refuses a preflight of another origin, method or header',
    run: async (scene) => {
      await allow(scene);
      const refused = [
        { origin: 'https://evil.test', 'access-control-request-method': 'PUT' },
        { origin: `${Origin}:444`, 'access-control-request-method': 'PUT' },
        { origin: Origin, 'access-control-request-method': 'DELETE' },
        {
          origin: Origin,
          'access-control-request-method': 'PUT',
          'access-control-request-headers': 'if-none-match',
        },
      ];
      for (const headers of refused) {
        const answer = await preflight(scene, headers);
        expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
        await answer.body?.cancel();
      }
    },
  },
  {
    name: 'refuses every preflight while there are no rules',
    run: async (scene) => {
      const answer = await preflight(scene, { origin: Origin, 'access-control-request-method': 'PUT' });
      expect(answer.status).toBe(403);
      await answer.body?.cancel();
    },
  },
  {
    name: 'marks the answer to an actual request',
    run: async (scene) => {
      await allow(scene);
      const signed = await getSignedUrl(scene.s3, new PutObjectCommand({ Bucket: scene.bucket, Key: 'a' }), {
        expiresIn: 60,
      });
      const answer = await fetch(signed, { method: 'PUT', body: 'x', headers: { origin: Origin } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBe(Origin);
      expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
      expect(answer.headers.get('vary')).toMatch(/origin/i);
    },
  },
  {
    name: 'marks a refusal too, so that a page can read it',
    run: async (scene) => {
      await allow(scene);
      const answer = await fetch(scene.url('a'), { method: 'PUT', body: 'x', headers: { origin: Origin } });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, Origin]);
      await answer.body?.cancel();
    },
  },
  {
    name: 'takes a POST form within its policy',
    run: async (scene) => {
      const answer = await post(
        scene,
        {
          Conditions: [
            ['content-length-range', 1, 100],
            ['starts-with', '$key', 'form/'],
          ],
        },
        'hello',
      );
      expect(answer.status).toBe(204);
      expect(
        (await scene.s3.send(new HeadObjectCommand({ Bucket: scene.bucket, Key: 'form/photo.jpg' })))
          .ContentLength,
      ).toBe(5);
    },
  },
  {
    name: 'answers a POST form with 201 and the place when asked',
    run: async (scene) => {
      const options = {
        Fields: { success_action_status: '201' },
        Conditions: [['starts-with', '$key', 'form/'] as ['starts-with', string, string]],
      };
      const body = await expectAnswer(await post(scene, options, 'hello'), 201);
      expect(body).toContain('<Key>form/photo.jpg</Key>');
      expect(body).toContain(`<Bucket>${scene.bucket}</Bucket>`);
    },
  },
  {
    name: 'refuses a POST form that is too large or too small',
    run: async (scene) => {
      const options = {
        Conditions: [['content-length-range', 2, 4] as ['content-length-range', number, number]],
      };
      await expectAnswer(await post(scene, options, 'hello'), 400, 'EntityTooLarge');
      await expectAnswer(await post(scene, options, 'h'), 400, 'EntityTooSmall');
    },
  },
  {
    name: 'refuses a POST form with a field that its policy does not cover',
    run: async (scene) => {
      await expectAnswer(await post(scene, {}, 'hello', { 'x-amz-meta-sneaked': 'in' }), 403, 'AccessDenied');
      await expectAnswer(await post(scene, {}, 'hello', { key: 'elsewhere' }), 403, 'AccessDenied');
    },
  },
  {
    name: 'refuses a POST form whose policy was changed',
    cephDeparts: 'answers AccessDenied where its STS is on',
    run: async (scene) => {
      const policy = Buffer.from(
        JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions: [] }),
      ).toString('base64');
      await expectAnswer(await post(scene, {}, 'hello', { Policy: policy }), 403, 'SignatureDoesNotMatch');
    },
  },
];
