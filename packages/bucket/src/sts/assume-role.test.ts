import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AssumeRoleCommandInput, Credentials } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createBucketServer } from '../bucket-server.ts';
import { startBucket } from '../testing/start-bucket.ts';
import type { StartedBucket, TestCredentials } from '../testing/start-bucket.ts';

const account = '000000000000';
const arn = (rest: string): string => `arn:aws:iam::${account}:${rest}`;
const Bucket = 'photos';

let now = new Date();
let started: StartedBucket;
let admin: TestCredentials;
beforeAll(async () => {
  started = await startBucket({ clock: { now: () => now } });
  admin = await started.server.ensureUser({ name: 'admin', administrator: true });
  const { iam } = started.server;
  await iam.createUser({ name: 'caller' });
  await iam.createRole({ name: 'tenant', trustPolicy: trust({ AWS: arn('root') }), maxSessionSeconds: 7200 });
  await iam.putPolicy(
    { role: 'tenant' },
    'all',
    allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::${Bucket}/*`),
  );
  await started
    .client({ credentials: admin })
    .send(new PutObjectCommand({ Bucket, Key: 't7/a', Body: 'seven' }));
});
afterAll(() => started[Symbol.asyncDispose]());
beforeEach(() => {
  now = new Date();
});

function trust(Principal: object | string, Condition?: object): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal,
        Action: 'sts:AssumeRole',
        ...(Condition === undefined ? {} : { Condition }),
      },
    ],
  });
}
function allow(Action: string | string[], Resource: string | string[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
}

const assume = async (
  credentials: TestCredentials,
  input: Partial<AssumeRoleCommandInput> = {},
): Promise<{ credentials: TestCredentials; answer: Awaited<ReturnType<typeof send>> }> => {
  const answer = await send(credentials, input);
  return { credentials: session(answer.Credentials), answer };
};
const send = (credentials: TestCredentials, input: Partial<AssumeRoleCommandInput>) =>
  started
    .sts(credentials)
    .send(new AssumeRoleCommand({ RoleArn: arn('role/tenant'), RoleSessionName: 'job-1', ...input }));

/** The SDK's names for the answer are not those of its configuration. */
const session = (given: Credentials | undefined): TestCredentials => ({
  accessKeyId: given?.AccessKeyId ?? '',
  secretAccessKey: given?.SecretAccessKey ?? '',
  sessionToken: given?.SessionToken ?? '',
});
const s3 = (credentials: TestCredentials): S3Client => started.client({ credentials });
const put = (credentials: TestCredentials, Key: string): Promise<unknown> =>
  s3(credentials).send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
};

describe('the caller', () => {
  test('is told who it is, whatever it may', async () => {
    const { iam } = started.server;
    const caller = await iam.createAccessKey('caller');
    await iam.putPolicy({ user: 'caller' }, 'nothing', allow('*', '*').replace('Allow', 'Deny'));
    const { userId } = iam.getUser('caller');
    expect(await started.sts(caller).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: account,
      Arn: arn('user/caller'),
      UserId: userId,
    });
    await iam.deletePolicy({ user: 'caller' }, 'nothing');
    await iam.deleteAccessKey('caller', caller.accessKeyId);
  });

  test('of a session is the session', async () => {
    const { credentials, answer } = await assume(admin);
    expect(await started.sts(credentials).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: account,
      Arn: `arn:aws:sts::${account}:assumed-role/tenant/job-1`,
      UserId: answer.AssumedRoleUser?.AssumedRoleId,
    });
  });
});

