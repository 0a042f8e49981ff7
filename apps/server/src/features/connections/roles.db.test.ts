import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { createConnection, type Connection } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeamScene, type TeamScene } from '../../../../../tests/support/team-scene.ts';
import { systemClock } from '../../kernel/clock.ts';
import { Secret } from '../../kernel/secret.ts';
import {
  createS3Client,
  createStsClient,
  sessionSeconds,
  type S3Credentials,
} from '../../platform/s3/index.ts';
import { createCredentialResolver } from './credential-resolver.ts';
import { openCredentials } from './credentials.ts';
import { createPlatformIdentity, type PlatformKey } from './platform-identity.ts';
import { findConnection } from './store.ts';

const signal = AbortSignal.timeout(120_000);
const platformKeys: PlatformKey[] = [];
let scene: TeamScene;
/** The ARN of the user that the platform is at the embedded bucket. */
let platformArn = '';

/** Our own discovery and keys, where the bucket's STS fetches them. */
const wellKnown = createServer((request, response) => {
  const isKeySet = request.url === '/.well-known/jwks.json';
  Promise.resolve(isKeySet ? scene.issuer.keySet() : scene.issuer.discovery()).then(
    (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
    () => response.writeHead(500).end(),
  );
});

beforeAll(async () => {
  wellKnown.listen(0, '127.0.0.1');
  await once(wellKnown, 'listening');
  // A TCP server's address is an AddressInfo.
  const { port } = wellKnown.address() as AddressInfo;
  scene = await createTeamScene({ platformKeys, publicUrl: `http://127.0.0.1:${port}` });
  const { arn } = await scene.bucket.iam.createUser({ name: 'platform' });
  platformKeys.push({
    credentials: toKey(await scene.bucket.iam.createAccessKey('platform')),
    principal: null,
    stsEndpoint: scene.bucket.url,
  });
  platformArn = arn;
});
afterAll(async () => {
  wellKnown.close();
  wellKnown.closeAllConnections();
  await scene[Symbol.asyncDispose]();
});

const toKey = (given: { accessKeyId: string; secretAccessKey: string }): S3Credentials => ({
  accessKeyId: given.accessKeyId,
  secretAccessKey: new Secret(given.secretAccessKey),
  sessionToken: null,
});

let count = 0;
const create = (changes: object = {}): Promise<Connection> =>
  scene.connections.create(
    scene.actors.owner,
    scene.teamId,
    createConnection.body.parse({
      name: `role-${(count += 1)}`,
      provider: 'embedded',
      bucket: 'photos',
      endpoint: scene.bucket.url,
      addressing: 'path',
      prefix: 'team/',
      jobs: ['gallery'],
      ...changes,
    }),
  );
const at = ({ id }: Connection) => ({ teamId: scene.teamId, connectionId: id });
const replace = (connection: Connection, credentials: object, force = false): Promise<Connection> =>
  scene.connections.replaceCredentials(scene.actors.owner, at(connection), {
    ...createConnection.body.shape.credentials.unwrap().parse(credentials),
    force,
  });
const rowsOf = (connection: Connection) =>
  Object.fromEntries((connection.lastCheck?.rows ?? []).map(({ id, state }) => [id, state]));
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => Promise.reject(new Error('was expected to fail')),
    (error: { code: string; message: string; errors?: { path: string; message: string }[] }) => error,
  );

const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } };
const gallery = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        's3:GetObject',
        's3:PutObject',
        's3:DeleteObject',
        's3:AbortMultipartUpload',
        's3:ListMultipartUploadParts',
      ],
      Resource: 'arn:aws:s3:::photos/team/*',
    },
    {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::photos',
      Condition: { StringLike: { 's3:prefix': 'team/*' } },
    },
  ],
};
const trusting = (principal: string, condition?: object) => ({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: 'sts:AssumeRole',
    ...(condition === undefined ? {} : { Condition: condition }),
  },
});
const withId = (externalId: string) => ({ StringEquals: { 'sts:ExternalId': externalId } });
/** The customer's side. @returns the ARN */
const makeRole = async (trust: object, rights: object = gallery): Promise<string> => {
  const name = `customer-${(count += 1)}`;
  const { arn } = await scene.bucket.iam.createRole({ name, trustPolicy: JSON.stringify(trust) });
  await scene.bucket.iam.putPolicy({ role: name }, 'rights', JSON.stringify(rights));
  return arn;
};

const resolver = () =>
  createCredentialResolver({
    guard: scene.guard,
    clock: systemClock,
    platform: createPlatformIdentity({ guard: scene.guard, keys: platformKeys }),
    issuer: scene.issuer,
  });
