import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rawRequest } from './testing/raw-request.ts';
import { startBucket } from './testing/start-bucket.ts';
import type { StartedBucket } from './testing/start-bucket.ts';

const Bucket = 'photos';
let started: StartedBucket;
beforeAll(async () => {
  started = await startBucket();
});
afterAll(() => started[Symbol.asyncDispose]());

const quiet = { requestChecksumCalculation: 'WHEN_REQUIRED' } as const;
const codeOf = async (response: Response): Promise<string | undefined> =>
  /<Code>(\w+)</.exec(await response.text())?.[1];

describe('a pre-signed URL', () => {
  test('shows a page without its scripts and its origin, whatever type is asked for; a PDF as it is', async () => {
    const s3 = started.client(quiet);
    const html = { Bucket, Key: 'pre/page', Body: '<script>1</script>', ContentType: 'text/html' };
    await s3.send(new PutObjectCommand(html));
    const headersAs = async (type?: string): Promise<(string | null)[]> => {
      const wanted = { Bucket, Key: html.Key, ...(type === undefined ? {} : { ResponseContentType: type }) };
      const { headers } = await fetch(await getSignedUrl(s3, new GetObjectCommand(wanted)));
      const names = ['content-type', 'x-content-type-options', 'content-security-policy'];
      return names.map((name) => headers.get(name));
    };
    expect(await headersAs()).toEqual(['text/html', 'nosniff', 'sandbox']);
    expect(await headersAs('image/svg+xml')).toEqual(['image/svg+xml', 'nosniff', 'sandbox']);
    expect(await headersAs('application/pdf')).toEqual(['application/pdf', 'nosniff', null]);
  });

  test('puts and gets, metadata in the query included', async () => {
    const s3 = started.client(quiet);
    const put = await getSignedUrl(
      s3,
      new PutObjectCommand({
        Bucket,
        Key: 'pre/ä b+c%.txt',
        ContentType: 'text/plain',
        Metadata: { order: '7' },
      }),
      { signableHeaders: new Set(['content-type']) },
    );
    const sent = await fetch(put, {
      method: 'PUT',
      body: 'hello',
      headers: { 'content-type': 'text/plain' },
    });
    expect(sent.status).toBe(200);
    const get = await getSignedUrl(
      s3,
      new GetObjectCommand({
        Bucket,
        Key: 'pre/ä b+c%.txt',
        ResponseContentDisposition: 'attachment; filename="ü.txt"',
      }),
    );
    const got = await fetch(get);
    expect(await got.text()).toBe('hello');
    expect(got.headers.get('x-amz-meta-order')).toBe('7');
    const raw = await rawRequest(started.server.port, [
      `GET ${new URL(get).pathname}${new URL(get).search} HTTP/1.1\r\nHost: ${new URL(get).host}\r\n\r\n`,
    ]);
    expect(Buffer.from(raw.headers.get('content-disposition') ?? '', 'latin1').toString()).toBe(
      'attachment; filename="ü.txt"',
    );
  });

  test('holds the sender to the signed type and length', async () => {
    const s3 = started.client(quiet);
    const command = new PutObjectCommand({ Bucket, Key: 'held', ContentType: 'image/png', ContentLength: 3 });
    const url = await getSignedUrl(s3, command, {
      signableHeaders: new Set(['content-type', 'content-length']),
    });
    const put = (body: string, type: string): Promise<Response> =>
      fetch(url, { method: 'PUT', body, headers: { 'content-type': type } });
    expect(await codeOf(await put('abc', 'text/html'))).toBe('SignatureDoesNotMatch');
    expect(await codeOf(await put('abcd', 'image/png'))).toBe('SignatureDoesNotMatch');
    expect((await put('abc', 'image/png')).status).toBe(200);
  });

  test('refuses x-amz headers that it does not cover', async () => {
    const url = await getSignedUrl(started.client(quiet), new PutObjectCommand({ Bucket, Key: 'extra' }));
    const refused = await fetch(url, { method: 'PUT', body: 'x', headers: { 'x-amz-meta-more': '1' } });
    expect(await codeOf(refused)).toBe('AccessDenied');
  });

  test('obeys a checksum that the signer moved into the query', async () => {
    const url = await getSignedUrl(
      started.client({ requestChecksumCalculation: 'WHEN_SUPPORTED' }),
      new PutObjectCommand({ Bucket, Key: 'hoisted' }),
    );
    expect(url).toContain('x-amz-checksum-crc32=AAAAAA');
    expect(await codeOf(await fetch(url, { method: 'PUT', body: 'not empty' }))).toBe('BadDigest');
    expect((await fetch(url, { method: 'PUT', body: '' })).status).toBe(200);
  });

  test('uploads a part', async () => {
    const s3 = started.client(quiet);
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
    const url = await getSignedUrl(
      s3,
      new UploadPartCommand({ Bucket, Key: 'parts', UploadId, PartNumber: 1 }),
    );
    const sent = await fetch(url, { method: 'PUT', body: 'part' });
    expect(sent.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
  });

  test('works in virtual-host style', async () => {
    const url = new URL(
      await getSignedUrl(
        started.client({
          ...quiet,
          endpoint: `http://localhost:${started.server.port}`,
          forcePathStyle: false,
        }),
        new PutObjectCommand({ Bucket, Key: 'virtual' }),
      ),
    );
    expect(url.hostname).toBe('photos.localhost');
    const answer = await rawRequest(started.server.port, [
      `PUT ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 1\r\n\r\nx`,
    ]);
    expect(answer.status).toBe(200);
    expect(
      (await started.client().send(new HeadObjectCommand({ Bucket, Key: 'virtual' }))).ContentLength,
    ).toBe(1);
  });

  test('with response-* parameters needs a signature', async () => {
    const refused = await fetch(`${started.server.url}/photos/x?response-content-type=text/html`);
    expect(refused.status).toBe(403);
  });
});

async function post(
  { url, fields }: { url: string; fields: Record<string, string> },
  content = 'content',
  name = 'a b.txt',
): Promise<Response> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('file', new File([content], name, { type: 'text/html' }));
  form.append('after', 'is ignored');
  return fetch(url, { method: 'POST', body: form, redirect: 'manual' });
}

