import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { BucketLogEntry } from '../http/access-log.ts';
import { rawRequest } from '../testing/raw-request.ts';
import { startBucket } from '../testing/start-bucket.ts';
import type { StartedBucket } from '../testing/start-bucket.ts';
import { signQueryCall } from '../testing/sign-query-call.ts';
import type { TestCredentials } from '../testing/start-bucket.ts';

let started: StartedBucket;
let admin: TestCredentials;
const entries: BucketLogEntry[] = [];
beforeAll(async () => {
  started = await startBucket({
    log: (entry) => entries.push(entry),
    fetchDocument: () => Promise.reject(new Error('nobody is asked')),
  });
  admin = await started.server.ensureUser({ name: 'admin', administrator: true });
});
afterAll(() => started[Symbol.asyncDispose]());
afterEach(() => entries.splice(0));

const actions = [
  'CreateUser',
  'GetUser',
  'DeleteUser',
  'ListUsers',
  'PutUserPolicy',
  'GetUserPolicy',
  'CreateAccessKey',
  'UpdateAccessKey',
  'GetAccessKeyLastUsed',
  'CreateRole',
  'UpdateAssumeRolePolicy',
  'PutRolePolicy',
  'ListRoles',
  'CreateOpenIDConnectProvider',
  'GetOpenIDConnectProvider',
  'SimulatePrincipalPolicy',
  'AssumeRole',
  'AssumeRoleWithWebIdentity',
  'GetCallerIdentity',
  'Nonsense',
  '__proto__',
  'constructor',
];
const names = [
  'UserName',
  'RoleName',
  'PolicyName',
  'PolicyDocument',
  'AssumeRolePolicyDocument',
  'Path',
  'PathPrefix',
  'Marker',
  'MaxItems',
  'Status',
  'AccessKeyId',
  'RoleArn',
  'RoleSessionName',
  'Policy',
  'DurationSeconds',
  'ExternalId',
  'WebIdentityToken',
  'Url',
  'ClientIDList.member.1',
  'PolicySourceArn',
  'ActionNames.member.1',
  'ContextEntries.member.1.ContextKeyName',
  'Version',
];
const value = fc.oneof(
  fc.constantFrom(
    'alice',
    '__proto__',
    '-1',
    '0',
    '99999999999999999999',
    '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    '{"Statement":[{"Effect":"Allow","Principal":{"__proto__":"*"},"Action":"sts:*"}]}',
    '{"__proto__":[]}',
    '[]',
    'null',
    '['.repeat(5000),
    'a.b.c',
    'eyJhbGciOiJub25lIn0.eyJpc3MiOm51bGx9.',
    'arn:aws:iam::000000000000:role/x',
    'http://localhost',
    'x'.repeat(5000),
    '\u0000',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const form = fc
  .tuple(fc.constantFrom(...actions), fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 }))
  .map(([action, parameters]) => {
    const text = new URLSearchParams({ Action: action });
    for (const [name, given] of Object.entries(parameters)) text.append(name, given.toWellFormed());
    return text.toString();
  });

/** What a sender gets wrong is told as such, in the form of the Query protocol. */
const verdict = (status: number, body: string): string =>
  status < 500 && entries.every(({ level }) => level !== 'error') ? 'fine' : `${status} ${body}`;

describe('arbitrary calls of IAM and STS', () => {
  test('by the administrator end below 500', async () => {
    await fc.assert(
      fc.asyncProperty(form, async (body) => {
        const service = /^Action=(Assume|GetCaller)/.test(body) ? 'sts' : 'iam';
        const { url, init } = await signQueryCall(started.server.url, service, admin, body);
        const answer = await fetch(url, init);
        expect(verdict(answer.status, await answer.text())).toBe('fine');
      }),
      { numRuns: 400 },
    );
  });

  test('by nobody end below 500, and change nothing', async () => {
    const before = started.server.iam.listUsers();
    const bytes = fc.oneof(form, fc.string({ unit: 'binary', maxLength: 200 }));
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (body, inQuery) => {
        const length = Buffer.byteLength(body, 'latin1');
        const target = inQuery ? `/?${body.replaceAll(/[^!-~]/g, '%20')}` : '/';
        const answer = await rawRequest(started.server.port, [
          `POST ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`,
          Buffer.from(body, 'latin1'),
        ]);
        expect(verdict(answer.status, answer.body)).toBe('fine');
      }),
      { numRuns: 200 },
    );
    expect(started.server.iam.listUsers()).toEqual(before);
  });

  test('a body beyond the limit is refused before it is read', async () => {
    const answer = await rawRequest(started.server.port, [
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000000\r\n\r\n',
      'A'.repeat(200_000),
    ]);
    expect(answer.status).toBe(413);
    expect(answer.body).toContain('<Code>RequestEntityTooLarge</Code>');
  });

  test('a call for one service that is signed for the other is refused', async () => {
    const { url, init } = await signQueryCall(
      started.server.url,
      'sts',
      admin,
      'Action=ListUsers&Version=2010-05-08',
    );
    const answer = await fetch(url, init);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('incorrect service &quot;sts&quot;');
  });

  test('a body that was changed after it was signed is refused', async () => {
    const body = 'Action=CreateUser&Version=2010-05-08&UserName=good';
    const { url, init } = await signQueryCall(started.server.url, 'iam', admin, body);
    const answer = await fetch(url, { ...init, body: body.replace('good', 'evil') });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  test('a signed URL asks who one is, as clusters and vaults do it', async () => {
    const { url } = await signQueryCall(started.server.url, 'sts', admin, undefined);
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<Arn>arn:aws:iam::000000000000:user/admin</Arn>');
  });
});
