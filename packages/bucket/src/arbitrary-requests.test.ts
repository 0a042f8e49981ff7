import { createHash } from 'node:crypto';
import { ListMultipartUploadsCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { BucketLogEntry } from './http/access-log.ts';
import { rawRequest } from './testing/raw-request.ts';
import type { RawAnswer } from './testing/raw-request.ts';
import { signHead } from './testing/signed-head.ts';
import { startBucket } from './testing/start-bucket.ts';
import type { StartedBucket } from './testing/start-bucket.ts';

let started: StartedBucket;
const entries: BucketLogEntry[] = [];
beforeAll(async () => {
  started = await startBucket({ log: (entry) => entries.push(entry), idleMilliseconds: 300 });
  // Requests may delete buckets that are empty; this one stays.
  await started.client().send(new PutObjectCommand({ Bucket: 'photos', Key: 'kept', Body: 'x' }));
});
afterAll(() => started[Symbol.asyncDispose]());
afterEach(() => entries.splice(0));

const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex');

/** The 501 that S3 itself documents passes; in the log nothing may be the server's fault. */
function verdict(answer: RawAnswer): string {
  const code = /<Code>(\w+)</.exec(answer.body)?.[1];
  const fine = answer.status < 500 || (answer.status === 501 && code === 'NotImplemented');
  return fine && entries.every(({ level }) => level !== 'error') ? 'fine' : `${answer.status} ${code ?? ''}`;
}

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
          expect(verdict(await rawRequest(started.server.port, [bytes]))).toBe('fine');
        },
      ),
      { numRuns: 400 },
    );
    await started.client().send(new ListObjectsV2Command({ Bucket: 'photos' }));
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
          const request = await signHead(
            started,
            verb,
            target,
            { ...ascii, connection: 'close', 'content-length': String(body.length) },
            sha256(body),
            query,
          );
          expect(verdict(await rawRequest(started.server.port, [request + body]))).toBe('fine');
        },
      ),
      { numRuns: 500 },
    );
    await started.client().send(new PutObjectCommand({ Bucket: 'photos', Key: 'still-alive', Body: 'x' }));
    await started.client().send(new ListMultipartUploadsCommand({ Bucket: 'photos' }));
  });
});
