import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createCredentialResolver,
  type AccessSubject,
  type CredentialResolver,
} from '../../apps/server/src/features/connections/credential-resolver.ts';
import { newExternalId } from '../../apps/server/src/features/connections/external-id.ts';
import { createPlatformIdentity } from '../../apps/server/src/features/connections/platform-identity.ts';
import type { IdentityIssuer } from '../../apps/server/src/features/identity/index.ts';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { newId } from '../../apps/server/src/kernel/new-id.ts';
import { Secret } from '../../apps/server/src/kernel/secret.ts';
import { createEndpointGuard } from '../../apps/server/src/platform/net/index.ts';
import type { S3Credentials } from '../../apps/server/src/platform/s3/index.ts';
import { createCephIdentities } from '../support/ceph/ceph-identities.ts';
import { startCeph, type Ceph, type CephUser } from '../support/ceph/start-ceph.ts';
import { lacks } from '../support/test-skip.ts';

const bucket = 'photos';
const everything = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow' as const, Action: ['s3:*'], Resource: ['arn:aws:s3:::*'] }],
};
const { signal } = new AbortController();

/** Nothing here asks for a token. */
const noIssuer: IdentityIssuer = {
  issuer: () => 'https://windlass.example.com',
  subjectOf: (id) => id,
  isKnownTo: () => false,
  issue: () => Promise.reject(new Error('no token is needed')),
  keySet: async () => ({ keys: [] }),
  discovery: () => ({}),
  rewrapKeys: async () => 0,
};

const toKey = (user: CephUser): S3Credentials => ({
  accessKeyId: user.accessKeyId,
  secretAccessKey: new Secret(user.secretAccessKey),
  sessionToken: null,
});

// An STS of another maker. It knows no external ID, so the customer's own key assumes the role.
describe.skipIf(lacks('ceph'))('sessions of a role on Ceph', () => {
  let ceph: Ceph;
  let base: CephUser;
  let roleArn = '';
  let resolver: CredentialResolver;
  let subject: AccessSubject;

  beforeAll(async () => {
    ceph = await startCeph();
    using identities = createCephIdentities(ceph);
    base = await ceph.createUser('theirs');
    roleArn = await identities.role('windlass', base, everything);
    await withClient(ceph.root, (client) => client.send(new CreateBucketCommand({ Bucket: bucket })));
    const guard = createEndpointGuard({ allow: ['127.0.0.0/8'] });
    resolver = createCredentialResolver({
      guard,
      clock: systemClock,
      platform: createPlatformIdentity({
        guard,
        keys: [
          { credentials: toKey(base), principal: 'arn:aws:iam:::user/theirs', stsEndpoint: ceph.endpoint },
        ],
      }),
      issuer: noIssuer,
    });
    subject = {
      id: newId('con'),
      revision: 1,
      provider: 'ceph',
      endpoint: ceph.endpoint,
      region: ceph.region,
      bucket,
      prefix: 'team/',
      externalId: newExternalId(),
    };
  });
  afterAll(() => ceph?.[Symbol.asyncDispose]());

  const withClient = async <T>(
    keys: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
    run: (client: S3Client) => Promise<T>,
  ): Promise<T> => {
    const client = new S3Client({
      endpoint: ceph.endpoint,
      region: ceph.region,
      forcePathStyle: true,
      credentials: keys,
      maxAttempts: 1,
    });
    try {
      return await run(client);
    } finally {
      client.destroy();
    }
  };
  const put = (session: S3Credentials, key: string): Promise<string> =>
    withClient(
      {
        accessKeyId: session.accessKeyId,
        secretAccessKey: session.secretAccessKey.reveal(),
        sessionToken: session.sessionToken?.reveal() ?? '',
      },
      (client) =>
        client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'x' })).then(
          () => 'done',
          (error: Error) => error.name,
        ),
    );
  const byTheirKey = () => ({ kind: 'role', roleArn, base: toKey(base) }) as const;

  it('are cut to the purpose and the prefix, though the role may do everything', async () => {
    const writer = await resolver.resolve(subject, byTheirKey(), 'write', signal);
    expect(await put(writer, 'team/in.txt')).toBe('done');
    expect(await put(writer, 'out.txt')).toBe('AccessDenied');
    const reader = await resolver.resolve(subject, byTheirKey(), 'read', signal);
    expect(await put(reader, 'team/in.txt')).toBe('AccessDenied');
  });

  it('are cut for prefixes whose letters mean something in policies', async () => {
    for (const prefix of ['Fotos größer 10 €/', 'a+b & "c"/']) {
      const writer = await resolver.resolve(
        { ...subject, id: newId('con'), prefix },
        byTheirKey(),
        'write',
        signal,
      );
      expect(await put(writer, `${prefix}in.txt`)).toBe('done');
      expect(await put(writer, 'out.txt')).toBe('AccessDenied');
    }
  });

  it('are not made by a key of ours where the role cannot tell our customers apart', async () => {
    const byUs = { kind: 'role', roleArn, base: null } as const;
    const outcome = await resolver.tryResolve({ ...subject, id: newId('con') }, byUs, { signal });
    // Its trust policy asks for no external ID, and Ceph 16 knows none that it could ask for.
    expect(outcome.failure?.cause).toContain('without this connection’s external ID');
  });

  it('are refused to a key that the role does not trust', async () => {
    const stranger = { ...byTheirKey(), base: toKey(await ceph.createUser('stranger')) };
    const outcome = await resolver.tryTrust({ ...subject, id: newId('con') }, stranger, 'none', { signal });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'denied', httpStatus: 403 } });
  });
});
