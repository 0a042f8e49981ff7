import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import {
  createConnection,
  type CheckReport,
  type Connection,
  type finishBrowserProbe,
  type OperationInput,
} from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeamScene, type TeamScene } from '../../../../../tests/support/team-scene.ts';
import { systemClock } from '../../kernel/clock.ts';
import { silentLog } from '../../kernel/log.ts';
import { createJobs } from '../../platform/jobs/index.ts';
import { probeUploadQueue } from './browser-probe.ts';
import { dueChecksQueue, enqueueDueChecks, scheduledCheckQueue } from './schedule.ts';

type Results = OperationInput<typeof finishBrowserProbe>['body']['results'];

let scene: TeamScene;
let s3: S3Client;
beforeAll(async () => {
  scene = await createTeamScene();
  s3 = new S3Client({
    endpoint: scene.bucket.url,
    region: 'us-east-1',
    credentials: scene.credentials,
    forcePathStyle: true,
  });
});
afterAll(async () => {
  s3.destroy();
  await scene[Symbol.asyncDispose]();
});

const origin = 'http://localhost:7400';
let count = 0;
const create = (changes: Record<string, unknown> = {}): Promise<Connection> =>
  scene.connections.create(
    scene.actors.owner,
    scene.teamId,
    createConnection.body.parse({
      name: `checked-${(count += 1)}`,
      provider: 'other',
      bucket: 'photos',
      endpoint: scene.bucket.url,
      addressing: 'path',
      prefix: 'team/',
      jobs: ['gallery'],
      credentials: scene.credentials,
      ...changes,
    }),
  );
const at = ({ id }: Connection) => ({ teamId: scene.teamId, connectionId: id });
const check = (connection: Connection) => scene.connections.checks.check(scene.actors.owner, at(connection));
const start = (connection: Connection) =>
  scene.connections.checks.startBrowserProbe(scene.actors.owner, at(connection));
const finish = (connection: Connection, token: string, results: Results, actor = scene.actors.owner) =>
  scene.connections.checks.finishBrowserProbe(actor, at(connection), { token, results });
const events = async (connection: Connection, query: { limit: number; cursor?: string } = { limit: 10 }) =>
  scene.connections.checks.listEvents(scene.actors.member, at(connection), query);
const stateOf = (report: CheckReport, id: string) => report.rows.find((row) => row.id === id)?.state;
const uploads = async () =>
  ((await s3.send(new ListMultipartUploadsCommand({ Bucket: 'photos' }))).Uploads ?? []).map(
    ({ Key }) => Key,
  );
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );

/** What a page does with the requests, and what it may see. */
const send = (requests: Awaited<ReturnType<typeof start>>['requests']): Promise<Results> =>
  Promise.all(
    requests.map(async ({ step, method, url, headers, body }) => {
      const answer = await fetch(url, { method, headers: { ...headers, origin }, body });
      const exposed = answer.headers.get('access-control-expose-headers') ?? '';
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      return {
        step,
        status: answer.status,
        etag: exposed.includes('ETag') ? answer.headers.get('etag') : null,
        durationMilliseconds: 5,
      };
    }),
  );

