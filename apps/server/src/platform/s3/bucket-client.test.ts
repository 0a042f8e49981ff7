import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { createEndpointGuard } from '../net/index.ts';
import { createBucket } from './bucket-client.ts';
import type { Bucket } from './bucket.ts';
import { createS3Client } from './s3-client.ts';

let answer: (request: IncomingMessage, response: ServerResponse) => void;
let requests: string[] = [];
const server = createServer((request, response) => {
  requests.push(`${request.method} ${request.url}`);
  request.resume().on('end', () => answer(request, response));
});
let bucket: Bucket;
let client: ReturnType<typeof createS3Client>;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const address = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    addressing: 'path' as const,
    bucket: 'photos',
    prefix: 'team/',
  };
  const credentials = { accessKeyId: 'AKIA1', secretAccessKey: new Secret('secret'), sessionToken: null };
  client = createS3Client({
    guard: createEndpointGuard({ allow: ['127.0.0.1'] }),
    address,
    credentials,
    maxAttempts: 1,
  });
  bucket = createBucket(client, { address, credentials, provider: 'other' });
});
afterAll(() => {
  client.destroy();
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  requests = [];
});
const signal = AbortSignal.timeout(60_000);
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );

const failing = (status: number, code: string) => {
  answer = (_, response) => response.writeHead(status).end(`<Error><Code>${code}</Code><Message/></Error>`);
  return codeOf(bucket.getObject('a', { signal, maxBytes: 5 }));
};

describe('getObject', () => {
  it('reads below the prefix', async () => {
    answer = (_, response) =>
      response.writeHead(200, { etag: '"e1"', 'content-type': 'image/png' }).end('bytes');
    const found = await bucket.getObject('a b/ä+?#.png', { signal, maxBytes: 5 });
    expect(found).toMatchObject({ etag: '"e1"', contentType: 'image/png' });
    expect(Buffer.from(found?.bytes ?? []).toString()).toBe('bytes');
    expect(requests[0]).toBe('GET /photos/team/a%20b/%C3%A4%2B%3F%23.png?x-id=GetObject');
  });

  it('does not load one byte too many, announced or not', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': '6' }).end('123456');
    expect(await codeOf(bucket.getObject('a', { signal, maxBytes: 5 }))).toBe('payloadTooLarge');
    answer = (_, response) => {
      response.writeHead(200);
      response.write('123');
      response.end('456');
    };
    expect(await codeOf(bucket.getObject('a', { signal, maxBytes: 5 }))).toBe('payloadTooLarge');
  });

  it('says that the object is still the same', async () => {
    answer = (request, response) =>
      response.writeHead(request.headers['if-none-match'] === '"e1"' ? 304 : 500).end();
    expect(await bucket.getObject('a', { signal, maxBytes: 5, ifNoneMatch: '"e1"' })).toBeNull();
  });

  it('translates failures', async () => {
    expect(await failing(404, 'NoSuchKey')).toBe('notFound');
    expect(await failing(404, 'NoSuchBucket')).toBe('originFailed');
    expect(await failing(403, 'AccessDenied')).toBe('originFailed');
    expect(await failing(500, 'InternalError')).toBe('originFailed');
  });

  it.each([
    ['the listing has it not', 200, '<Name>photos</Name><KeyCount>0</KeyCount>', 'notFound'],
    [
      'only longer keys begin with it',
      200,
      '<Name>photos</Name><Contents><Key>team/ab</Key></Contents>',
      'notFound',
    ],
    ['the listing has it', 200, '<Name>photos</Name><Contents><Key>team/a</Key></Contents>', 'originFailed'],
    ['listing is refused too', 403, '', 'originFailed'],
    ['what comes is no listing', 200, '<html/>', 'originFailed'],
  ])('takes a refusal for a missing object only where %s', async (_, status, listing, code) => {
    answer = (request, response) =>
      request.url?.includes('list-type=2') === true
        ? response.writeHead(status).end(`<ListBucketResult>${listing}</ListBucketResult>`)
        : response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
    expect(await codeOf(bucket.getObject('a', { signal, maxBytes: 5 }))).toBe(code);
    expect(await codeOf(bucket.headObject('a', { signal }))).toBe(code);
    expect(requests[1]).toContain('prefix=team%2Fa');
  });

  it('ends when the caller gives up, with the reason of the caller', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '5' }).write('1');
    };
    const abort = new AbortController();
    const reading = bucket.getObject('a', { signal: abort.signal, maxBytes: 5 });
    setTimeout(() => abort.abort(new Error('gone')), 100);
    await expect(reading).rejects.toThrow('gone');
  });

  it.each(['../x', 'a/../../x', './x', '..', 'a/.', '', 'a\0b', 'x'.repeat(1020), '\ud800'])(
    'never asks for the key %j',
    async (key) => {
      expect(await codeOf(bucket.getObject(key, { signal, maxBytes: 5 }))).toBe('notFound');
      expect(requests).toEqual([]);
    },
  );

  it('asks for keys that only look odd', async () => {
    answer = (_, response) => response.end('x');
    for (const key of ['a//b', '...', '..a', 'a..', ' ', '%2e%2e/x', 'a\\b']) {
      expect(await codeOf(bucket.getObject(key, { signal, maxBytes: 5 }))).toBe('ok');
    }
  });
});

