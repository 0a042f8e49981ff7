import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QueryParameters } from '../http/query-parameters.ts';
import { encodePath, encodePercent } from '../http/percent.ts';
import { RequestHeaders } from '../http/request-headers.ts';
import { createKeyUse } from '../iam/key-use.ts';
import { S3Error } from '../s3-error.ts';
import { referenceSigner } from '../testing/reference-signer.ts';
import { createVerifier } from './verify-request.ts';
import type { RequestToVerify } from './verify-request.ts';

const now = new Date('2026-05-04T12:00:00Z');
const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret/Key+1', active: true };
const principal = {
  kind: 'user',
  userId: 'u1',
  name: 'alice',
  arn: 'arn:aws:iam::000000000000:user/alice',
} as const;
const verifier = createVerifier({
  credentials: {
    identify: (id) => {
      if (id !== key.accessKeyId) throw new S3Error('InvalidAccessKeyId');
      return { principal, key };
    },
  },
  keyUse: createKeyUse(),
  region: 'eu-west-1',
  clock: { now: () => now },
});
const signer = referenceSigner(key, 'eu-west-1');

interface Sent {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
}

function received({ method, path, query, headers }: Sent): RequestToVerify {
  const text = Object.entries(query).map(([name, value]) => `${encodePercent(name)}=${encodePercent(value)}`);
  return {
    method,
    rawPath: path,
    query: new QueryParameters(text.join('&')),
    headers: new RequestHeaders(Object.entries(headers).flat()),
  };
}

async function signed(sent: Sent): Promise<Sent> {
  const request = {
    ...sent,
    protocol: 'http:',
    hostname: 'localhost',
    headers: { host: 'localhost', ...sent.headers },
  };
  const { headers } = await signer.sign(request, { signingDate: now });
  return { ...sent, headers };
}

/** As S3's own pre-signer does it: the payload is left open. */
async function presigned(sent: Sent, expiresIn = 60, signingDate = now): Promise<Sent> {
  const headers = { host: 'localhost', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...sent.headers };
  const request = { ...sent, protocol: 'http:', hostname: 'localhost', headers };
  const result = await signer.presign(request, { signingDate, expiresIn });
  // The signer writes strings only; its type allows lists.
  return { ...sent, headers: result.headers, query: result.query as Record<string, string> };
}

const secondsFromNow = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

/** The further elements of the error that a request is answered with. */
const extraOf = (request: Sent): Record<string, string> => {
  try {
    verifier.verify(received(request));
  } catch (error) {
    if (error instanceof S3Error) return error.extra;
  }
  return {};
};

const code = (request: Sent): string => {
  try {
    verifier.verify(received(request));
    return 'ok';
  } catch (error) {
    if (error instanceof S3Error) return error.code;
    throw error;
  }
};

const keyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('/', '.', '..', '//', '+', '%', ' ', '?', '#', '&', '=', '\u0001'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
  ),
  maxLength: 20,
});
const token = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789-'),
  minLength: 1,
  maxLength: 8,
});
const headerValue = fc.string({ unit: fc.constantFrom(...'abc XYZ019,;=/"~'), maxLength: 20 });
const anyRequest: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD'),
  path: keyText.map((text) => `/bucket/${encodePath(text)}`),
  query: fc.dictionary(token, keyText, { maxKeys: 4 }),
  headers: fc.dictionary(
    token.map((name) => `x-amz-meta-${name}`),
    headerValue,
    { maxKeys: 3 },
  ),
});

