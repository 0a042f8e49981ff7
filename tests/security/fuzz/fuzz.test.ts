import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as contract from '@windlass/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedIn } from '../../support/api-client.ts';
import { bucketKeys, owner, ownerEnvironment } from '../../support/owner.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { startSharedPostgresServer } from '../../support/shared-postgres-server.ts';
import { apiRequests } from './api-requests.ts';
import { createRawSender, type RawRequest } from '../../support/raw-request.ts';
import { createS3Signer, s3Requests } from './s3-requests.ts';
import { residentBytes, storm } from './storm.ts';

/**
 * To the API, and as many to the bucket; image URLs have a test of their own, beside this one. A soak is the same with
 * more of them: `WINDLASS_FUZZ_REQUESTS=50000`.
 */
const requestsToEach = Number(process.env['WINDLASS_FUZZ_REQUESTS'] ?? 2000);
const MiB = 1024 * 1024;

let server: ServerProcess;

beforeAll(async () => {
  server = await startSharedPostgresServer({ env: ownerEnvironment });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** A team of its own for the API's storm, so that what it breaks is not what the others read. */
const playground = async (seed: number) => {
  const client = await signedIn(server.url, owner.email, owner.password);
  const { user } = await client.call(contract.getMe, {});
  const { id: teamId } = await client.call(contract.createTeam, { body: { name: `Fuzz ${seed}` } });
  const { id: connectionId } = await client.call(contract.createConnection, {
    params: { teamId },
    body: {
      name: 'fuzz',
      provider: 'other',
      bucket: 'fuzz',
      endpoint: server.bucketUrl,
      addressing: 'path',
      credentials: bucketKeys,
    },
  });
  const { source } = await client.call(contract.createSource, {
    params: { teamId },
    body: { name: `fuzz-${seed}`, connectionId, secured: true },
  });
  const { secret } = await client.call(contract.createApiKey, {
    params: { teamId },
    body: { name: 'fuzz', scopes: [...contract.scopes] },
  });
  return { secret, known: { teamId, userId: user.id, connectionId, sourceId: source.id } };
};

const stormApi = async (count: number, seed: number) => {
  const { secret, known } = await playground(seed);
  using sender = createRawSender(server.url);
  const headers = { authorization: `Bearer ${secret}` };
  return storm({
    requests: apiRequests(contract.operations, headers, known, server.bucketUrl),
    count,
    seed,
    send: sender.send,
  });
};

const stormBucket = async (count: number, seed: number) => {
  const s3 = new S3Client({
    endpoint: server.bucketUrl,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: bucketKeys,
  });
  await s3.send(new CreateBucketCommand({ Bucket: 'fuzz' })).catch(() => undefined);
  await s3.send(new PutObjectCommand({ Bucket: 'fuzz', Key: 'a', Body: 'hello' }));
  s3.destroy();
  using sender = createRawSender(server.bucketUrl);
  const sign = createS3Signer(server.bucketUrl, 'us-east-1', bucketKeys);
  let turn = 0;
  const send = async (request: RawRequest) => {
    turn += 1;
    return sender.send(turn % 4 === 0 ? request : await sign(request));
  };
  // 501 NotImplemented is S3's own answer to the documented calls that this server leaves out.
  return storm({ requests: s3Requests(), count, seed, send, tolerated: [501] });
};

/** Of one storm: the memory is looked at between two. */
const half = Math.ceil(requestsToEach / 2);
const stormBoth = (seed: number) => Promise.all([stormApi(half, seed), stormBucket(half, seed)]);

test(
  `${2 * requestsToEach} odd requests: no 5xx, no crash, no growth of memory`,
  { timeout: 3_600_000 },
  async () => {
    const first = await stormBoth(1);
    const before = await residentBytes(server.url);
    const second = await stormBoth(2);
    const after = await residentBytes(server.url);
    for (const statuses of [...first, ...second]) {
      // The generators reach the handlers, not only the door.
      expect([...statuses.keys()].some((status) => status >= 200 && status < 300)).toBe(true);
      expect(statuses.get(0) ?? 0).toBeLessThan(0.05 * half);
    }
    expect(server.exited).toBe(false);
    expect(after - before).toBeLessThan(64 * MiB);
  },
);
