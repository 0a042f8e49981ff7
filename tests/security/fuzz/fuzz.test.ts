import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as contract from '@windlass/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedIn } from '../../support/api-client.ts';
import { bucketKeys, owner, ownerEnvironment } from '../../support/owner.ts';
import { startServer, type ServerProcess } from '../../support/server-process.ts';
import { apiRequests } from './api-requests.ts';
import { imageRequests } from './image-requests.ts';
import { createRawSender, type RawAnswer, type RawRequest } from '../../support/raw-request.ts';
import { createS3Signer, s3Requests } from './s3-requests.ts';

/** Together 10,000. Pictures cost a decode each, so they are the fewest. */
const requestsTo = { api: 4000, images: 2000, bucket: 4000 } as const;
const inFlight = 8;
const MiB = 1024 * 1024;

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer({ env: ownerEnvironment });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** Resident bytes of the server's own process, the least of a few looks so that garbage does not count. */
const residentBytes = async (): Promise<number> => {
  const looks: number[] = [];
  for (let look = 0; look < 5; look += 1) {
    const metrics = await (await fetch(new URL('/metrics', server.url))).text();
    looks.push(Number(/^process_resident_memory_bytes ([\d.e+]+)$/m.exec(metrics)?.[1]));
    await sleep(300);
  }
  return Math.min(...looks);
};

/** Sends a fixed sample of what the generator makes, several at a time; answers how often each status came. */
const storm = async (
  requests: fc.Arbitrary<RawRequest>,
  count: number,
  seed: number,
  send: (request: RawRequest) => Promise<RawAnswer>,
  tolerated: readonly number[] = [],
): Promise<Map<number, number>> => {
  const sample = fc.sample(requests, { numRuns: count, seed });
  const statuses = new Map<number, number>();
  const sendAll = async (iterator: Iterator<RawRequest>) => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) {
      const { status, bytes } = await send(next.value);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500 && !tolerated.includes(status)) {
        throw new Error(
          `${status} for ${JSON.stringify(next.value).slice(0, 1500)}: ${bytes.toString('utf8').slice(0, 500)}`,
        );
      }
    }
  };
  const iterator = sample.values();
  await Promise.all(Array.from({ length: inFlight }, () => sendAll(iterator)));
  return statuses;
};

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
  return storm(
    apiRequests(contract.operations, { authorization: `Bearer ${secret}` }, known, server.bucketUrl),
    count,
    seed,
    sender.send,
  );
};

/** Names of the demo's pictures as they stand in URLs. */
const demoPictures = async (): Promise<string[]> => {
  const client = await signedIn(server.url, owner.email, owner.password);
  const { memberships } = await client.call(contract.getMe, {});
  const teamId = memberships[0]?.teamId;
  if (teamId === undefined) throw new Error('the owner has no team');
  const { items: sources } = await client.call(contract.listSources, { params: { teamId }, query: {} });
  const sourceId = sources[0]?.id;
  if (sourceId === undefined) throw new Error('there is no demo source');
  const { items } = await client.call(contract.listSourceObjects, {
    params: { teamId, sourceId },
    query: {},
  });
  return items.filter(({ image }) => image).map(({ path }) => encodeURIComponent(path));
};

const stormImages = async (count: number, seed: number) => {
  using sender = createRawSender(server.imagesUrl);
  // 503 with Retry-After is what a full queue says; it is asked for.
  return storm(imageRequests(await demoPictures()), count, seed, sender.send, [503]);
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
  return storm(s3Requests(), count, seed, send, [501]);
};

/** A share of the requests to all three at once. */
const stormAll = (share: number, seed: number) =>
  Promise.all([
    stormApi(requestsTo.api * share, seed),
    stormImages(requestsTo.images * share, seed),
    stormBucket(requestsTo.bucket * share, seed),
  ]);

test('10,000 odd requests: no 5xx, no crash, no growth of memory', { timeout: 600_000 }, async () => {
  const first = await stormAll(0.5, 1);
  const before = await residentBytes();
  const second = await stormAll(0.5, 2);
  const after = await residentBytes();
  for (const statuses of [...first, ...second]) {
    // The generators reach the handlers, not only the door.
    expect([...statuses.keys()].some((status) => status >= 200 && status < 300)).toBe(true);
    expect(statuses.get(0) ?? 0).toBeLessThan(100);
  }
  expect(server.exited).toBe(false);
  expect(after - before).toBeLessThan(64 * MiB);
});