describe('openObject', () => {
  it('gives facts and a body that is read as it comes', async () => {
    const modified = 'Fri, 02 Jan 2026 03:04:05 GMT';
    answer = (_, response) =>
      response
        .writeHead(200, { etag: '"e1"', 'content-length': '5', 'last-modified': modified })
        .end('bytes');
    const found = await bucket.openObject('a', { signal, maxBytes: 5 });
    expect(found).toMatchObject({ etag: '"e1"', size: 5, lastModified: new Date(modified) });
    expect(await readText(found!.body)).toBe('bytes');
  });

  it('ends a body that goes on beyond the limit, announced or not', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': '6' }).end('123456');
    expect(await codeOf(bucket.openObject('a', { signal, maxBytes: 5 }))).toBe('payloadTooLarge');
    answer = (_, response) => {
      response.writeHead(200).write('123');
      response.end('456');
    };
    const found = await bucket.openObject('a', { signal, maxBytes: 5 });
    expect(await codeOf(readText(found!.body))).toBe('payloadTooLarge');
  });

  it('says that the object is still the same, by its tag or by its date', async () => {
    const date = new Date('2026-01-02T03:04:05Z');
    answer = ({ headers }, response) => {
      const same = headers['if-none-match'] === '"e1"' || headers['if-modified-since'] === date.toUTCString();
      response.writeHead(same ? 304 : 500).end();
    };
    expect(await bucket.openObject('a', { signal, maxBytes: 5, ifNoneMatch: '"e1"' })).toBeNull();
    expect(await bucket.openObject('a', { signal, maxBytes: 5, ifModifiedSince: date })).toBeNull();
  });

  it('tells a connection that breaks in the middle as a failure of the bucket', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '5' }).write('1');
      setTimeout(() => response.destroy(), 20);
    };
    const found = await bucket.openObject('a', { signal, maxBytes: 5 });
    expect(await codeOf(readText(found!.body))).toBe('originFailed');
  });

  it('ends the connection when its reader leaves, and gives the caller’s own reason when that one does', async () => {
    const closed = Promise.withResolvers<void>();
    answer = (_, response) => {
      response.on('close', closed.resolve).writeHead(200, { 'content-length': '5' }).write('1');
    };
    (await bucket.openObject('a', { signal, maxBytes: 5 }))!.body.destroy();
    await closed.promise;
    const abort = new AbortController();
    const found = await bucket.openObject('a', { signal: abort.signal, maxBytes: 5 });
    setTimeout(() => abort.abort(new Error('gone')), 20);
    await expect(readText(found!.body)).rejects.toThrow('gone');
  });
});

describe('listObjects', () => {
  it('decodes keys, takes the prefix off, and leaves out what lies beside it', async () => {
    answer = (_, response) =>
      response.end(
        '<ListBucketResult><Name>photos</Name><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextContinuationToken>t1</NextContinuationToken>' +
          ['team/a+b%2Bc%0A.jpg', 'other/x', 'team/%C3%A4']
            .map(
              (key) =>
                `<Contents><Key>${key}</Key><Size>3</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>`,
            )
            .join('') +
          '</ListBucketResult>',
      );
    const page = await bucket.listObjects({ signal, prefix: 'a' });
    expect(page.objects.map(({ key }) => key)).toEqual(['a b+c\n.jpg', 'ä']);
    expect(page.next).toBe('t1');
    expect(requests[0]).toContain('prefix=team%2Fa');
  });
});