describe('a form', () => {
  type Options = Parameters<typeof createPresignedPost>[1];
  const make = (options: Partial<Options> = {}): ReturnType<typeof createPresignedPost> =>
    createPresignedPost(started.client(quiet), { Bucket, Key: 'form/${filename}', Expires: 60, ...options });
  test('stores its file under the name of the file', async () => {
    const sent = await post(
      await make({
        Fields: { 'Content-Type': 'text/plain', 'x-amz-meta-order': 'ä', success_action_status: '201' },
      }),
    );
    expect(sent.status).toBe(201);
    expect(await sent.text()).toContain('<Key>form/a b.txt</Key>');
    const head = await started.client().send(new HeadObjectCommand({ Bucket, Key: 'form/a b.txt' }));
    expect(head).toMatchObject({ ContentType: 'text/plain', ContentLength: 7 });
    expect(Buffer.from(head.Metadata?.['order'] ?? '', 'latin1').toString()).toBe('ä');
  });

  test('sends the browser on', async () => {
    const sent = await post(
      await make({ Fields: { success_action_redirect: 'https://app.example/done?x=1' } }),
    );
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toMatch(
      /^https:\/\/app\.example\/done\?x=1&bucket=photos&key=form%2Fa%20b\.txt&etag=%22/,
    );
  });

  test.each([
    ['a file that is too large', {}, 'x'.repeat(21), 'EntityTooLarge', 400],
    ['a file that is too small', {}, 'x', 'EntityTooSmall', 400],
    ['another key', { key: 'elsewhere' }, 'fits', 'AccessDenied', 403],
    ['another type', { 'Content-Type': 'text/html' }, 'fits', 'AccessDenied', 403],
    ['a field that no condition names', { 'x-amz-meta-extra': '1' }, 'fits', 'AccessDenied', 403],
    ['a wrong signature', { 'X-Amz-Signature': '0'.repeat(64) }, 'fits', 'SignatureDoesNotMatch', 403],
    [
      'a changed policy',
      { Policy: Buffer.from('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}').toString('base64') },
      'fits',
      'SignatureDoesNotMatch',
      403,
    ],
    ['no key', { key: '' }, 'fits', 'UserKeyMustBeSpecified', 400],
  ])('with %s is refused', async (_name, change, content, code, status) => {
    const presigned = await make({
      Fields: { 'Content-Type': 'image/png' },
      Conditions: [
        ['content-length-range', 2, 20],
        ['starts-with', '$Content-Type', 'image/'],
      ],
    });
    const sent = await post({ url: presigned.url, fields: { ...presigned.fields, ...change } }, content);
    expect([sent.status, await codeOf(sent)]).toEqual([status, code]);
  });

  test('after its policy expired is refused', async () => {
    const sent = await post(await make({ Expires: -1 }));
    expect(await codeOf(sent)).toBe('AccessDenied');
  });

  test('without a signature needs a bucket that allows everybody', async () => {
    const sent = await post({ url: `${started.server.url}/photos`, fields: { key: 'anonymous' } });
    expect(sent.status).toBe(403);
  });

  test('cut short stores nothing', async () => {
    const { fields } = await make({ Key: 'cut' });
    const parts = Object.entries(fields).map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const body = `${parts.join('')}--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nonly a begin`;
    const head = `POST /photos HTTP/1.1\r\nHost: 127.0.0.1:${started.server.port}\r\nContent-Type: multipart/form-data; boundary=b\r\n`;
    const whole = await rawRequest(started.server.port, [
      `${head}Content-Length: ${body.length}\r\n\r\n${body}`,
    ]);
    expect([whole.status, /<Code>(\w+)</.exec(whole.body)?.[1]]).toEqual([400, 'MalformedPOSTRequest']);
    await rawRequest(started.server.port, [
      `${head}Content-Length: ${body.length + 99}\r\n\r\n${body}`,
      { end: true },
    ]);
    await expect(started.client().send(new HeadObjectCommand({ Bucket, Key: 'cut' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test('that is none is refused', async () => {
    for (const [type, body] of [
      ['multipart/form-data; boundary=x', 'rubbish'],
      ['multipart/form-data', 'rubbish'],
      ['text/plain', 'x'],
    ] as const) {
      const sent = await fetch(`${started.server.url}/photos`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
      expect(sent.status).toBeGreaterThanOrEqual(400);
      expect(sent.status).toBeLessThan(500);
    }
  });
});