describe('a session', () => {
  test('has what the role has', async () => {
    const { credentials, answer } = await assume(admin);
    expect(credentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(answer.Credentials?.Expiration?.getTime()).toBeCloseTo(now.getTime() + 3600_000, -4);
    expect(answer.PackedPolicySize).toBeUndefined();
    await put(credentials, 't7/b');
    expect(await codeOf(s3(credentials).send(new ListObjectsV2Command({ Bucket })))).toBe('AccessDenied');
  });

  test('has no more than its session policy lets through', async () => {
    const Policy = allow(
      ['s3:PutObject', 's3:ListBucket'],
      ['arn:aws:s3:::photos', 'arn:aws:s3:::photos/t7/*'],
    );
    const { credentials, answer } = await assume(admin, { Policy, DurationSeconds: 900 });
    expect(answer.PackedPolicySize).toBeGreaterThan(0);
    await put(credentials, 't7/c');
    await expect(put(credentials, 't8/c')).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::${account}:assumed-role/tenant/job-1 is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::photos/t8/c" because no session policy allows the s3:PutObject action`,
    });
    expect(await codeOf(s3(credentials).send(new GetObjectCommand({ Bucket, Key: 't7/a' })))).toBe(
      'AccessDenied',
    );
    // Nor anything that the role does not have.
    expect(await codeOf(s3(credentials).send(new ListObjectsV2Command({ Bucket })))).toBe('AccessDenied');
  });

  test('ends when its time is over', async () => {
    const { credentials } = await assume(admin, { DurationSeconds: 900 });
    const url = await getSignedUrl(s3(credentials), new GetObjectCommand({ Bucket, Key: 't7/a' }), {
      expiresIn: 7200,
    });
    expect((await fetch(url)).status).toBe(200);
    now = new Date(now.getTime() + 901_000);
    const late = await fetch(url);
    expect(late.status).toBe(400);
    expect(await late.text()).toContain('<Code>ExpiredToken</Code>');
    const caller = started.sts(credentials);
    await expect(caller.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      // The SDK's own name for the code ExpiredToken.
      name: expect.stringMatching(/^ExpiredToken/) as string,
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('ends with its role, and does not begin again with another of the name', async () => {
    const { iam } = started.server;
    const trustPolicy = trust({ AWS: arn('root') });
    await iam.createRole({ name: 'short', trustPolicy });
    await iam.putPolicy({ role: 'short' }, 'all', allow('s3:*', '*'));
    const { credentials } = await assume(admin, { RoleArn: arn('role/short') });
    await put(credentials, 't7/d');
    await iam.deletePolicy({ role: 'short' }, 'all');
    expect(await codeOf(put(credentials, 't7/d'))).toBe('AccessDenied');
    await iam.deleteRole('short');
    expect(await codeOf(put(credentials, 't7/d'))).toBe('InvalidAccessKeyId');
    await iam.createRole({ name: 'short', trustPolicy });
    await iam.putPolicy({ role: 'short' }, 'all', allow('s3:*', '*'));
    expect(await codeOf(put(credentials, 't7/d'))).toBe('InvalidAccessKeyId');
    await iam.deletePolicy({ role: 'short' }, 'all');
    await iam.deleteRole('short');
  });

  test('works through a URL that it signed', async () => {
    const { credentials } = await assume(admin, {
      Policy: allow('s3:PutObject', 'arn:aws:s3:::photos/t7/*'),
    });
    const sign = (Key: string): Promise<string> =>
      getSignedUrl(
        // A checksum of the body cannot be signed before there is one.
        started.client({ credentials, requestChecksumCalculation: 'WHEN_REQUIRED' }),
        new PutObjectCommand({ Bucket, Key }),
        { expiresIn: 60 },
      );
    expect((await fetch(await sign('t7/signed'), { method: 'PUT', body: 'x' })).status).toBe(200);
    expect((await fetch(await sign('t8/signed'), { method: 'PUT', body: 'x' })).status).toBe(403);
    const url = new URL(await sign('t7/signed'));
    url.searchParams.delete('X-Amz-Security-Token');
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
  });

  test('is refused without its token, with another one, and with a changed one', async () => {
    const one = (await assume(admin)).credentials;
    const two = (await assume(admin)).credentials;
    const { sessionToken = '', ...bare } = one;
    expect(await codeOf(put(bare, 't7/e'))).toBe('InvalidAccessKeyId');
    expect(await codeOf(put({ ...one, sessionToken: two.sessionToken ?? '' }, 't7/e'))).toBe('InvalidToken');
    const changed =
      sessionToken.slice(0, 40) + (sessionToken[40] === 'A' ? 'B' : 'A') + sessionToken.slice(41);
    expect(await codeOf(put({ ...one, sessionToken: changed }, 't7/e'))).toBe('InvalidToken');
    expect(await codeOf(put({ ...admin, sessionToken }, 't7/e'))).toBe('InvalidToken');
    const { sts } = started;
    expect(await codeOf(sts({ ...one, sessionToken: changed }).send(new GetCallerIdentityCommand({})))).toBe(
      'InvalidClientTokenId',
    );
  });

  test('outlives the process', async () => {
    await using other = await startBucket();
    const administrator = await other.server.ensureUser({ name: 'admin', administrator: true });
    const { iam } = other.server;
    await iam.createRole({ name: 'tenant', trustPolicy: trust({ AWS: arn('root') }) });
    await iam.putPolicy({ role: 'tenant' }, 'all', allow('s3:*', '*'));
    const { Credentials: given } = await other
      .sts(administrator)
      .send(new AssumeRoleCommand({ RoleArn: arn('role/tenant'), RoleSessionName: 'job' }));
    await other.server[Symbol.asyncDispose]();
    await using again = await createBucketServer({
      dataDirectory: other.dataDirectory,
      host: '127.0.0.1',
      port: 0,
      region: 'us-east-1',
    });
    const client = other.client({ endpoint: again.url, credentials: session(given) });
    expect(await codeOf(client.send(new PutObjectCommand({ Bucket, Key: 'after', Body: 'x' })))).toBe('ok');
  });
});

describe('who may assume a role', () => {
  const externalId = { StringEquals: { 'sts:ExternalId': 'connection-42' } };
  const named = { AWS: arn('user/caller') };
  /** Trust policy, what the caller's own policies say, the external id it sends, and the outcome. */
  const table: [
    name: string,
    trustPolicy: string,
    identity: string | null,
    sent: string | undefined,
    outcome: 'ok' | 'AccessDenied',
  ][] = [
    ['a user that the trust names', trust(named), null, undefined, 'ok'],
    [
      'a user that it does not name',
      trust({ AWS: arn('user/alice') }),
      allow('sts:*', '*'),
      undefined,
      'AccessDenied',
    ],
    ['the account, but not the user itself', trust({ AWS: arn('root') }), null, undefined, 'AccessDenied'],
    [
      'the account and the user too',
      trust({ AWS: account }),
      allow('sts:AssumeRole', arn('role/trial')),
      undefined,
      'ok',
    ],
    [
      'the account, and the user on another role',
      trust({ AWS: arn('root') }),
      allow('sts:AssumeRole', arn('role/tenant')),
      undefined,
      'AccessDenied',
    ],
    [
      'a user whose own policy denies it',
      trust(named),
      allow('sts:*', '*').replace('Allow', 'Deny'),
      undefined,
      'AccessDenied',
    ],
    ['the right external id', trust(named, externalId), null, 'connection-42', 'ok'],
    ['a wrong external id', trust(named, externalId), allow('*', '*'), 'connection-43', 'AccessDenied'],
    ['no external id', trust(named, externalId), allow('*', '*'), undefined, 'AccessDenied'],
    ['an external id that nobody asks for', trust(named), null, 'connection-42', 'ok'],
    ['another account', trust({ AWS: '111122223333' }), allow('*', '*'), undefined, 'AccessDenied'],
    ['everybody', trust('*'), null, undefined, 'ok'],
    [
      'an identity provider',
      trust({ Federated: arn('oidc-provider/issuer.example') }),
      allow('*', '*'),
      undefined,
      'AccessDenied',
    ],
  ];

  test.each(table)('%s', async (_name, trustPolicy, identity, ExternalId, outcome) => {
    const { iam } = started.server;
    const caller = await iam.createAccessKey('caller');
    await iam.createRole({ name: 'trial', trustPolicy });
    if (identity !== null) await iam.putPolicy({ user: 'caller' }, 'own', identity);
    try {
      const input = { RoleArn: arn('role/trial'), ...(ExternalId === undefined ? {} : { ExternalId }) };
      expect(await codeOf(send(caller, input))).toBe(outcome);
    } finally {
      if (identity !== null) await iam.deletePolicy({ user: 'caller' }, 'own');
      await iam.deleteRole('trial');
      await iam.deleteAccessKey('caller', caller.accessKeyId);
    }
  });

  test('a role that is not there is refused as one that does not trust', async () => {
    const messages = await Promise.all(
      [arn('role/nowhere'), 'arn:aws:iam::111122223333:role/tenant', 'nonsense'].map((RoleArn) =>
        send(started.user, { RoleArn }).catch((error: Error) => `${error.name}: ${error.message}`),
      ),
    );
    for (const message of messages) expect(message).toMatch(/^AccessDenied: User: .* is not authorized/);
  });

  test('a session may go on to a role that trusts its role, for an hour at most', async () => {
    const { iam } = started.server;
    await iam.createRole({
      name: 'next',
      trustPolicy: trust({ AWS: arn('role/tenant') }),
      maxSessionSeconds: 43_200,
    });
    await iam.putPolicy({ role: 'tenant' }, 'next', allow('sts:AssumeRole', arn('role/next')));
    const { credentials } = await assume(admin);
    const next = { RoleArn: arn('role/next') };
    expect(await codeOf(send(credentials, { ...next, DurationSeconds: 3601 }))).toBe('ValidationError');
    const chained = await assume(credentials, next);
    expect((await started.sts(chained.credentials).send(new GetCallerIdentityCommand({}))).Arn).toBe(
      `arn:aws:sts::${account}:assumed-role/next/job-1`,
    );
    await iam.deletePolicy({ role: 'tenant' }, 'next');
    await iam.deleteRole('next');
  });

  test('a role below a path is named with it', async () => {
    await started.iam(admin).send(
      new CreateRoleCommand({
        RoleName: 'deep',
        Path: '/team/one/',
        AssumeRolePolicyDocument: trust({ AWS: arn('root') }),
      }),
    );
    expect(await codeOf(send(admin, { RoleArn: arn('role/deep') }))).toBe('AccessDenied');
    const { answer } = await assume(admin, { RoleArn: arn('role/team/one/deep') });
    expect(answer.AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/deep/job-1`);
    await started.server.iam.deleteRole('deep');
  });
});

test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
  ['a session name of one character', { RoleSessionName: 'x' }, 'ValidationError'],
  ['a session name with a space', { RoleSessionName: 'job 1' }, 'ValidationError'],
  ['less than fifteen minutes', { DurationSeconds: 899 }, 'ValidationError'],
  ['more than the role gives', { DurationSeconds: 7201 }, 'ValidationError'],
  [
    'a session policy beyond 2,048 characters',
    { Policy: allow('s3:*', `arn:aws:s3:::${'x'.repeat(2048)}`) },
    'ValidationError',
  ],
  ['a session policy that is none', { Policy: '{}' }, 'MalformedPolicyDocument'],
  ['an external id of one character', { ExternalId: 'x' }, 'ValidationError'],
])('%s is refused', async (_name, input, code) => {
  expect(await codeOf(send(admin, input))).toMatch(new RegExp(`^${code}(Exception)?$`));
});