describe('the probe from a browser', () => {
  it('uploads a part of an upload that is given up, and sees its ETag', async () => {
    const connection = await create();
    await check(connection);
    const started = await start(connection);
    expect(started.requests.map(({ step, expect: wanted }) => [step, wanted[0]])).toEqual([
      ['put', 200],
      ['get', 200],
    ]);
    expect(await uploads()).toEqual(['team/.windlass-probe']);
    const results = await send(started.requests);
    expect(results[0]).toMatchObject({
      status: 200,
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) as string,
    });

    const report = await finish(connection, started.token, results);
    expect(report).toMatchObject({ trigger: 'browser', state: 'active' });
    for (const id of ['browserPut', 'browserGet', 'browserEtag']) expect(stateOf(report, id)).toBe('ok');
    expect(await uploads()).toEqual([]);
    const shown = await scene.connections.show(scene.actors.member, scene.teamId, connection.id);
    expect(shown.lastCheck).toEqual(report);

    // A check on the server cannot see it, and lets it stand.
    expect(stateOf(await check(connection), 'browserEtag')).toBe('ok');
  });

  it('says what CORS keeps from a page, with the rule to add, and that the connection works in part', async () => {
    const connection = await create();
    await check(connection);
    const { token, requests } = await start(connection);
    const results = requests.map(({ step }) => ({ step, status: null, etag: null, durationMilliseconds: 5 }));
    const report = await finish(connection, token, results);
    expect(report.state).toBe('degraded');
    const row = report.rows.find(({ id }) => id === 'browserPut');
    expect(row).toMatchObject({ state: 'missing', can: 'no', needs: 'yes', statement: { change: 'add' } });
    expect(row?.statement?.json).toContain(origin);
    expect((await events(connection)).items[0]).toMatchObject({
      from: 'active',
      to: 'degraded',
      trigger: 'browser',
      cause: row?.cause,
    });
    // What went wrong is not held against the next check.
    expect(stateOf(await check(connection), 'browserPut')).toBe('unknown');
  });

  it('says that an ETag is hidden', async () => {
    const connection = await create();
    await check(connection);
    const { token } = await start(connection);
    const report = await finish(connection, token, [
      { step: 'put', status: 200, etag: null, durationMilliseconds: 5 },
    ]);
    expect(stateOf(report, 'browserPut')).toBe('ok');
    expect(stateOf(report, 'browserEtag')).toBe('missing');
  });

  it('leaves a job that gives the upload up when the page never comes back', async () => {
    const connection = await create();
    await check(connection);
    await start(connection);
    const job = probeUploadQueue.payload.parse(
      scene.enqueued.findLast(({ queue }) => queue === probeUploadQueue.name)?.payload,
    );
    expect(await uploads()).toContain('team/.windlass-probe');
    await using jobs = await createJobs({
      connection: scene.databaseConnection,
      worker: true,
      queues: [dueChecksQueue, scheduledCheckQueue, probeUploadQueue],
      log: silentLog,
    });
    await scene.connections.checks.startWork(jobs);
    await jobs.enqueue(scene.db, probeUploadQueue, job);
    await expect.poll(uploads, { timeout: 20_000 }).not.toContain('team/.windlass-probe');
  });

  it('has nothing to try where no page uploads or reads', async () => {
    const started = await start(await create({ jobs: ['deliver'] }));
    expect(started.requests).toEqual([]);
    expect(started.left.map(({ step }) => step)).toEqual(['put', 'get']);
  });

  it('takes results from nobody else, and for no other connection', async () => {
    const connection = await create();
    const other = await create();
    await Promise.all([check(connection), check(other)]);
    const { token } = await start(connection);
    expect(await codeOf(finish(other, token, []))).toBe('invalidRequest');
    expect(await codeOf(finish(connection, 'v1.k1.x.y', []))).toBe('invalidRequest');
    expect(await codeOf(finish(connection, token, [], scene.actors.member))).toBe('forbidden');
    expect(await codeOf(finish(connection, token, [], scene.actors.stranger))).toBe('notFound');
    expect(await codeOf(finish(connection, token, []))).toBe('ok');
  });
});

describe('changes of state', () => {
  it('are kept, listed newest first, and told in the transaction that makes them', async () => {
    const connection = await create();
    await check(connection);
    await check(connection);
    await scene.connections.edit(scene.actors.owner, at(connection), { bucket: 'nowhere' }, () => {});
    await check(connection);
    const { items } = await events(connection);
    expect(items.map(({ from, to, trigger }) => [from, to, trigger])).toEqual([
      ['unverified', 'inaccessible', 'person'],
      ['active', 'unverified', 'change'],
      ['unverified', 'active', 'person'],
    ]);
    expect(items[0]?.cause).toContain('no bucket of this name');
    expect(items[2]?.cause).toBe('');
    const told = scene.stateChanges.filter(({ connectionId }) => connectionId === connection.id);
    expect(told.map(({ id }) => id).toReversed()).toEqual(items.map(({ id }) => id));

    const first = await events(connection, { limit: 2 });
    const second = await events(connection, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items]).toEqual(items);
    const theirs = { teamId: scene.otherTeamId, connectionId: connection.id };
    const peek = scene.connections.checks.listEvents(scene.actors.stranger, theirs, { limit: 2 });
    expect(await codeOf(peek)).toBe('notFound');
  });
});

describe('the schedule', () => {
  it('claims what is due once, however many workers look', async () => {
    const due = await create();
    const never = await create({ checkEveryHours: 0 });
    const later = await create({ checkEveryHours: 1 });
    await check(later);
    const seen: string[] = [];
    const look = () =>
      enqueueDueChecks({
        db: scene.db,
        clock: systemClock,
        jobs: {
          enqueue: async (_trx, _queue, payload) => {
            seen.push((payload as { connectionId: string }).connectionId);
            return null;
          },
        },
      });
    await Promise.all([look(), look(), look()]);
    expect(seen.filter((id) => id === due.id)).toHaveLength(1);
    expect(seen).not.toContain(never.id);
    expect(seen).not.toContain(later.id);
    await look();
    expect(seen.filter((id) => id === due.id)).toHaveLength(1);
  });

  it('checks in a worker, and says that the clock asked for it', async () => {
    const connection = await create();
    await using jobs = await createJobs({
      connection: scene.databaseConnection,
      worker: true,
      queues: [dueChecksQueue, scheduledCheckQueue, probeUploadQueue],
      log: silentLog,
    });
    await scene.connections.checks.startWork(jobs);
    await jobs.enqueue(scene.db, dueChecksQueue, {});
    const lastTrigger = async () =>
      (await scene.connections.show(scene.actors.owner, scene.teamId, connection.id)).lastCheck?.trigger;
    await expect.poll(lastTrigger, { timeout: 30_000 }).toBe('schedule');
    expect((await events(connection)).items[0]).toMatchObject({ to: 'active', trigger: 'schedule' });
  });
});