const storedOf = async (connection: Connection) => {
  const row = await findConnection(scene.db, scene.teamId, connection.id);
  if (row === null || row.credentialsSealed === null) throw new Error('the connection has credentials');
  return { row, stored: openCredentials(scene.vault, row, row.credentialsSealed) };
};
/** Puts an object with bare credentials, past everything that keeps keys below the prefix. */
const putWith = async (credentials: S3Credentials, key: string): Promise<string> => {
  const address = {
    endpoint: scene.bucket.url,
    region: 'us-east-1',
    addressing: 'path',
    bucket: 'photos',
    prefix: '',
  } as const;
  const client = createS3Client({ guard: scene.guard, address, credentials, maxAttempts: 1 });
  try {
    await client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: 'x' }));
    return 'done';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  } finally {
    client.destroy();
  }
};

describe('a role with an external ID', () => {
  it('is set up from the facts that are shown, and works', async () => {
    const connection = await create();
    expect(connection.externalId).toMatch(/^windlass-[0-9a-f]{32}$/);
    const setup = await scene.connections.setup(scene.actors.member, scene.teamId, connection.id);
    expect(setup).toMatchObject({ externalId: connection.externalId, platformPrincipal: platformArn });

    const roleArn = await makeRole(trusting(platformArn, withId(setup.externalId)));
    const replaced = await replace(connection, { kind: 'role', roleArn });
    expect(replaced.state).toBe('active');
    expect(replaced.credentials).toMatchObject({
      kind: 'role',
      roleArn,
      accessKeyIdHint: null,
      rotation: null,
    });
    expect(rowsOf(replaced)).toMatchObject({
      trust: 'ok',
      wrongExternalId: 'ok',
      noExternalId: 'ok',
      put: 'ok',
      putOutside: 'ok',
      delete: 'ok',
    });

    const bucket = await scene.connections.openBucket(scene.teamId, connection.id);
    await bucket.putObject('a.txt', Buffer.from('hello'), { signal });
    const object = await bucket.getObject('a.txt', { signal, maxBytes: 10 });
    expect(Buffer.from(object?.bytes ?? []).toString()).toBe('hello');
    expect((await bucket.listObjects({ signal })).objects.map(({ key }) => key)).toEqual(['a.txt']);
    await bucket.deleteObject('a.txt', { signal });
    expect((await errorOf(bucket.headObject('a.txt', { signal }))).code).toBe('notFound');
  });

  it('is refused while anybody else could use it, and force changes nothing about that', async () => {
    const connection = await create();
    const roleArn = await makeRole(trusting(platformArn));
    for (const force of [false, true]) {
      const error = await errorOf(replace(connection, { kind: 'role', roleArn }, force));
      expect(error.code).toBe('checkFailed');
      expect(error.errors?.map(({ path }) => path)).toContain('noExternalId');
    }
  });

  it('is not used where it was stored without a check and lets others in', async () => {
    const roleArn = await makeRole(trusting(platformArn));
    const connection = await create({ credentials: { kind: 'role', roleArn } });
    const bucket = await scene.connections.openBucket(scene.teamId, connection.id);
    const error = await errorOf(bucket.listObjects({ signal }));
    expect(error).toMatchObject({ code: 'originFailed' });
    expect(error.message).toContain('without this connection’s external ID');
  });

  it('is refused with another connection’s external ID', async () => {
    const [connection, other] = await Promise.all([create(), create()]);
    const roleArn = await makeRole(trusting(platformArn, withId(other.externalId)));
    const error = await errorOf(replace(connection, { kind: 'role', roleArn }));
    expect(error.errors?.map(({ path }) => path)).toEqual(['trust']);
    expect(error.message).toContain('may not be assumed');
  });

  it('may do without one where the customer’s own key assumes it', async () => {
    const connection = await create();
    await scene.bucket.iam.createUser({ name: 'theirs' });
    const { accessKeyId, secretAccessKey } = await scene.bucket.iam.createAccessKey('theirs');
    const roleArn = await makeRole(trusting(scene.bucket.iam.getUser('theirs').arn));
    const replaced = await replace(connection, {
      kind: 'role',
      roleArn,
      base: { accessKeyId, secretAccessKey },
    });
    expect(replaced).toMatchObject({
      state: 'active',
      credentials: { kind: 'role', accessKeyIdHint: `…${accessKeyId.slice(-4)}` },
    });
    expect(rowsOf(replaced)['noExternalId']).toBe('ok');
  });

  it('shows the excess of a role that may do more than the connection needs', async () => {
    const connection = await create();
    const roleArn = await makeRole(trusting(platformArn, withId(connection.externalId)), everything);
    const replaced = await replace(connection, { kind: 'role', roleArn });
    expect(rowsOf(replaced)).toMatchObject({ putOutside: 'excess', readPolicy: 'excess', put: 'ok' });
  });
});

