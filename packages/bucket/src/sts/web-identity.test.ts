import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AssumeRoleWithWebIdentityCommandOutput } from '@aws-sdk/client-sts';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startBucket } from '../testing/start-bucket.ts';
import type { StartedBucket } from '../testing/start-bucket.ts';

type Key = Awaited<ReturnType<typeof generateKeyPair>> & { jwk: JWK };

/** An issuer of tokens over HTTP, whose keys and answers the tests set. */
interface Issuer {
  url: string;
  keys: Key[];
  asked: string[];
  discovery: Record<string, unknown>;
  server: Server;
}

let now = new Date();
let started: StartedBucket;
let issuer: Issuer;
let providerArn: string;
const audience = 'arn:bucket';
const subject = 'connection:42';

async function makeKey(kid: string): Promise<Key> {
  const pair = await generateKeyPair('ES256', { extractable: true });
  return { ...pair, jwk: { ...(await exportJWK(pair.publicKey)), kid, alg: 'ES256', use: 'sig' } };
}

async function startIssuer(): Promise<Issuer> {
  const made: Issuer = {
    url: '',
    keys: [await makeKey('one')],
    asked: [],
    discovery: {},
    server: createServer(),
  };
  made.server.on('request', (request, response) => {
    made.asked.push(request.url ?? '');
    const answer = request.url === '/keys' ? { keys: made.keys.map(({ jwk }) => jwk) } : made.discovery;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a TCP port has an AddressInfo (Node: server.address).
  made.url = `http://127.0.0.1:${(made.server.address() as AddressInfo).port}`;
  made.discovery = { issuer: made.url, jwks_uri: `${made.url}/keys` };
  return made;
}

const trust = (Condition: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: providerArn },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition,
      },
    ],
  });

const claim = (name: string): string => `${issuer.url.replace('http://', '')}:${name}`;

beforeAll(async () => {
  started = await startBucket({ clock: { now: () => now } });
  issuer = await startIssuer();
  const { iam } = started.server;
  providerArn = (await iam.createOidcProvider({ url: issuer.url, clientIds: [audience] })).arn;
  await iam.createRole({
    name: 'web',
    trustPolicy: trust({ StringEquals: { [claim('aud')]: audience, [claim('sub')]: subject } }),
  });
  await iam.putPolicy(
    { role: 'web' },
    'put',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::photos/*' }],
    }),
  );
});
afterAll(async () => {
  issuer.server.closeAllConnections();
  await new Promise((resolve) => issuer.server.close(resolve));
  await started[Symbol.asyncDispose]();
});
beforeEach(() => {
  now = new Date();
});

interface TokenParts {
  key?: Key;
  kid?: string;
  iss?: string;
  aud?: string;
  sub?: string;
  lifetimeSeconds?: number;
}

function token({
  key = issuer.keys[0],
  kid,
  iss,
  aud,
  sub,
  lifetimeSeconds = 300,
}: TokenParts = {}): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  if (key === undefined) throw new Error('The issuer has no key.');
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: kid ?? key.jwk.kid ?? '' })
    .setIssuer(iss ?? issuer.url)
    .setAudience(aud ?? audience)
    .setSubject(sub ?? subject)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + lifetimeSeconds)
    .sign(key.privateKey);
}

/** Unsigned: the token stands for a signature. */
const assume = async (
  WebIdentityToken: string,
  roleName = 'web',
): Promise<AssumeRoleWithWebIdentityCommandOutput> =>
  started.sts({ accessKeyId: 'none', secretAccessKey: 'none' }).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: `arn:aws:iam::000000000000:role/${roleName}`,
      RoleSessionName: 'connection-42',
      WebIdentityToken,
    }),
  );

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
};

