import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { BucketLogEntry } from './http/access-log.ts';
import { referenceSigner } from './testing/reference-signer.ts';
import { rawRequest } from './testing/raw-request.ts';
import type { RawAnswer } from './testing/raw-request.ts';
import { startBucket } from './testing/start-bucket.ts';
import type { StartedBucket } from './testing/start-bucket.ts';

const Bucket = 'photos';
let started: StartedBucket;
const entries: BucketLogEntry[] = [];
beforeAll(async () => {
  started = await startBucket({ log: (entry) => entries.push(entry), idleMilliseconds: 300 });
  await started.server.putCors(Bucket, [
    {
      allowedOrigins: ['https://app.example'],
      allowedMethods: ['PUT'],
      allowedHeaders: ['content-type', 'x-amz-meta-*'],
      exposeHeaders: ['ETag'],
      maxAgeSeconds: 60,
    },
    {
      allowedOrigins: ['https://*.example'],
      allowedMethods: ['GET', 'PUT'],
      allowedHeaders: ['*'],
      exposeHeaders: [],
    },
  ]);
});
afterAll(() => started[Symbol.asyncDispose]());
afterEach(() => entries.splice(0));

const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex');

/** The head of a request, signed for whatever `hash` says the body is. */
async function signedHead(
  method: string,
  path: string,
  headers: Record<string, string>,
  hash: string,
  query: Record<string, string> = {},
): Promise<string> {
  const signed = await referenceSigner(started.user, 'us-east-1').sign({
    method,
    path,
    query,
    protocol: 'http:',
    hostname: '127.0.0.1',
    headers: { host: `127.0.0.1:${started.server.port}`, 'x-amz-content-sha256': hash, ...headers },
  });
  const text = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const lines = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path}${text === '' ? '' : `?${text}`} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

const send = (...pieces: Parameters<typeof rawRequest>[1]): Promise<RawAnswer> =>
  rawRequest(started.server.port, pieces);
const codeOf = (answer: RawAnswer): string | undefined => /<Code>(\w+)</.exec(answer.body)?.[1];
const missing = { name: 'NotFound' };
const head = (Key: string): Promise<unknown> => started.client().send(new HeadObjectCommand({ Bucket, Key }));

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
      const { hmac } = await import('./auth/signing-key.ts');
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
      'end',
    );
    await expect(head('left')).rejects.toMatchObject(missing);
  });

  test('without a length are refused', async () => {
    const answer = await send(
      (await signedHead('PUT', '/photos/nolength', { 'transfer-encoding': 'chunked' }, 'UNSIGNED-PAYLOAD')) +
        '1\r\nx\r\n0\r\n\r\n',
    );
    expect([answer.status, codeOf(answer)]).toEqual([411, 'MissingContentLength']);
  });

  test('are asked for only when they are welcome', async () => {
    const request = (hash: string, path: string): Promise<string> =>
      signedHead('PUT', path, { 'content-length': '1', expect: '100-continue' }, hash);
    const welcome = await send(await request(sha256('x'), '/photos/expected'), { waitMilliseconds: 50 }, 'x');
    expect(welcome.text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200/);
    const refused = await send(await request(sha256('x'), '/nobucket/expected'));
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

describe('CORS', () => {
  const preflight = (origin: string, method: string, headers?: string): Promise<Response> =>
    fetch(`${started.server.url}/photos/key`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        ...(headers === undefined ? {} : { 'access-control-request-headers': headers }),
      },
    });

  test('answers a preflight by the first rule that fits', async () => {
    const first = await preflight('https://app.example', 'PUT', 'content-type, X-Amz-Meta-A');
    expect([
      first.status,
      first.headers.get('access-control-allow-origin'),
      first.headers.get('access-control-allow-methods'),
      first.headers.get('access-control-max-age'),
      first.headers.get('access-control-allow-headers'),
    ]).toEqual([200, 'https://app.example', 'PUT', '60', 'content-type, x-amz-meta-a']);
    expect(
      (await preflight('https://app.example', 'PUT', 'if-none-match')).headers.get(
        'access-control-allow-methods',
      ),
    ).toBe('GET, PUT');
    expect(first.headers.get('vary')).toContain('Origin');
  });

  test.each([
    ['https://app.example', 'DELETE'],
    ['https://app.example:443', 'GET'],
    ['http://app.example', 'PUT'],
    ['https://example', 'GET'],
    ['null', 'GET'],
  ])('refuses %s %s', async (origin, method) => {
    const refused = await preflight(origin, method);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('<Code>AccessForbidden</Code>');
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('lets a page read answers and errors', async () => {
    const refused = await fetch(`${started.server.url}/photos/key`, {
      headers: { origin: 'https://app.example' },
    });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      403,
      'https://app.example',
    ]);
    const other = await fetch(`${started.server.url}/photos/key`, {
      headers: { origin: 'https://evil.test' },
    });
    expect([other.headers.get('access-control-allow-origin'), other.headers.get('vary')]).toEqual([
      null,
      expect.stringContaining('Origin'),
    ]);
  });
});