describe('a signature made by the reference signer', () => {
  test('is accepted for any method, key, query and header', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        expect(code(await signed(request))).toBe('ok');
        expect(verifier.verify(received(await signed(request))).principal).toEqual(principal);
      }),
      { numRuns: 300 },
    );
  });

  test('is accepted in the query', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        expect(code(await presigned(request))).toBe('ok');
      }),
      { numRuns: 300 },
    );
  });

  test('is refused when anything it covers was changed', async () => {
    const tampers: ((sent: Sent, salt: string) => Sent)[] = [
      (sent) => ({ ...sent, method: sent.method === 'GET' ? 'PUT' : 'GET' }),
      (sent, salt) => ({ ...sent, path: `${sent.path}${encodePath(salt)}x` }),
      (sent) => ({ ...sent, path: sent.path.replace('/bucket/', '/bucket//') }),
      (sent, salt) => ({ ...sent, query: { ...sent.query, added: salt } }),
      (sent, salt) => ({ ...sent, headers: { ...sent.headers, host: `${salt.length}.example` } }),
      (sent) => ({ ...sent, headers: { ...sent.headers, 'x-amz-acl': 'public-read' } }),
    ];
    await fc.assert(
      fc.asyncProperty(anyRequest, fc.constantFrom(...tampers), keyText, async (request, tamper, salt) => {
        expect(code(tamper(await signed(request), salt))).not.toBe('ok');
        expect(code(tamper(await presigned(request), salt))).not.toBe('ok');
      }),
      { numRuns: 400 },
    );
  });

  test('is refused when one digit of it was changed', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, fc.nat(63), async (request, position) => {
        const { headers, ...rest } = await signed(request);
        const authorization = headers['authorization'] ?? '';
        const at = authorization.length - 64 + position;
        const changed = authorization[at] === '0' ? '1' : '0';
        const altered = authorization.slice(0, at) + changed + authorization.slice(at + 1);
        expect(code({ ...rest, headers: { ...headers, authorization: altered } })).toBe(
          'SignatureDoesNotMatch',
        );
      }),
    );
  });
});

describe('a header signature', () => {
  const plain: Sent = { method: 'GET', path: '/bucket/key', query: {}, headers: {} };
  const altered = async (change: (authorization: string) => string): Promise<string> => {
    const sent = await signed(plain);
    return code({
      ...sent,
      headers: { ...sent.headers, authorization: change(sent.headers['authorization'] ?? '') },
    });
  };

  test.each([
    ['an unknown key', (text: string) => text.replace('AKIDEXAMPLE', 'AKIDOTHER'), 'InvalidAccessKeyId'],
    [
      'another region',
      (text: string) => text.replace('eu-west-1', 'us-east-1'),
      'AuthorizationHeaderMalformed',
    ],
    ['another service', (text: string) => text.replace('/s3/', '/sqs/'), 'AuthorizationHeaderMalformed'],
    [
      'another terminator',
      (text: string) => text.replace('aws4_request', 'aws5_request'),
      'AuthorizationHeaderMalformed',
    ],
    ['another day', (text: string) => text.replace('20260504', '20260503'), 'AuthorizationHeaderMalformed'],
    ['no signature', (text: string) => text.replace(/, Signature=.*/, ''), 'AuthorizationHeaderMalformed'],
    ['a short signature', (text: string) => text.slice(0, -1), 'AuthorizationHeaderMalformed'],
    [
      'two signatures',
      (text: string) => `${text}, Signature=${'0'.repeat(64)}`,
      'AuthorizationHeaderMalformed',
    ],
    [
      'a credential of four parts',
      (text: string) => text.replace('/s3/', '/'),
      'AuthorizationHeaderMalformed',
    ],
    [
      'unsorted headers',
      (text: string) => text.replace('SignedHeaders=host;', 'SignedHeaders=zzz;host;'),
      'AuthorizationHeaderMalformed',
    ],
    [
      'host not signed',
      (text: string) => text.replace('SignedHeaders=host;', 'SignedHeaders='),
      'AccessDenied',
    ],
    [
      'a signed header that is absent',
      (text: string) => text.replace('SignedHeaders=host;', 'SignedHeaders=host;range;'),
      'SignatureDoesNotMatch',
    ],
    ['version 2', () => 'AWS AKIDEXAMPLE:c2ln', 'InvalidRequest'],
    ['another scheme', () => 'Bearer abc', 'InvalidArgument'],
    [
      'another algorithm',
      (text: string) => text.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'),
      'InvalidRequest',
    ],
    ['nothing', () => '', 'InvalidArgument'],
  ])("with %s is refused with S3's code", async (_name, change, expected) => {
    expect(await altered(change)).toBe(expected);
  });

  test('tells the region it expects', async () => {
    const sent = await signed(plain);
    const authorization = (sent.headers['authorization'] ?? '').replace('eu-west-1', 'mars-1');
    expect(() => verifier.verify(received({ ...sent, headers: { ...sent.headers, authorization } }))).toThrow(
      expect.objectContaining({ extra: { Region: 'eu-west-1' } }) as Error,
    );
  });

  test('shows what was signed when it does not match, never the secret', async () => {
    const sent = await signed(plain);
    const extra = extraOf({ ...sent, path: '/bucket/other' });
    expect(extra['CanonicalRequest']).toContain('/bucket/other');
    expect(extra['StringToSign']).toMatch(/^AWS4-HMAC-SHA256\n20260504T120000Z\n/);
    expect(JSON.stringify(extra)).not.toContain(key.secretAccessKey);
  });

  test.each([-16, 16])('%d minutes away is refused', async (minutes) => {
    const request = { ...plain, protocol: 'http:', hostname: 'localhost', headers: { host: 'localhost' } };
    const { headers } = await signer.sign(request, {
      signingDate: new Date(now.getTime() + minutes * 60_000),
    });
    expect(code({ ...plain, headers })).toBe('RequestTimeTooSkewed');
  });

  test('needs the hash of the payload', async () => {
    const sent = await signed({ ...plain, headers: { 'x-amz-content-sha256': 'rubbish' } });
    expect(code(sent)).toBe('InvalidArgument');
    const { 'x-amz-content-sha256': _, ...headers } = (await signed(plain)).headers;
    headers['authorization'] = (headers['authorization'] ?? '').replace(';x-amz-content-sha256', '');
    expect(code({ ...plain, headers })).toBe('InvalidRequest');
  });

  test('beside one in the query is refused', async () => {
    const both = { ...(await presigned(plain)), headers: (await signed(plain)).headers };
    expect(code(both)).toBe('InvalidArgument');
  });
});

