import type { Operation } from '@windlass/contract';
import fc from 'fast-check';
import type { RawRequest } from '../../support/raw-request.ts';

/** Values that people and scripts really send where something else belongs. No address here leads off this machine. */
const oddValue = (bucketUrl: string) =>
  fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '',
      ' ',
      '\0',
      '../../etc/passwd',
      "' or 1=1 --",
      '<script>',
      '\u202e',
      '💥',
      'a'.repeat(5000),
      -1,
      0,
      1e308,
      null,
      true,
      [],
      {},
      bucketUrl,
      'http://127.0.0.1:1',
      'http://10.0.0.1',
      'http://[::1]',
      'http://0x7f.1',
      'ftp://localhost',
      'http://user:pass@localhost',
      'demo',
      'aws',
      'path',
      'deliver',
      'us-east-1',
      'owner@example.com',
      'width=1&format=png',
      'owner',
      'photos/',
    ),
  );

const idPrefixOf: Record<string, string> = {
  teamId: 'team',
  userId: 'usr',
  sessionId: 'ses',
  invitationId: 'inv',
  apiKeyId: 'key',
  connectionId: 'con',
  sourceId: 'src',
};

const someId = (name: string, known: Record<string, string>) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(known[name] ?? `${idPrefixOf[name]}_01kazq8v3kf2wvpn2d8m6b3c9t`) },
    { weight: 1, arbitrary: fc.constant(`${idPrefixOf[name]}_01kazq8v3kf2wvpn2d8m6b3c9t`) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map(encodeURIComponentSafely) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('..', '%2e%2e', '%', '%zz', '%ff', "'", '%00', 'x'.repeat(3000)),
    },
  );

const encodeURIComponentSafely = (text: string): string => encodeURIComponent(text.toWellFormed());

const fieldNames = [
  'name',
  'email',
  'password',
  'token',
  'provider',
  'bucket',
  'region',
  'endpoint',
  'addressing',
  'prefix',
  'jobs',
  'credentials',
  'connectionId',
  'secured',
  'defaultParameters',
  'maxAgeSeconds',
  'limits',
  'path',
  'parameters',
  'role',
  'scopes',
  'expiresInDays',
  'accessKeyId',
  'secretAccessKey',
  'force',
  'currentPassword',
  'newPassword',
  'account',
  '__proto__',
  'constructor',
] as const;

/** Calls that would end the session or lock the fuzzer out are left to their own tests. */
const leftOut = new Set(['signOut', 'revokeSession', 'changePassword', 'signIn', 'createOwner']);

/** Requests to the API that are nearly right, or not at all. */
export const apiRequests = (
  operations: readonly Operation[],
  headers: Record<string, string>,
  known: Record<string, string>,
  bucketUrl: string,
): fc.Arbitrary<RawRequest> => {
  const value = oddValue(bucketUrl);
  const body = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .dictionary(fc.constantFrom(...fieldNames), value, { maxKeys: 10 })
        .map((fields) => JSON.stringify(fields)),
    },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );
  // What is deleted is made up, so that later requests still find what they name.
  const onlyTeam: Record<string, string> = { teamId: known['teamId'] ?? '' };
  const targetOf = (operation: Operation) =>
    fc
      .tuple(
        ...operation.path
          .split('/')
          .map((segment) =>
            segment.startsWith(':')
              ? someId(segment.slice(1), operation.method === 'DELETE' ? onlyTeam : known)
              : fc.constant(segment),
          ),
      )
      .map((segments) => segments.join('/'));
  const query = fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: fc
        .dictionary(
          fc.constantFrom('limit', 'cursor', 'prefix', 'cascade', 'connectionId', 'x'),
          fc.string({ maxLength: 20 }),
        )
        .map((fields) => `?${new URLSearchParams(fields)}`),
    },
  );
  const type = fc.oneof(
    { weight: 8, arbitrary: fc.constant('application/json') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'text/plain',
        'multipart/form-data',
        'application/json; charset=utf-16',
        'x',
      ),
    },
  );
  return fc
    .constantFrom(...operations.filter(({ id }) => !leftOut.has(id)))
    .chain((operation) =>
      fc.record({
        method: fc.constant(operation.method),
        target: targetOf(operation),
        query,
        body,
        type,
        withBody: fc.boolean(),
      }),
    )
    .map(({ method, target, query: search, body: text, type: contentType, withBody }) => ({
      method,
      target: target + search,
      headers: { ...headers, ...(withBody && method !== 'GET' ? { 'content-type': contentType } : {}) },
      body: withBody && method !== 'GET' ? text : undefined,
    }));
};
