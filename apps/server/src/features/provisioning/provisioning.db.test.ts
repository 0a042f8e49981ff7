import {
  DeleteObjectCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  createConnection,
  planProvisioning,
  undoProvisioning,
  type Connection,
  type Job,
  type ProvisioningKind,
} from '@windlass/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRecordingLog } from '../../../../../tests/support/recording-log.ts';
import { createTeamScene, type TeamScene } from '../../../../../tests/support/team-scene.ts';
import { systemClock } from '../../kernel/clock.ts';
import { Secret } from '../../kernel/secret.ts';
import type { PlatformKey } from '../connections/index.ts';
import { createTeamAccess } from '../teams/index.ts';
import { createProvisioningService, type ProvisioningService } from './service.ts';

const log = createRecordingLog();
const platformKeys: PlatformKey[] = [];
let scene: TeamScene;
let provisioning: ProvisioningService;
let admin: { accessKeyId: string; secretAccessKey: string };
let s3: S3Client;

beforeAll(async () => {
  scene = await createTeamScene({ log, platformKeys });
  const root = await scene.bucket.ensureUser({ name: 'root', administrator: true });
  admin = { accessKeyId: root.accessKeyId, secretAccessKey: root.secretAccessKey };
  s3 = new S3Client({
    endpoint: scene.bucket.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: admin,
  });
  await scene.bucket.iam.createUser({ name: 'platform' });
  const key = await scene.bucket.iam.createAccessKey('platform');
  await scene.bucket.iam.putPolicy(
    { user: 'platform' },
    'assume',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }],
    }),
  );
  platformKeys.push({
    credentials: {
      accessKeyId: key.accessKeyId,
      secretAccessKey: new Secret(key.secretAccessKey),
      sessionToken: null,
    },
    principal: scene.bucket.iam.getUser('platform').arn,
    stsEndpoint: null,
  });
  provisioning = createProvisioningService({
    db: scene.db,
    access: createTeamAccess({ db: scene.db }),
    guard: scene.guard,
    connections: scene.connections,
    clock: systemClock,
    log,
  });
});
afterAll(async () => {
  s3?.destroy();
  provisioning?.[Symbol.dispose]();
  await scene?.[Symbol.asyncDispose]();
});

let count = 0;
let connection: Connection;
const connect = (given: object = {}): Promise<Connection> => {
  count += 1;
  return scene.connections.create(
    scene.actors.owner,
    scene.teamId,
    createConnection.body.parse({
      name: `media-${count}`,
      provider: 'other',
      bucket: `media-${count}`,
      endpoint: scene.bucket.url,
      addressing: 'path',
      prefix: 'in/',
      jobs: ['ingest'] satisfies Job[],
      ...given,
    }),
  );
};
beforeEach(async () => {
  connection = await connect();
});

const at = (of = connection) => ({ teamId: scene.teamId, connectionId: of.id });
const plan = (choices: object = {}, of = connection) =>
  provisioning.plan(scene.actors.owner, at(of), planProvisioning.body.parse({ admin, ...choices }));
const apply = (provisioningId: Awaited<ReturnType<typeof plan>>['id'], of = connection) =>
  provisioning.apply(scene.actors.owner, { ...at(of), provisioningId });
const planAndApply = async (choices: object = {}, of = connection) => apply((await plan(choices, of)).id, of);
const undo = (given: object = {}, of = connection) =>
  provisioning.undo(scene.actors.owner, at(of), undoProvisioning.body.parse({ admin, ...given }));

const actions = ({ steps }: { steps: { kind: ProvisioningKind; action: string }[] }) =>
  Object.fromEntries(steps.map(({ kind, action }) => [kind, action]));
const outcomes = ({ steps }: { steps: { kind: ProvisioningKind; result: { outcome: string } | null }[] }) =>
  Object.fromEntries(steps.map(({ kind, result }) => [kind, result?.outcome]));
const userName = (of = connection) => `windlass-${of.name}`;
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );

describe('with a user', () => {
  it('shows everything first and makes nothing', async () => {
    const shown = await plan();
    expect(actions(shown)).toEqual({
      bucket: 'create',
      publicAccess: 'cannot',
      cors: 'create',
      lifecycle: 'create',
      user: 'create',
      policy: 'create',
      accessKey: 'create',
      credentials: 'create',
    });
    const policy = shown.steps.find(({ kind }) => kind === 'policy');
    expect(policy?.document).toContain(`arn:aws:s3:::${connection.bucket}/in/*`);
    expect(scene.bucket.iam.listBuckets().map(({ name }) => name)).not.toContain(connection.bucket);
    expect(scene.bucket.iam.listUsers().map(({ name }) => name)).not.toContain(userName());
  });

  it('makes a connection that is proven, and nothing more the second time', async () => {
    const made = await planAndApply();
    expect(made.done).toBe(true);
    expect(made.connection).toMatchObject({ state: 'active', credentials: { kind: 'accessKey' } });
    expect(made.connection.lastCheck?.fullAccess).toBe(false);
    expect(made.connection.lastCheck?.rows.filter(({ state }) => state === 'excess')).toEqual([]);
    expect(outcomes(made)).toMatchObject({ bucket: 'done', publicAccess: 'skipped', credentials: 'done' });

    const again = await plan();
    expect(actions(again)).toEqual({
      bucket: 'keep',
      publicAccess: 'cannot',
      cors: 'keep',
      lifecycle: 'keep',
      user: 'keep',
      policy: 'keep',
      accessKey: 'keep',
      credentials: 'keep',
    });
    const second = await apply(again.id);
    expect(second.done).toBe(true);
    expect(new Set(Object.values(outcomes(second)))).toEqual(new Set(['kept', 'skipped']));
    expect(second.connection.state).toBe('active');
    expect(scene.bucket.iam.getUser(userName()).accessKeys).toHaveLength(1);
  });

  it('writes only what differs when a job is added', async () => {
    await planAndApply();
    const { id } = connection;
    connection = await scene.connections.edit(
      scene.actors.owner,
      at(),
      { jobs: ['ingest', 'deliver'] },
      () => {},
    );
    expect(connection.id).toBe(id);
    const shown = await plan();
    expect(actions(shown)).toMatchObject({
      bucket: 'keep',
      user: 'keep',
      policy: 'update',
      accessKey: 'keep',
      credentials: 'keep',
    });
    const made = await apply(shown.id);
    expect(outcomes(made)).toMatchObject({ policy: 'done', accessKey: 'kept', credentials: 'kept' });
    expect(made.connection.state).toBe('active');
    expect(scene.bucket.iam.getUser(userName()).accessKeys).toHaveLength(1);
  });

  it('shows a user that it did not make as one to be changed, and leaves it there when undone', async () => {
    await scene.bucket.iam.createUser({ name: userName() });
    const shown = await plan();
    const user = shown.steps.find(({ kind }) => kind === 'user');
    expect(user).toMatchObject({ action: 'update' });
    expect(user?.detail).toContain('was not made for this connection');
    expect((await apply(shown.id)).done).toBe(true);
    expect(actions(await plan())).toMatchObject({ user: 'keep' });

    const undone = await undo({ dryRun: false });
    expect(actions(undone)).toMatchObject({ user: 'keep', policy: 'delete', accessKey: 'delete' });
    expect(scene.bucket.iam.getUser(userName())).toMatchObject({ accessKeys: [], policies: [] });
  });

  it('makes no third key, and says so', async () => {
    await scene.bucket.iam.createUser({ name: userName() });
    for (let keys = 0; keys < 2; keys += 1) await scene.bucket.iam.createAccessKey(userName());
    const shown = await plan();
    expect(actions(shown)).toMatchObject({ accessKey: 'cannot', credentials: 'cannot' });
    const made = await apply(shown.id);
    expect(outcomes(made)).toMatchObject({ policy: 'done', accessKey: 'skipped', credentials: 'skipped' });
    expect(made.connection.credentials).toBeNull();
  });
});

describe('with a role', () => {
  it('makes one that trusts this server with the external ID, and assumes it', async () => {
    const shown = await plan({ identity: 'role' });
    expect(actions(shown)).toMatchObject({ role: 'create', policy: 'create', credentials: 'create' });
    expect(shown.steps.map(({ kind }) => kind)).not.toContain('accessKey');
    const role = shown.steps.find(({ kind }) => kind === 'role');
    expect(role?.document).toContain(connection.externalId);

    const made = await apply(shown.id);
    expect(made.done).toBe(true);
    expect(made.connection).toMatchObject({
      state: 'active',
      credentials: { kind: 'role', roleArn: scene.bucket.iam.getRole(userName()).arn },
    });
    const trust = made.connection.lastCheck?.rows.filter(({ group }) => group === 'trust') ?? [];
    expect(trust.map(({ id, state }) => [id, state])).toEqual([
      ['trust', 'ok'],
      ['wrongExternalId', 'ok'],
      ['noExternalId', 'ok'],
    ]);
    expect(actions(await plan({ identity: 'role' }))).toMatchObject({ role: 'keep', credentials: 'keep' });

    const undone = await undo({ dryRun: false });
    expect(undone.done).toBe(true);
    expect(scene.bucket.iam.listRoles().map(({ name }) => name)).not.toContain(userName());
  });

  it('cannot where this server has nobody to be', async () => {
    const [key] = platformKeys.splice(0);
    try {
      const shown = await plan({ identity: 'role' });
      expect(actions(shown)).toMatchObject({ role: 'cannot', policy: 'cannot', credentials: 'cannot' });
      expect(JSON.stringify(shown)).toContain('WINDLASS_AWS_ACCESS_KEY_ID');
    } finally {
      if (key !== undefined) platformKeys.push(key);
    }
  });
});