describe('a pre-signed URL', () => {
  const plain: Sent = { method: 'GET', path: '/bucket/key', query: {}, headers: {} };

  test('holds until it expires and not before it begins', async () => {
    expect(code(await presigned(plain, 60, secondsFromNow(-59)))).toBe('ok');
    expect(code(await presigned(plain, 60, secondsFromNow(-61)))).toBe('AccessDenied');
    expect(code(await presigned(plain, 60, secondsFromNow(14 * 60)))).toBe('ok');
    expect(code(await presigned(plain, 60, secondsFromNow(16 * 60)))).toBe('AccessDenied');
  });

  test.each(['0', '-1', '604801', 'week', '', '1e3', '99999999999999999999'])(
    'refuses the expiry %j',
    async (expires) => {
      const sent = await presigned(plain);
      expect(code({ ...sent, query: { ...sent.query, 'X-Amz-Expires': expires } })).toBe(
        'AuthorizationQueryParametersError',
      );
    },
  );

  test.each([
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Date',
    'X-Amz-Expires',
    'X-Amz-SignedHeaders',
    'X-Amz-Signature',
  ])('without %s is refused', async (name) => {
    const sent = await presigned(plain);
    const query = { ...sent.query };
    delete query[name];
    expect(code({ ...sent, query })).toBe('AuthorizationQueryParametersError');
  });

  test('with a parameter given twice is refused', async () => {
    const request = received(await presigned(plain));
    const doubled = new QueryParameters(
      [...request.query.pairs, ['X-Amz-Expires', '604800'] as const]
        .map(([name, value]) => `${name}=${encodePercent(value)}`)
        .join('&'),
    );
    expect(() => verifier.verify({ ...request, query: doubled })).toThrow('more than once');
  });

  test('with the old parameters is refused', () => {
    expect(code({ ...plain, query: { AWSAccessKeyId: 'a', Signature: 'b', Expires: '1' } })).toBe(
      'InvalidRequest',
    );
  });
});

test('a request without a signature is anonymous', () => {
  const request = received({ method: 'GET', path: '/bucket/key', query: {}, headers: { host: 'localhost' } });
  expect(verifier.verify(request).principal).toEqual({ kind: 'anonymous' });
});