describe('a web identity', () => {
  test('opens a session of a role that trusts it', async () => {
    const answer = await assume(await token());
    expect(answer).toMatchObject({
      SubjectFromWebIdentityToken: subject,
      Audience: audience,
      Provider: providerArn,
      AssumedRoleUser: { Arn: 'arn:aws:sts::000000000000:assumed-role/web/connection-42' },
    });
    const credentials = {
      accessKeyId: answer.Credentials?.AccessKeyId ?? '',
      secretAccessKey: answer.Credentials?.SecretAccessKey ?? '',
      sessionToken: answer.Credentials?.SessionToken ?? '',
    };
    expect((await started.sts(credentials).send(new GetCallerIdentityCommand({}))).Arn).toBe(
      answer.AssumedRoleUser?.Arn,
    );
    await started
      .client({ credentials })
      .send(new PutObjectCommand({ Bucket: 'photos', Key: 'web', Body: 'x' }));
  });

  test.each<[string, TokenParts, string]>([
    ['of another subject', { sub: 'connection:43' }, 'AccessDenied'],
    ['for another audience', { aud: 'somebody-else' }, 'InvalidIdentityTokenException'],
    ['that is over', { lifetimeSeconds: -120 }, 'ExpiredTokenException'],
    ['of an issuer that nobody registered', { iss: 'http://127.0.0.1:1' }, 'InvalidIdentityTokenException'],
  ])('%s is refused', async (_name, parts, code) => {
    expect(await codeOf(assume(await token(parts)))).toBe(code);
  });

  test('signed by anybody else is refused', async () => {
    expect(await codeOf(assume(await token({ key: await makeKey('one') })))).toBe(
      'InvalidIdentityTokenException',
    );
    const [head, body] = (await token()).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const forged of [
      `${none}.${body}.`,
      `${head}.${body}.`,
      `${head}.${body}.AAAA`,
      'a.b.c',
      '...',
      'x',
    ]) {
      expect(await codeOf(assume(forged))).toBe('InvalidIdentityTokenException');
    }
    const shared = await new SignJWT({ sub: subject, aud: audience })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .setIssuer(issuer.url)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(Buffer.from(JSON.stringify(issuer.keys[0]?.jwk)));
    expect(await codeOf(assume(shared))).toBe('InvalidIdentityTokenException');
  });

  test('opens no role that does not name its provider', async () => {
    const { iam } = started.server;
    await iam.createRole({
      name: 'users-only',
      trustPolicy: JSON.stringify({
        Statement: [
          { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRoleWithWebIdentity' },
        ],
      }),
    });
    for (const role of ['users-only', 'nowhere']) {
      expect(await codeOf(assume(await token(), role))).toBe('AccessDenied');
    }
    await iam.deleteRole('users-only');
  });

  test('makes an unregistered issuer never be asked, and a registered one seldom', async () => {
    await assume(await token());
    const before = issuer.asked.length;
    for (let count = 0; count < 5; count++) await assume(await token());
    for (let count = 0; count < 5; count++) await codeOf(assume(await token({ iss: `${issuer.url}/other` })));
    for (let count = 0; count < 5; count++) await codeOf(assume(await token({ kid: `unknown-${count}` })));
    expect(issuer.asked.slice(before).length).toBeLessThanOrEqual(2);
  });

  test('is known again after its issuer turned its keys', async () => {
    await assume(await token());
    issuer.keys = [await makeKey('two')];
    now = new Date(Date.now() + 60_000);
    expect(await codeOf(assume(await token()))).toBe('ok');
  });
});

/** The code that a caller is told when the provider publishes this, or fails with it. */
const codeWhenPublished = async (discovery: unknown): Promise<string> => {
  const asked: string[] = [];
  await using other = await startBucket({
    clock: { now: () => now },
    fetchDocument: async (url) => {
      asked.push(url);
      if (discovery instanceof Error) throw discovery;
      return discovery;
    },
  });
  const { iam } = other.server;
  await iam.createOidcProvider({ url: 'https://issuer.example', clientIds: [audience] });
  const sts = other.sts({ accessKeyId: 'none', secretAccessKey: 'none' });
  const call = new AssumeRoleWithWebIdentityCommand({
    RoleArn: 'arn:aws:iam::000000000000:role/web',
    RoleSessionName: 'connection-42',
    WebIdentityToken: await token({ iss: 'https://issuer.example' }),
  });
  const code = await codeOf(sts.send(call));
  expect(asked[0]).toBe('https://issuer.example/.well-known/openid-configuration');
  return code;
};

describe('an issuer', () => {
  test.each<[string, unknown]>([
    ['does not answer', new Error('unreachable')],
    ['answers for another', { issuer: 'https://other.example', jwks_uri: 'https://issuer.example/keys' }],
    ['names keys over plain HTTP', { issuer: 'https://issuer.example', jwks_uri: 'http://169.254.169.254/' }],
    ['names keys in a file', { issuer: 'https://issuer.example', jwks_uri: 'file:///etc/passwd' }],
    ['answers with rubbish', 'rubbish'],
    ['answers with null', null],
  ])('that %s is told as unreachable', async (_name, discovery) => {
    expect(await codeWhenPublished(discovery)).toBe('IDPCommunicationErrorException');
  });
});