const bucketNames = () => scene.bucket.iam.listBuckets().map(({ name }) => name);

describe('undone', () => {
  it('removes all that was made, in reverse order, after showing it', async () => {
    await planAndApply();
    const shown = await undo();
    expect(shown.done).toBe(false);
    expect(shown.steps.map(({ kind, action, result }) => [kind, action, result])).toEqual([
      ['accessKey', 'delete', null],
      ['policy', 'delete', null],
      ['user', 'delete', null],
      ['lifecycle', 'delete', null],
      ['cors', 'delete', null],
      ['bucket', 'delete', null],
    ]);
    expect(bucketNames()).toContain(connection.bucket);

    const undone = await undo({ dryRun: false });
    expect(undone.done).toBe(true);
    expect(new Set(Object.values(outcomes(undone)))).toEqual(new Set(['done']));
    expect(bucketNames()).not.toContain(connection.bucket);
    expect(scene.bucket.iam.listUsers().map(({ name }) => name)).not.toContain(userName());
    expect(await provisioning.list(scene.actors.member, at())).toEqual({ items: [] });
    // What it can still do is said at once.
    const after = await scene.connections.show(scene.actors.owner, scene.teamId, connection.id);
    expect(after.state).toBe('inaccessible');
    expect((await undo({ dryRun: false })).steps).toEqual([]);
  });

  it('keeps a bucket that holds objects, and says so', async () => {
    await planAndApply();
    const object = { Bucket: connection.bucket, Key: 'in/a.jpg' };
    await s3.send(new PutObjectCommand({ ...object, Body: 'x' }));
    const undone = await undo({ dryRun: false });
    const bucket = undone.steps.find(({ kind }) => kind === 'bucket');
    expect(bucket).toMatchObject({ action: 'keep', result: { outcome: 'kept' } });
    expect(bucket?.detail).toContain('objects');
    expect(bucketNames()).toContain(connection.bucket);

    // It is remembered as made here: once it is empty it can go.
    await s3.send(new DeleteObjectCommand(object));
    expect(outcomes(await undo({ dryRun: false }))).toEqual({ bucket: 'done' });
    expect(bucketNames()).not.toContain(connection.bucket);
  });

  it('leaves rules of others as they are, and puts back what it replaced', async () => {
    const theirs = { ID: 'theirs', AllowedOrigins: ['https://shop.example'], AllowedMethods: ['GET'] };
    const taken = {
      ID: `windlass-${connection.name}-upload`,
      AllowedOrigins: ['*'],
      AllowedMethods: ['PUT'],
    };
    const { userId } = await scene.bucket.ensureUser({ name: 'root', administrator: true });
    await scene.bucket.ensureBucket(connection.bucket, userId);
    const write = (...CORSRules: (typeof theirs)[]) =>
      s3.send(new PutBucketCorsCommand({ Bucket: connection.bucket, CORSConfiguration: { CORSRules } }));
    await write(theirs, taken);

    const shown = await plan();
    expect(actions(shown)).toMatchObject({ bucket: 'keep', cors: 'update' });
    expect((await apply(shown.id)).done).toBe(true);
    expect(actions(await plan())).toMatchObject({ cors: 'keep' });

    const undone = await undo({ dryRun: false });
    const cors = undone.steps.find(({ kind }) => kind === 'cors');
    expect(cors).toMatchObject({ action: 'restore', result: { outcome: 'done' } });
    expect(JSON.parse(cors?.document ?? '[]')).toMatchObject([theirs, taken]);
    expect(actions(await plan())).toMatchObject({ cors: 'update' });
    // The bucket was there before: it is nobody's to delete.
    expect(bucketNames()).toContain(connection.bucket);
  });

  it('takes out the rules of a job that was dropped meanwhile, too', async () => {
    await planAndApply();
    const edit = (jobs: Job[]) => scene.connections.edit(scene.actors.owner, at(), { jobs }, () => {});
    await edit(['deliver']);
    await planAndApply();
    const { CORSRules = [] } = await s3.send(new GetBucketCorsCommand({ Bucket: connection.bucket }));
    expect(CORSRules).toHaveLength(2);
    await s3.send(new PutObjectCommand({ Bucket: connection.bucket, Key: 'keeps-the-bucket', Body: 'x' }));
    expect(outcomes(await undo({ dryRun: false }))).toMatchObject({ cors: 'done', bucket: 'kept' });
    await expect(s3.send(new GetBucketCorsCommand({ Bucket: connection.bucket }))).rejects.toMatchObject({
      name: 'NoSuchCORSConfiguration',
    });
  });

  it('does not touch what was changed since', async () => {
    await planAndApply();
    const other = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
    });
    await scene.bucket.iam.putPolicy({ user: userName() }, userName(), other);
    const undone = await undo({ dryRun: false });
    expect(actions(undone)).toMatchObject({ policy: 'keep', user: 'delete' });
    // IAM refuses to delete a user with a policy.
    expect(outcomes(undone)).toMatchObject({ policy: 'kept', user: 'kept', bucket: 'done' });
    expect(scene.bucket.iam.getUser(userName()).policies).toHaveLength(1);
  });
});

