import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  createApiKey,
  createConnection,
  getConnection,
  getMe,
  type ConnectionId,
  type TeamId,
} from '@windlass/contract';
import { expect, test } from 'vitest';
import { createApiClient, signedIn } from '../support/api-client.ts';
import { bucketKeys, owner, ownerEnvironment } from '../support/owner.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { soakRounds } from '../support/soak-rounds.ts';

const rounds = soakRounds(3);
const readyWithinMilliseconds = 5000;
/** On a machine that is so busy that a start after a stop in order takes seconds, so many times as long. */
const timesOrdinaryStart = 3;
const Bucket = 'crash';

/** What the server said yes to: it must be there after every restart. */
interface Acknowledged {
  connections: Map<ConnectionId, string>;
  objects: Map<string, Buffer>;
}

/** An API key outlives every restart. */
interface Caller {
  teamId: TeamId;
  apiKey: string;
}

const s3For = (server: ServerProcess) =>
  new S3Client({
    endpoint: server.bucketUrl,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: bucketKeys,
    maxAttempts: 1,
  });

const writeConnections = async (
  server: ServerProcess,
  { teamId, apiKey }: Caller,
  acknowledged: Acknowledged,
): Promise<void> => {
  const client = createApiClient(server.url, apiKey);
  for (;;) {
    const name = `c-${randomUUID()}`;
    const made = await client.call(createConnection, {
      params: { teamId },
      body: {
        name,
        provider: 'other',
        bucket: 'crash',
        endpoint: server.bucketUrl,
        addressing: 'path',
        credentials: bucketKeys,
      },
    });
    acknowledged.connections.set(made.id, name);
  }
};

const writeObjects = async (server: ServerProcess, acknowledged: Acknowledged): Promise<void> => {
  const s3 = s3For(server);
  for (;;) {
    const Key = randomUUID();
    // Some inline in their record, some in files of their own.
    const Body = randomBytes(Key.startsWith('0') ? 3_000_000 : 2000);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    acknowledged.objects.set(Key, Body);
  }
};

const verify = async (
  server: ServerProcess,
  { teamId, apiKey }: Caller,
  { connections, objects }: Acknowledged,
): Promise<void> => {
  const client = createApiClient(server.url, apiKey);
  for (const [connectionId, name] of connections) {
    expect((await client.call(getConnection, { params: { teamId, connectionId } })).name).toBe(name);
  }
  const s3 = s3For(server);
  for (const [Key, body] of objects) {
    const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(body), `object ${Key}`).toBe(true);
  }
  s3.destroy();
};

test(
  `${rounds} SIGKILLs lose nothing that was acknowledged, and it is ready again within 5 s`,
  { timeout: 1_800_000 },
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'windlass-crash-'));
    const acknowledged: Acknowledged = { connections: new Map(), objects: new Map() };
    const start = () => startServer({ data, env: { ...ownerEnvironment, WINDLASS_LOG_LEVEL: 'error' } });
    let server = await start();
    try {
      const client = await signedIn(server.url, owner.email, owner.password);
      const teamId = (await client.call(getMe, {})).memberships[0]?.teamId;
      if (teamId === undefined) throw new Error('the owner has no team');
      const { secret: apiKey } = await client.call(createApiKey, {
        params: { teamId },
        body: { name: 'crash', scopes: ['connections:write'] },
      });
      const caller = { teamId, apiKey };
      await s3For(server).send(new CreateBucketCommand({ Bucket }));
      await server[Symbol.asyncDispose]();
      const stoppedAt = Date.now();
      server = await start();
      const most = Math.max(readyWithinMilliseconds, timesOrdinaryStart * (Date.now() - stoppedAt));
      for (let round = 0; round < rounds; round += 1) {
        const recent: Acknowledged = { connections: new Map(), objects: new Map() };
        const writers = [
          writeConnections(server, caller, recent),
          ...Array.from({ length: 3 }, () => writeObjects(server, recent)),
        ].map((writer) => writer.catch(() => undefined));
        await sleep(200 + Math.random() * 800);
        await server.kill();
        await Promise.all(writers);
        const killedAt = Date.now();
        server = await start();
        expect(Date.now() - killedAt).toBeLessThan(most);
        await verify(server, caller, recent);
        for (const [id, name] of recent.connections) acknowledged.connections.set(id, name);
        for (const [key, body] of recent.objects) acknowledged.objects.set(key, body);
      }
      expect(acknowledged.connections.size).toBeGreaterThan(rounds);
      expect(acknowledged.objects.size).toBeGreaterThan(rounds);
      await verify(server, caller, acknowledged);
    } finally {
      await server[Symbol.asyncDispose]();
      await rm(data, { recursive: true, force: true });
    }
  },
);
