import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import type { Job } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCheck } from '../../apps/server/src/features/connections/check.ts';
import { Secret } from '../../apps/server/src/kernel/secret.ts';
import { createEndpointGuard } from '../../apps/server/src/platform/net/index.ts';
import { startCeph, type Ceph, type CephUser } from '../support/ceph/start-ceph.ts';
import { lacks } from '../support/test-skip.ts';

// What the first check makes of a server that words its refusals unlike AWS, and enforces real policies.
describe.skipIf(lacks('ceph'))('the connection check on Ceph', () => {
  let ceph: Ceph;
  let other: CephUser;
  const guard = createEndpointGuard({ allow: ['127.0.0.0/8', 'localhost'] });

  beforeAll(async () => {
    ceph = await startCeph();
    other = await ceph.createUser('other');
    const client = new S3Client({
      endpoint: ceph.endpoint,
      region: ceph.region,
      forcePathStyle: true,
      credentials: ceph.root,
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
    const allow = (bucket: string, actions: string[], resources: string[]) =>
      client.send(
        new PutBucketPolicyCommand({
          Bucket: bucket,
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: [`arn:aws:iam:::user/${other.userId}`] },
                Action: actions,
                Resource: resources.map((resource) => `arn:aws:s3:::${resource}`),
              },
            ],
          }),
        }),
      );
    for (const bucket of ['photos', 'readable', 'inbox']) {
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
    }
    await allow('readable', ['s3:GetObject', 's3:ListBucket'], ['readable', 'readable/*']);
    await allow('inbox', ['s3:PutObject'], ['inbox/*']);
    client.destroy();
  });
  afterAll(() => ceph?.[Symbol.asyncDispose]());

  const check = async (
    user: { accessKeyId: string; secretAccessKey: string },
    bucket: string,
    jobs: Job[],
  ) => {
    const { rows, event } = await runCheck(guard, {
      provider: 'ceph',
      jobs,
      address: { endpoint: ceph.endpoint, region: ceph.region, addressing: 'path', bucket, prefix: '' },
      credentials: {
        accessKeyId: user.accessKeyId,
        secretAccessKey: new Secret(user.secretAccessKey),
        sessionToken: null,
      },
    });
    const states = Object.fromEntries(rows.map(({ id, state }) => [id, state]));
    return { event, states, rows };
  };

  it('is green for the owner', async () => {
    const { event, states } = await check(ceph.root, 'photos', ['gallery']);
    expect(event).toBe('checkPassed');
    expect(new Set(Object.values(states))).toEqual(new Set(['ok']));
  });

  it.each([
    ['a wrong secret', { secretAccessKey: 'x'.repeat(40) }],
    ['an unknown key', { accessKeyId: 'NOBODYKNOWSTHISKEY00' }],
  ])('blames the credentials for %s, whichever way it is refused', async (_, wrong) => {
    const { event, states } = await check({ ...ceph.root, ...wrong }, 'photos', ['deliver']);
    expect(event).toBe('checkFailed');
    expect(states).toMatchObject({ reach: 'ok', credentials: 'failed', put: 'skipped' });
  });

  it('blames missing rights, not the credentials, where the key is right', async () => {
    const { event, states } = await check(other, 'photos', ['gallery']);
    expect(event).toBe('checkFailed');
    expect(states).toMatchObject({ credentials: 'ok', list: 'failed', put: 'failed', get: 'failed' });
  });

  it('finds a missing bucket', async () => {
    const { states } = await check(ceph.root, 'nowhere', ['deliver']);
    expect(states).toMatchObject({ credentials: 'ok', list: 'failed' });
  });

  it('passes a key that may only read for delivery, and not for a gallery', async () => {
    const deliver = await check(other, 'readable', ['deliver']);
    expect(deliver.event).toBe('checkPassed');
    expect(deliver.states).toMatchObject({ list: 'ok', get: 'ok', put: 'skipped', delete: 'skipped' });
    expect((await check(other, 'readable', ['gallery'])).event).toBe('checkPartly');
  });

  it('passes a key that may only write for taking in, and not for delivery', async () => {
    const ingest = await check(other, 'inbox', ['ingest']);
    expect(ingest.event).toBe('checkPassed');
    expect(ingest.states).toMatchObject({ list: 'skipped', put: 'ok', delete: 'skipped' });
    expect((await check(other, 'inbox', ['deliver', 'ingest'])).event).toBe('checkPartly');
  });
});