describe('a run', () => {
  it('stops where things are no longer as they were shown, and says what was done', async () => {
    const shown = await plan();
    await scene.bucket.iam.createUser({ name: userName() });
    const made = await apply(shown.id);
    expect(made.done).toBe(false);
    expect(outcomes(made)).toEqual({
      bucket: 'done',
      publicAccess: 'skipped',
      cors: 'done',
      lifecycle: 'done',
      user: 'failed',
      policy: 'notReached',
      accessKey: 'notReached',
      credentials: 'notReached',
    });
    expect(made.steps.find(({ kind }) => kind === 'user')?.result.detail).toContain('plan again');
    expect((await planAndApply()).done).toBe(true);
  });

  it('tells what the keys may not do, instead of failing', async () => {
    const { accessKeyId, secretAccessKey } = await scene.bucket.ensureUser({ name: 'owner-only' });
    const shown = await plan({ admin: { accessKeyId, secretAccessKey } });
    expect(actions(shown)).toMatchObject({ bucket: 'create', user: 'cannot', policy: 'cannot' });
    const made = await apply(shown.id);
    expect(made.done).toBe(true);
    expect(outcomes(made)).toMatchObject({ bucket: 'done', cors: 'done', user: 'skipped' });
    expect(made.connection.credentials).toBeNull();
  });

  it('with keys that are wrong says so', async () => {
    const wrong = { ...admin, secretAccessKey: 'not-the-secret-of-this-key' };
    await expect(plan({ admin: wrong })).rejects.toMatchObject({ code: 'originFailed' });
  });

  it('without its bucket is refused', async () => {
    const shown = await plan({ createBucket: false });
    expect(actions(shown)).toMatchObject({ bucket: 'cannot' });
    expect(await codeOf(apply(shown.id))).toBe('conflict');
  });

  it('is applied once, by its own team, and can be discarded', async () => {
    const { id: provisioningId } = await plan();
    const other = await connect();
    const foreign = { ...at(), provisioningId };
    expect(await codeOf(provisioning.apply(scene.actors.stranger, foreign))).toBe('notFound');
    expect(await codeOf(provisioning.apply(scene.actors.admin, foreign))).toBe('forbidden');
    expect(await codeOf(apply(provisioningId, other))).toBe('notFound');
    await provisioning.discard(scene.actors.owner, foreign);
    expect(await codeOf(apply(provisioningId))).toBe('notFound');
  });
});

it.each(['r2', 'b2', 'spaces', 'minio'] as const)(
  'on %s tells the steps of its own console',
  async (provider) => {
    const there = await connect({ provider });
    const { steps } = await plan({}, there);
    const user = steps.find(({ kind }) => kind === 'user');
    expect(user).toMatchObject({ action: 'cannot' });
    expect((user?.detail ?? '').split('\n').length).toBeGreaterThan(2);
    expect(steps.find(({ kind }) => kind === 'credentials')).toMatchObject({ action: 'cannot' });
  },
);

it('keeps the administrator’s secret, and that of the new key, out of every table, log line and answer', async () => {
  const answers = JSON.stringify([await plan(), await planAndApply(), await undo({ dryRun: true })]);
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(scene.db);
  const rows: string[] = [];
  for (const { name } of tables.rows) {
    const found = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(scene.db);
    rows.push(...found.rows.map(({ row }) => row));
  }
  const made = scene.bucket.iam.getUser(userName()).accessKeys[0]?.accessKeyId ?? '';
  expect(made).not.toBe('');
  expect(rows.join('\n')).toContain(userName());
  for (const text of [answers, rows.join('\n'), JSON.stringify(log.lines)]) {
    expect(text).not.toContain(admin.secretAccessKey);
    expect(text).not.toContain(admin.accessKeyId);
    expect(text).not.toContain(made);
  }
});
