import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  acceptInvitation,
  createConnection,
  createInvitation,
  createSource,
  getMe,
  listSessions,
  revokeSession,
  signIn,
  updateSource,
  getSource,
  type TeamId,
} from '@windlass/contract';
import { createBucketServer, type BucketServer } from '@windlass/bucket';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDatabase,
  migrateToLatest,
  type DatabaseConnection,
} from '../../apps/server/src/platform/db/index.ts';
import { startEmbeddedPostgres } from '../../apps/server/src/platform/postgres/index.ts';
import { silentLog } from '../../apps/server/src/kernel/log.ts';
import { createApiClient, RefusedCall, signedIn, type ApiClient } from '../support/api-client.ts';
import { owner, ownerEnvironment } from '../support/owner.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';

/** Four processes, one database: two that answer, two that work. Nothing but DATABASE_URL and the keyring joins them. */
const stack = new AsyncDisposableStack();
let webs: [ServerProcess, ServerProcess];
let connection: Exclude<DatabaseConnection, string>;
let bucket: BucketServer;
let ann: ApiClient;
let teamId: TeamId;

/** The smallest picture that is worth a resize: a BMP would be shorter, but no server takes one. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8Dwn4GBgYGJAQoAHxcCAk+Uzr4AAAAASUVORK5CYII=',
  'base64',
);

beforeAll(async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'windlass-many-'));
  stack.defer(() => rm(scratch, { recursive: true, force: true }));
  const postgres = stack.use(await startEmbeddedPostgres({ dataDirectory: scratch, log: silentLog }));
  if (typeof postgres.connection === 'string') throw new Error('the embedded server has no URL');
  connection = postgres.connection;
  const url = `postgres://${connection.user}@${encodeURIComponent(connection.host)}:${connection.port}/${connection.database}`;

  bucket = stack.use(
    await createBucketServer({
      dataDirectory: join(scratch, 'bucket'),
      host: '127.0.0.1',
      port: 0,
      region: 'us-east-1',
    }),
  );
  const env = {
    ...ownerEnvironment,
    DATABASE_URL: url,
    WINDLASS_KEYRING: `k1:${randomBytes(32).toString('base64')}`,
    WINDLASS_ALLOW_ENDPOINTS: new URL(bucket.url).host,
  };
  // All at once, on an empty database: the migrations and the first owner are made once.
  const [first, second, ...workers] = await Promise.all([
    startServer({ env, args: ['--role', 'web'] }),
    startServer({ env, args: ['--role', 'web'] }),
    startServer({ env, args: ['--role', 'worker'] }),
    startServer({ env, args: ['--role', 'worker'] }),
  ]);
  for (const server of [first, second, ...workers]) stack.use(server);
  webs = [first, second];
  ann = await signedIn(first.url, owner.email, owner.password);
  const { memberships } = await ann.call(getMe, {});
  const [membership] = memberships;
  if (membership === undefined) throw new Error('the owner has no team');
  teamId = membership.teamId;
}, 180_000);
afterAll(() => stack.disposeAsync());

/** The same browser, talking to the other process. */
const sessionOn = async (server: ServerProcess, cookie: string) =>
  fetch(`${server.url}${getMe.path}`, { headers: { cookie } });

const newSession = async (server: ServerProcess): Promise<string> => {
  const answer = await fetch(`${server.url}${signIn.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: owner.email, password: owner.password }),
  });
  expect(answer.status).toBe(201);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
};

const askForPicture = async (server: ServerProcess): Promise<number> => {
  const answer = await fetch(`${server.imagesUrl}/many/dot.png?width=1&format=png`);
  await answer.arrayBuffer();
  return answer.status;
};

const signInWrongly = async (server: ServerProcess): Promise<number> => {
  const answer = await fetch(`${server.url}${signIn.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: 'nobody@example.com', password: 'wrong-password' }),
  });
  await answer.arrayBuffer();
  return answer.status;
};