describe('a session', () => {
  it('is cut to its purpose and to the prefix, whatever the role may do', async () => {
    const connection = await create();
    const roleArn = await makeRole(trusting(platformArn, withId(connection.externalId)), everything);
    await replace(connection, { kind: 'role', roleArn });
    const { row, stored } = await storedOf(connection);
    const sessions = resolver();
    const writer = await sessions.resolve(row, stored, 'write', signal);
    expect(await putWith(writer, 'team/in.txt')).toBe('done');
    expect(await putWith(writer, 'elsewhere/out.txt')).toBe('AccessDenied');
    const reader = await sessions.resolve(row, stored, 'read', signal);
    expect(await putWith(reader, 'team/in.txt')).toBe('AccessDenied');
  });

  it('is shared by everybody who wants the same, and lasts 15 minutes at most', async () => {
    const connection = await create();
    const roleArn = await makeRole(trusting(platformArn, withId(connection.externalId)));
    await replace(connection, { kind: 'role', roleArn });
    const { row, stored } = await storedOf(connection);
    const sessions = resolver();
    const found = await Promise.all(
      Array.from({ length: 8 }, () => sessions.resolve(row, stored, 'read', signal)),
    );
    expect(new Set(found.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
    expect((await sessions.resolve(row, stored, 'write', signal)).accessKeyId).not.toBe(
      found[0]?.accessKeyId,
    );

    using client = createStsClient({
      guard: scene.guard,
      endpoint: scene.bucket.url,
      region: 'us-east-1',
      credentials: platformKeys[0]?.credentials ?? null,
    });
    const { expiresAt } = await client.assumeRole(
      {
        roleArn,
        sessionName: 'windlass-test',
        sessionPolicy: JSON.stringify(everything),
        externalId: connection.externalId,
      },
      signal,
    );
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(sessionSeconds * 1000);
    expect(sessionSeconds).toBeLessThanOrEqual(15 * 60);
  });

  it('says that a provider has no STS, without asking it', async () => {
    const connection = await create({ provider: 'r2' });
    const roleArn = await makeRole(trusting(platformArn, withId(connection.externalId)));
    const error = await errorOf(replace(connection, { kind: 'role', roleArn }));
    expect(error.message).toContain('no STS');
    const setup = await scene.connections.setup(scene.actors.owner, scene.teamId, connection.id);
    expect(setup).toMatchObject({ platformPrincipal: null, webIdentity: null });
  });
});

const trustingToken = (claims: { aud: string; sub?: string }) => {
  const issuer = scene.issuer.issuer().replace('http://', '');
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::000000000000:oidc-provider/${issuer}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${issuer}:aud`]: claims.aud,
          ...(claims.sub === undefined ? {} : { [`${issuer}:sub`]: claims.sub }),
        },
      },
    },
  };
};

describe('a web identity', () => {
  it('assumes the role with a token of ours, and no key at all', async () => {
    const connection = await create();
    const { webIdentity } = await scene.connections.setup(scene.actors.owner, scene.teamId, connection.id);
    if (webIdentity === null) throw new Error('a bucket on this machine can reach us');
    expect(webIdentity).toEqual({
      issuer: scene.issuer.issuer(),
      audience: scene.bucket.url,
      subject: `connection:${connection.id}`,
    });
    await scene.bucket.iam.createOidcProvider({ url: webIdentity.issuer, clientIds: [webIdentity.audience] });
    const roleArn = await makeRole(trustingToken({ aud: webIdentity.audience, sub: webIdentity.subject }));
    const replaced = await replace(connection, { kind: 'webIdentity', roleArn });
    expect(replaced).toMatchObject({
      state: 'active',
      credentials: { kind: 'webIdentity', roleArn, accessKeyIdHint: null, temporary: false },
    });
    expect(rowsOf(replaced)).toMatchObject({ trust: 'ok', wrongExternalId: 'ok', noExternalId: 'ok' });
    const bucket = await scene.connections.openBucket(scene.teamId, connection.id);
    await expect(bucket.listObjects({ signal })).resolves.toBeDefined();
  });

  it('is refused where the trust policy does not name the subject', async () => {
    const connection = await create();
    const roleArn = await makeRole(trustingToken({ aud: scene.bucket.url }));
    const error = await errorOf(replace(connection, { kind: 'webIdentity', roleArn }, true));
    expect(error.errors?.map(({ path }) => path)).toContain('wrongExternalId');
  });
});
