import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hmac } from './auth/signing-key.ts';
import type { BucketLogEntry } from './http/access-log.ts';
import { rawRequest } from './testing/raw-request.ts';
import type { RawAnswer } from './testing/raw-request.ts';
import { signHead } from './testing/signed-head.ts';
import { startBucket } from './testing/start-bucket.ts';
import type { StartedBucket } from './testing/start-bucket.ts';

const Bucket = 'photos';
let started: StartedBucket;
const entries: BucketLogEntry[] = [];
beforeAll(async () => {
  started = await startBucket({ log: (entry) => entries.push(entry), idleMilliseconds: 300 });
});
afterAll(() => started[Symbol.asyncDispose]());
afterEach(() => entries.splice(0));

const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex');

const signedHead = (
  method: string,
  path: string,
  headers: Record<string, string>,
  hash: string,
  query: Record<string, string> = {},
): Promise<string> => signHead(started, method, path, headers, hash, query);

const send = (...pieces: Parameters<typeof rawRequest>[1]): Promise<RawAnswer> =>
  rawRequest(started.server.port, pieces);
const codeOf = (answer: RawAnswer): string | undefined => /<Code>(\w+)</.exec(answer.body)?.[1];
const missing = { name: 'NotFound' };
const head = (Key: string): Promise<unknown> => started.client().send(new HeadObjectCommand({ Bucket, Key }));