describe('two web processes', () => {
  test('a session made on one works on the other, and revoked on one is gone on the other', async () => {
    const [first, second] = webs;
    const cookie = await newSession(first);
    expect((await sessionOn(second, cookie)).status).toBe(200);

    const listed = await fetch(`${second.url}${listSessions.path}`, { headers: { cookie } });
    const { items } = listSessions.response?.parse(await listed.json()) ?? { items: [] };
    const current = items.find((session) => session.current);
    const revoked = await fetch(
      `${second.url}${revokeSession.path.replace(':sessionId', current?.id ?? '')}`,
      {
        method: 'DELETE',
        headers: { cookie, origin: second.url },
      },
    );
    expect(revoked.status).toBe(204);
    expect((await sessionOn(first, cookie)).status).toBe(401);
  });

  test('an invitation made on one is accepted on the other, once', async () => {
    const [, second] = webs;
    const { url } = await ann.call(createInvitation, { params: { teamId }, body: { role: 'member' } });
    const token = new URL(url).hash.replace('#token=', '');
    const account = { email: 'bob@example.com', name: 'Bob', password: 'bob lifts the bucket too' };
    const bob = createApiClient(second.url);
    const { memberships } = await bob.call(acceptInvitation, { body: { token, account } });
    expect(memberships.map((membership) => membership.teamId)).toContain(teamId);
    const again = createApiClient(webs[0].url).call(acceptInvitation, {
      body: { token, account: { ...account, email: 'eve@example.com' } },
    });
    await expect(again).rejects.toBeInstanceOf(RefusedCall);
  });

  test('a source that one changes is served changed by the other within seconds', async () => {
    const user = await bucket.ensureUser({ name: 'many' });
    await bucket.ensureBucket('many', user.userId);
    const credentials = { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey };
    const s3 = new S3Client({ region: 'us-east-1', endpoint: bucket.url, forcePathStyle: true, credentials });
    await s3.send(new PutObjectCommand({ Bucket: 'many', Key: 'a/dot.png', Body: picture }));
    s3.destroy();

    const made = await ann.call(createConnection, {
      params: { teamId },
      body: {
        name: 'many',
        provider: 'other',
        bucket: 'many',
        endpoint: bucket.url,
        addressing: 'path',
        credentials,
      },
    });
    const { source } = await ann.call(createSource, {
      params: { teamId },
      body: { name: 'many', connectionId: made.id },
    });
    expect(await askForPicture(webs[1])).toBe(404);

    const params = { teamId, sourceId: source.id };
    await ann.call(getSource, { params });
    await ann.call(updateSource, { params, body: { prefix: 'a/' } }, { 'if-match': ann.lastEtag() });
    const began = Date.now();
    let status = await askForPicture(webs[1]);
    while (status !== 200 && Date.now() - began < 10_000) {
      await delay(200);
      status = await askForPicture(webs[1]);
    }
    expect(status).toBe(200);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  test('of one request sent to both with one Idempotency-Key, one is carried out', async () => {
    const headers = {
      cookie: await newSession(webs[0]),
      'idempotency-key': 'k-1',
      'content-type': 'application/json',
    };
    const post = (server: ServerProcess) =>
      fetch(`${server.url}/api/v1/teams`, {
        method: 'POST',
        headers: { ...headers, origin: server.url },
        body: JSON.stringify({ name: 'Made once' }),
      }).then(async (answer) => ({ status: answer.status, text: await answer.text() }));
    const answers = await Promise.all(webs.map(post));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.text).toBe(answers[1]?.text);
  });

  test('wrong passwords on one count on the other', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 60 && !statuses.includes(429); count += 1)
      statuses.push(await signInWrongly(webs[0]));
    expect(statuses).toContain(429);
    expect(await signInWrongly(webs[1])).toBe(429);
  }, 60_000);
});

test('two workers carry a job out once', async () => {
  await using client = Object.assign(new Client(connection), {
    [Symbol.asyncDispose]: () => client.end(),
  });
  await client.connect();
  const before = await doneJobs(client);
  await client.query(
    `insert into jobs.job (name, data) select 'housekeeping', '{}'::jsonb from generate_series(1, 8)`,
  );
  for (const end = Date.now() + 40_000; Date.now() < end && (await doneJobs(client)) < before + 8;)
    await delay(250);
  expect(await doneJobs(client)).toBe(before + 8);
  const { rows } = await client.query(
    `select max(retry_count)::int as retries from jobs.job where name = 'housekeeping'`,
  );
  expect(rows).toEqual([{ retries: 0 }]);
}, 60_000);

const doneJobs = async (client: Client): Promise<number> => {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from jobs.job where name = 'housekeeping' and state = 'completed'`,
  );
  return rows[0]?.count ?? 0;
};

test('starting again on a database that is up to date changes nothing', async () => {
  await using database = createDatabase({ connection, maxConnections: 1 });
  expect(await migrateToLatest(database.db)).toEqual([]);
});
