import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import type { Keys } from '../../conformance/behaviour.ts';
import type { RawRequest } from '../../support/raw-request.ts';

const methods = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'PATCH'] as const;

const subResources = [
  'acl',
  'cors',
  'policy',
  'lifecycle',
  'location',
  'uploads',
  'uploadId',
  'partNumber',
  'delete',
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
  'versioning',
  'tagging',
  'versionId',
  'marker',
  'key-marker',
  'upload-id-marker',
  'max-uploads',
  'max-parts',
  'part-number-marker',
  'response-content-type',
  'attributes',
  'website',
  'x-id',
  'nonsense',
] as const;

const headerNames = [
  'range',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'content-md5',
  'x-amz-checksum-crc32',
  'x-amz-checksum-sha256',
  'x-amz-copy-source',
  'x-amz-copy-source-range',
  'x-amz-metadata-directive',
  'x-amz-meta-a',
  'x-amz-acl',
  'x-amz-storage-class',
  'x-amz-server-side-encryption',
  'x-amz-tagging',
  'x-amz-mp-object-size',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-trailer',
  'x-amz-decoded-content-length',
  'content-encoding',
  'content-type',
  'cache-control',
  'expires',
  'origin',
  'access-control-request-method',
] as const;

const token = fc.oneof(
  fc.string({ maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom(
    '',
    '0',
    '1',
    '2',
    '-1',
    '10001',
    '1e9',
    '/',
    'a',
    'url',
    '%',
    '%zz',
    '%ff',
    '%00',
    '..%2F',
    'x'.repeat(1500),
    'made-up',
  ),
);

const headerValue = fc.oneof(
  fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?').trim()),
  fc.constantFrom(
    'bytes=0-0',
    'bytes=5-2',
    'bytes=-0',
    'bytes=0-1,3-4',
    'bytes=99999999999999999999-',
    '*',
    '"x"',
    'AAAAAA==',
    'nope',
    'COPY',
    'REPLACE',
    '/fuzz/a',
    'fuzz/%zz',
    'fuzz',
    '',
    '-1',
    'Mon, 01 Jan 2024 00:00:00 GMT',
    'public-read',
    'aws-chunked',
    'x-amz-checksum-crc32',
    'a=b',
    '1',
  ),
);

const bodies = fc.oneof(
  fc.constant(''),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '<Delete><Object><Key>a</Key></Object></Delete>',
    '<Delete>',
    '<CORSConfiguration/>',
    '{"Version":"2012-10-17","Statement":[]}',
    '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>',
    '<a>'.repeat(2000),
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>',
    '5;chunk-signature=00\r\nhello\r\n0;chunk-signature=00\r\n\r\n',
    '--x\r\nContent-Disposition: form-data; name="key"\r\n\r\na\r\n--x--\r\n',
    '<LifecycleConfiguration><Rule><Status>Enabled</Status></Rule></LifecycleConfiguration>',
  ),
);

class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    // The SDK's hash constructor takes any bytes; Node's wants to be told which.
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Buffer);
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
}

/** Signs what the generator made, so that the request gets past the door and into the handlers. */
export const createS3Signer = (base: string, region: string, keys: Keys) => {
  const { host, hostname } = new URL(base);
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: keys,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  return async (raw: RawRequest): Promise<RawRequest> => {
    const [path = '/', search = ''] = raw.target.split('?', 2);
    const query: Record<string, string> = {};
    for (const pair of search === '' ? [] : search.split('&')) {
      const [name = '', value = ''] = pair.split('=', 2);
      try {
        query[decodeURIComponent(name)] = decodeURIComponent(value);
      } catch {
        // What cannot be decoded cannot be signed as the server reads it: sent as it is, it must be refused.
        query[name] = value;
      }
    }
    const signed = await signer.sign({
      method: raw.method,
      protocol: 'http:',
      hostname,
      path,
      query,
      headers: { ...raw.headers, host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    });
    return { ...raw, headers: signed.headers };
  };
};

/** Requests over the S3 surface: any method, sub-resource, header and body on a bucket named fuzz. */
export const s3Requests = (): fc.Arbitrary<RawRequest> =>
  fc
    .record({
      method: fc.constantFrom(...methods),
      path: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom('/fuzz', '/fuzz/', '/fuzz/a', '/fuzz/b', '/fuzz/folder/c') },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            '/',
            '//',
            '/fuzz//',
            '/fuzz/%zz',
            '/fuzz/%ff',
            '/fuzz/%00',
            '/f',
            '/FUZZ_',
            '/fuzz/..%2F..%2Fevil',
            '/none/a',
          ),
        },
        { weight: 1, arbitrary: token.map((text) => `/fuzz/${text}`) },
      ),
      query: fc.array(fc.tuple(fc.constantFrom(...subResources), token), { maxLength: 3 }),
      headers: fc.dictionary(fc.constantFrom(...headerNames), headerValue, { maxKeys: 3 }),
      body: bodies,
    })
    .map(({ method, path, query, headers, body }) => {
      const search = query.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&');
      const withBody = method === 'PUT' || method === 'POST';
      return {
        method,
        target: search === '' ? path : `${path}?${search}`,
        headers,
        body: withBody ? body : undefined,
      };
    });