test('readers that leave before the first byte hold nothing on the disk, and are no fault of the server', async () => {
  const files = async () =>
    (await readdir(started.dataDirectory, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  const before = await files();
  const object = { Bucket, Key: 'unread' };
  await started.client().send(new PutObjectCommand({ ...object, Body: Buffer.alloc(2_000_000) }));
  const get = await signedHead('GET', '/photos/unread', {}, 'UNSIGNED-PAYLOAD');
  entries.splice(0);
  for (let round = 0; round < 6; round += 1) await rawRequest(started.server.port, [get, { leave: true }]);
  await expect.poll(() => entries.length).toBe(6);
  expect(entries.map(({ errorCode }) => errorCode)).toEqual(entries.map(() => undefined));
  await started.client().send(new DeleteObjectCommand(object));
  await expect.poll(files).toEqual(before);
});

describe('paths', () => {
  test.each([
    '/photos/..%2F..%2Fevil',
    '/photos/../../evil',
    '/photos/%2e%2e/%2e%2e/evil',
    '/..%2f..%2fevil/x',
    '/photos/%00evil',
    '/%2e%2e/evil',
  ])('%s writes nothing outside the store', async (path) => {
    const before = await readdir(join(started.dataDirectory, '..'));
    const answer = await send(
      (await signedHead('PUT', path, { 'content-length': '4' }, sha256('evil'))) + 'evil',
    );
    expect([200, 400]).toContain(answer.status);
    const after = await readdir(join(started.dataDirectory, '..'));
    expect(after.filter((name) => !before.includes(name) && name.includes('evil'))).toEqual([]);
    const inside = await readdir(started.dataDirectory, { recursive: true });
    expect(inside.filter((name) => name.includes('evil'))).toEqual([]);
  });

  test.each([
    ['/photos/%', 'InvalidURI'],
    ['/photos/%zz', 'InvalidURI'],
    ['/photos/%ff', 'InvalidURI'],
    ['/photos/%c3', 'InvalidURI'],
    ['/photos/%ed%a0%80', 'InvalidURI'],
    ['/photos/k?a=%', 'InvalidURI'],
    [`/photos/${'k'.repeat(1025)}`, 'KeyTooLongError'],
    ['/No_Bucket/k', 'InvalidBucketName'],
    ['/a/k', 'InvalidBucketName'],
    ['//k', 'InvalidBucketName'],
  ])('%s is answered with %s', async (path, code) => {
    const answer = await send(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect([answer.status, codeOf(answer)]).toEqual([400, code]);
  });

  test('in absolute form are understood', async () => {
    const answer = await send(`GET http://127.0.0.1/photos/none HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(codeOf(answer)).toBe('AccessDenied');
  });
});

describe('answers', () => {
  test("to refusals are S3's XML with the ids of the request", async () => {
    const answer = await send('GET /photos/none HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toBe('application/xml');
    const id = answer.headers.get('x-amz-request-id') ?? '';
    expect(id).toMatch(/^[0-9A-F]{16}$/);
    expect(answer.body).toContain(`<RequestId>${id}</RequestId>`);
    expect(answer.body).toContain('<Resource>/photos/none</Resource>');
    expect(answer.headers.get('server')).toBe('Windlass');
  });

  test('to HEAD have no body, and name the region even when they refuse', async () => {
    const answer = await send('HEAD /photos HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect([answer.status, answer.body, answer.headers.get('x-amz-bucket-region')]).toEqual([
      403,
      '',
      'us-east-1',
    ]);
  });

  test('are logged without queries and signatures', async () => {
    const client = started.client();
    await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'secret-prefix' }));
    expect(entries).toMatchObject([
      { operation: 'ListObjectsV2', bucket: Bucket, user: 'alice', status: 200, level: 'info' },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/Signature|secret-prefix/i);
  });
});

/** A PUT of one byte that waits to be asked for it. */
const expecting = (hash: string, path: string): Promise<string> =>
  signedHead('PUT', path, { 'content-length': '1', expect: '100-continue' }, hash);

describe('bodies', () => {
  test('that are not what was signed are refused', async () => {
    const answer = await send(
      (await signedHead('PUT', '/photos/other', { 'content-length': '3' }, sha256('abc'))) + 'abd',
    );
    expect([answer.status, codeOf(answer)]).toEqual([400, 'XAmzContentSHA256Mismatch']);
    await expect(head('other')).rejects.toMatchObject(missing);
  });

  test('in signed chunks are taken, altered ones refused', async () => {
    for (const altered of [false, true]) {
      const Key = altered ? 'chunks-altered' : 'chunks';
      const payload = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
      const text = await signedHead(
        'PUT',
        `/photos/${Key}`,
        { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '5' },
        payload,
      );
      const date = /x-amz-date: (\S+)/.exec(text)?.[1] ?? '';
      const scope = `${date.slice(0, 8)}/us-east-1/s3/aws4_request`;
      const key = ['us-east-1', 's3', 'aws4_request'].reduce(
        (each, part) => hmac(each, part),
        hmac(`AWS4${started.user.secretAccessKey}`, date.slice(0, 8)),
      );
      let previous = /Signature=(\w+)/.exec(text)?.[1] ?? '';
      let body = '';
      for (const chunk of ['hello', '']) {
        previous = hmac(
          key,
          `AWS4-HMAC-SHA256-PAYLOAD\n${date}\n${scope}\n${previous}\n${sha256('')}\n${sha256(chunk)}`,
        ).toString('hex');
        body += `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${altered ? chunk.replace('h', 'j') : chunk}\r\n`;
      }
      const answer = await send(
        text.replace('\r\n\r\n', `\r\ncontent-length: ${body.length}\r\n\r\n`) + body,
      );
      expect([answer.status, codeOf(answer)]).toEqual(
        altered ? [403, 'SignatureDoesNotMatch'] : [200, undefined],
      );
    }
    const got = await started.client().send(new GetObjectCommand({ Bucket, Key: 'chunks' }));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got.ContentEncoding).toBeUndefined();
    await expect(head('chunks-altered')).rejects.toMatchObject(missing);
  });

  test('that stop coming end with RequestTimeout and store nothing', async () => {
    const answer = await send(
      (await signedHead('PUT', '/photos/stalled', { 'content-length': '10' }, 'UNSIGNED-PAYLOAD')) + 'only',
    );
    expect([answer.status, codeOf(answer)]).toEqual([400, 'RequestTimeout']);
    await expect(head('stalled')).rejects.toMatchObject(missing);
  });

  test('of senders that leave store nothing', async () => {
    await send(
      (await signedHead('PUT', '/photos/left', { 'content-length': '10' }, 'UNSIGNED-PAYLOAD')) + 'only',
      { waitMilliseconds: 50 },
      { end: true },
    );
    await expect(head('left')).rejects.toMatchObject(missing);
  });

  test('of senders that leave once it is on its way keep no request waiting', async () => {
    const size = 200_000;
    const one = await signedHead('PUT', '/photos/left', { 'content-length': `${size}` }, 'UNSIGNED-PAYLOAD');
    for (let round = 0; round < 6; round += 1) await send(one, Buffer.alloc(size), { leave: true });
    await expect.poll(() => entries.length).toBe(6);
    await started.client().send(new DeleteObjectCommand({ Bucket, Key: 'left' }));
  });

  test('without a length are refused', async () => {
    const answer = await send(
      (await signedHead('PUT', '/photos/nolength', { 'transfer-encoding': 'chunked' }, 'UNSIGNED-PAYLOAD')) +
        '1\r\nx\r\n0\r\n\r\n',
    );
    expect([answer.status, codeOf(answer)]).toEqual([411, 'MissingContentLength']);
  });

  test('are asked for only when they are welcome', async () => {
    const welcome = await send(
      await expecting(sha256('x'), '/photos/expected'),
      { waitMilliseconds: 50 },
      'x',
    );
    expect(welcome.text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200/);
    const refused = await send(await expecting(sha256('x'), '/nobucket/expected'));
    expect(refused.text).toMatch(/^HTTP\/1\.1 404/);
    expect(refused.headers.get('connection')).toBe('close');
  });

  test('that are refused unread still let the sender read why', async () => {
    const body = Buffer.alloc(3 * 1024 * 1024);
    const answer = await send(
      await signedHead(
        'PUT',
        '/nobucket/large',
        { 'content-length': String(body.length) },
        'UNSIGNED-PAYLOAD',
      ),
      body,
    );
    expect(codeOf(answer)).toBe('NoSuchBucket');
  });

  test('above 5 GiB are refused before they come', async () => {
    const answer = await send(
      await signedHead(
        'PUT',
        '/photos/huge',
        { 'content-length': String(5 * 1024 ** 3 + 1) },
        'UNSIGNED-PAYLOAD',
      ),
    );
    expect(codeOf(answer)).toBe('EntityTooLarge');
  });

  test('of XML with entities, deep nesting or too many bytes are refused', async () => {
    const laughs =
      '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Delete><Object><Key>&b;</Key></Object></Delete>';
    const deep = `${'<Delete>'.repeat(500)}${'</Delete>'.repeat(500)}`;
    for (const document of [
      laughs,
      deep,
      '<Delete>',
      '<Other/>',
      '',
      '<Delete><Object><Key>&nope;</Key></Object></Delete>',
      '\0',
    ]) {
      const md5 = createHash('md5').update(document).digest('base64');
      const answer = await send(
        (await signedHead(
          'POST',
          '/photos',
          { 'content-length': String(document.length), 'content-md5': md5 },
          sha256(document),
          { delete: '' },
        )) + document,
      );
      expect([document, answer.status, codeOf(answer)]).toEqual([document, 400, 'MalformedXML']);
    }
  });
});