describe('arbitrary requests', () => {
  const text = fc.string({
    unit: fc.constantFrom(
      '/',
      '%',
      '%2F',
      '%00',
      '%FF',
      '..',
      '?',
      '&',
      '=',
      '+',
      ' ',
      'photos',
      'uploads',
      'uploadId',
      'partNumber',
      'acl',
      'delete',
      'policy',
      'list-type=2',
      'max-keys',
      'X-Amz-Signature',
      'é',
      'a',
      '1',
      '-1',
      '\u0001',
    ),
    maxLength: 14,
  });
  const headerName = fc.constantFrom(
    'Host',
    'Range',
    'If-Match',
    'If-None-Match',
    'If-Modified-Since',
    'Authorization',
    'x-amz-date',
    'x-amz-content-sha256',
    'x-amz-copy-source',
    'x-amz-trailer',
    'x-amz-decoded-content-length',
    'x-amz-checksum-crc32',
    'x-amz-sdk-checksum-algorithm',
    'Content-MD5',
    'Content-Type',
    'Content-Encoding',
    'x-amz-meta-a',
    'x-amz-storage-class',
    'x-amz-mp-object-size',
    'x-amz-object-attributes',
    'Expect',
    'Origin',
    'x-amz-acl',
    'x-amz-metadata-directive',
    'x-amz-checksum-type',
    'x-amz-checksum-algorithm',
  );
  const headerValue = fc.oneof(
    fc.constantFrom(
      '*',
      'bytes=0-',
      'bytes=-0',
      'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'photos/a',
      '/photos/',
      '%',
      'AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request, SignedHeaders=host, Signature=',
      'multipart/form-data; boundary=b',
      '100-continue',
      'CRC32',
      '-1',
      '99999999999999999999',
      'x'.repeat(3000),
    ),
    fc.string({ unit: fc.constantFrom('a', ' ', ',', '=', '"', '\u00e9', '/', '0'), maxLength: 10 }),
  );
  const method = fc.constantFrom(
    'GET',
    'PUT',
    'POST',
    'DELETE',
    'HEAD',
    'OPTIONS',
    'PATCH',
    'TRACE',
    'PROPFIND',
  );
  const acceptable = (answer: RawAnswer): void => {
    if (answer.status >= 500) expect([answer.status, codeOf(answer)]).toEqual([501, 'NotImplemented']);
    expect(entries.filter(({ level }) => level === 'error')).toEqual([]);
  };

  test('unsigned and malformed end below 500', async () => {
    await fc.assert(
      fc.asyncProperty(
        method,
        text,
        fc.array(fc.tuple(headerName, headerValue), { maxLength: 5 }),
        text,
        async (verb, path, headers, body) => {
          const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
          const bytes = Buffer.from(
            `${verb} /${path} HTTP/1.1\r\nHost: photos.localhost\r\nConnection: close\r\n${lines}Content-Length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`,
            'latin1',
          );
          acceptable(await send(bytes));
        },
      ),
      { numRuns: 400 },
    );
    await started.client().send(new ListObjectsV2Command({ Bucket }));
  });

  test('signed ones end below 500', async () => {
    const names = [
      'uploads',
      'uploadId',
      'partNumber',
      'acl',
      'delete',
      'policy',
      'cors',
      'lifecycle',
      'tagging',
      'versions',
      'list-type',
      'max-keys',
      'prefix',
      'continuation-token',
      'encoding-type',
      'versionId',
      'location',
      'attributes',
      'response-content-type',
      'key-marker',
      'upload-id-marker',
      'part-number-marker',
      'start-after',
      'delimiter',
    ];
    const values = fc.constantFrom(
      '',
      '1',
      '2',
      '-1',
      '0',
      '99999999999',
      'url',
      'null',
      '\u0001',
      'é',
      '../..',
      'a/b',
    );
    const path = fc.constantFrom(
      '/',
      '/photos',
      '/photos/',
      '/photos/fuzz',
      '/photos/%00',
      '/photos/a%2F..%2Fb',
      '/photos/%F0%9F%98%80',
      '/fuzzbucket',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH'),
        path,
        fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 3 }),
        fc.dictionary(
          headerName.filter(
            (name) =>
              !['Host', 'Authorization', 'x-amz-date', 'x-amz-content-sha256', 'Expect'].includes(name),
          ),
          headerValue,
          { maxKeys: 3 },
        ),
        fc.constantFrom('', 'x', '<Delete/>', '<a>', '{}'),
        async (verb, target, query, headers, body) => {
          const ascii = Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [
              name.toLowerCase(),
              value.replaceAll(/[^\x20-\x7e]/g, ''),
            ]),
          );
          const request = await signedHead(
            verb,
            target,
            { ...ascii, connection: 'close', 'content-length': String(body.length) },
            sha256(body),
            query,
          );
          acceptable(await send(request + body));
        },
      ),
      { numRuns: 500 },
    );
    await started.client().send(new PutObjectCommand({ Bucket, Key: 'still-alive', Body: 'x' }));
    await started.client().send(new ListMultipartUploadsCommand({ Bucket }));
  });
});
