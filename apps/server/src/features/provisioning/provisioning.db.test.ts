import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { Connection } from '@windlass/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  actionsOf,
  createProvisioningScene,
  outcomesOf,
  type ProvisioningScene,
} from '../../../../../tests/support/provisioning-scene.ts';

let scene: ProvisioningScene;
let connection: Connection;
beforeAll(async () => {
  scene = await createProvisioningScene();
});
afterAll(() => scene?.[Symbol.asyncDispose]());
beforeEach(async () => {
  connection = await scene.connect();
});

const at = (of = connection) => ({ teamId: scene.team.teamId, connectionId: of.id });
const plan = (choices: object = {}, of = connection) => scene.plan(of, choices);
const planAndApply = async (choices: object = {}) => scene.apply(connection, (await plan(choices)).id);
const userName = () => `windlass-${connection.name}`;
const apply = (id: Awaited<ReturnType<typeof plan>>['id'], of = connection) => scene.apply(of, id);
const undo = (given: object = {}) => scene.undo(connection, given);
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );

describe('with a user', () => {
  it('shows everything first and makes nothing', async () => {
    const shown = await plan();
    expect(actionsOf(shown)).toEqual({
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
    expect(scene.team.bucket.iam.listBuckets().map(({ name }) => name)).not.toContain(connection.bucket);
    expect(scene.team.bucket.iam.listUsers().map(({ name }) => name)).not.toContain(userName());
  });

  it('makes a connection that is proven, and nothing more the second time', async () => {
    const made = await planAndApply();
    expect(made.done).toBe(true);
    expect(made.connection).toMatchObject({ state: 'active', credentials: { kind: 'accessKey' } });
    expect(made.connection.lastCheck?.fullAccess).toBe(false);
    expect(made.connection.lastCheck?.rows.filter(({ state }) => state === 'excess')).toEqual([]);
    expect(outcomesOf(made)).toMatchObject({ bucket: 'done', publicAccess: 'skipped', credentials: 'done' });

    const again = await plan();
    expect(actionsOf(again)).toEqual({
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
    expect(new Set(Object.values(outcomesOf(second)))).toEqual(new Set(['kept', 'skipped']));
    expect(second.connection.state).toBe('active');
    expect(scene.team.bucket.iam.getUser(userName()).accessKeys).toHaveLength(1);
  });

  it('writes only what differs when a job is added', async () => {
    await planAndApply();
    const { id } = connection;
    connection = await scene.team.connections.edit(
      scene.team.actors.owner,
      at(),
      { jobs: ['ingest', 'deliver'] },
      () => {},
    );
    expect(connection.id).toBe(id);
    const shown = await plan();
    expect(actionsOf(shown)).toMatchObject({
      bucket: 'keep',
      user: 'keep',
      policy: 'update',
      accessKey: 'keep',
      credentials: 'keep',
    });
    const made = await apply(shown.id);
    expect(outcomesOf(made)).toMatchObject({ policy: 'done', accessKey: 'kept', credentials: 'kept' });
    expect(made.connection.state).toBe('active');
    expect(scene.team.bucket.iam.getUser(userName()).accessKeys).toHaveLength(1);
  });

  it('shows a user that it did not make as one to be changed, and leaves it there when undone', async () => {
    await scene.team.bucket.iam.createUser({ name: userName() });
    const shown = await plan();
    const user = shown.steps.find(({ kind }) => kind === 'user');
    expect(user).toMatchObject({ action: 'update' });
    expect(user?.detail).toContain('was not made for this connection');
    expect((await apply(shown.id)).done).toBe(true);
    expect(actionsOf(await plan())).toMatchObject({ user: 'keep' });

    const undone = await undo({ dryRun: false });
    expect(actionsOf(undone)).toMatchObject({ user: 'keep', policy: 'delete', accessKey: 'delete' });
    expect(scene.team.bucket.iam.getUser(userName())).toMatchObject({ accessKeys: [], policies: [] });
  });

  it('makes no third key, and says so', async () => {
    await scene.team.bucket.iam.createUser({ name: userName() });
    for (let keys = 0; keys < 2; keys += 1) await scene.team.bucket.iam.createAccessKey(userName());
    const shown = await plan();
    expect(actionsOf(shown)).toMatchObject({ accessKey: 'cannot', credentials: 'cannot' });
    const made = await apply(shown.id);
    expect(outcomesOf(made)).toMatchObject({ policy: 'done', accessKey: 'skipped', credentials: 'skipped' });
    expect(made.connection.credentials).toBeNull();
  });
});

describe('with a role', () => {
  it('makes one that trusts this server with the external ID, and assumes it', async () => {
    const shown = await plan({ identity: 'role' });
    expect(actionsOf(shown)).toMatchObject({ role: 'create', policy: 'create', credentials: 'create' });
    expect(shown.steps.map(({ kind }) => kind)).not.toContain('accessKey');
    const role = shown.steps.find(({ kind }) => kind === 'role');
    expect(role?.document).toContain(connection.externalId);

    const made = await apply(shown.id);
    expect(made.done).toBe(true);
    expect(made.connection).toMatchObject({
      state: 'active',
      credentials: { kind: 'role', roleArn: scene.team.bucket.iam.getRole(userName()).arn },
    });
    const trust = made.connection.lastCheck?.rows.filter(({ group }) => group === 'trust') ?? [];
    expect(trust.map(({ id, state }) => [id, state])).toEqual([
      ['trust', 'ok'],
      ['wrongExternalId', 'ok'],
      ['noExternalId', 'ok'],
    ]);
    expect(actionsOf(await plan({ identity: 'role' }))).toMatchObject({ role: 'keep', credentials: 'keep' });

    const undone = await undo({ dryRun: false });
    expect(undone.done).toBe(true);
    expect(scene.team.bucket.iam.listRoles().map(({ name }) => name)).not.toContain(userName());
  });

  it('cannot where this server has nobody to be', async () => {
    const [key] = scene.platformKeys.splice(0);
    try {
      const shown = await plan({ identity: 'role' });
      expect(actionsOf(shown)).toMatchObject({ role: 'cannot', policy: 'cannot', credentials: 'cannot' });
      expect(JSON.stringify(shown)).toContain('WINDLASS_AWS_ACCESS_KEY_ID');
    } finally {
      if (key !== undefined) scene.platformKeys.push(key);
    }
  });
});

describe('a run', () => {
  it('stops where things are no longer as they were shown, and says what was done', async () => {
    const shown = await plan();
    await scene.team.bucket.iam.createUser({ name: userName() });
    const made = await apply(shown.id);
    expect(made.done).toBe(false);
    expect(outcomesOf(made)).toEqual({
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
    const { accessKeyId, secretAccessKey } = await scene.team.bucket.ensureUser({ name: 'owner-only' });
    const shown = await plan({ admin: { accessKeyId, secretAccessKey } });
    expect(actionsOf(shown)).toMatchObject({ bucket: 'create', user: 'cannot', policy: 'cannot' });
    const made = await apply(shown.id);
    expect(made.done).toBe(true);
    expect(outcomesOf(made)).toMatchObject({ bucket: 'done', cors: 'done', user: 'skipped' });
    expect(made.connection.credentials).toBeNull();
  });

  it('with keys that are wrong says so, and what to do about the keys', async () => {
    const wrong = { ...scene.admin, secretAccessKey: 'not-the-secret-of-this-key' };
    await expect(plan({ admin: wrong })).rejects.toMatchObject({
      code: 'checkFailed',
      errors: [{ path: 'credentials', message: expect.stringContaining('Paste the secret again') }],
    });
  });

  it('without its bucket is refused', async () => {
    const shown = await plan({ createBucket: false });
    expect(actionsOf(shown)).toMatchObject({ bucket: 'cannot' });
    expect(await codeOf(apply(shown.id))).toBe('conflict');
  });

  it.each([{ endpoint: 'https://evil.example' }, { bucket: 'another' }, { provider: 'ceph' as const }])(
    'sends the keys nowhere else when %o was set after the plan',
    async (change) => {
      const shown = await plan();
      await scene.team.connections.edit(scene.team.actors.owner, at(), change, () => {});
      await expect(apply(shown.id)).rejects.toMatchObject({ code: 'conflict' });
      expect(await codeOf(apply(shown.id))).toBe('notFound');
    },
  );

  it('undoes nothing in a bucket that it was not made in', async () => {
    await planAndApply();
    const { bucket } = connection;
    const foreign = `${bucket}-foreign`;
    await scene.s3.send(new CreateBucketCommand({ Bucket: foreign }));
    await scene.team.connections.edit(scene.team.actors.owner, at(), { bucket: foreign }, () => {});
    const undone = await undo({ dryRun: false });
    expect(actionsOf(undone)).toMatchObject({ bucket: 'keep', cors: 'keep', lifecycle: 'keep' });
    expect(undone.steps.find(({ kind }) => kind === 'bucket')?.detail).toContain(bucket);
    expect(scene.team.bucket.iam.listBuckets().map(({ name }) => name)).toEqual(
      expect.arrayContaining([bucket, foreign]),
    );
  });

  it('is applied once, by its own team, and can be discarded', async () => {
    const { id: provisioningId } = await plan();
    const other = await scene.connect();
    const foreign = { ...at(), provisioningId };
    expect(await codeOf(scene.provisioning.apply(scene.team.actors.stranger, foreign))).toBe('notFound');
    expect(await codeOf(scene.provisioning.apply(scene.team.actors.admin, foreign))).toBe('forbidden');
    expect(await codeOf(apply(provisioningId, other))).toBe('notFound');
    await scene.provisioning.discard(scene.team.actors.owner, foreign);
    expect(await codeOf(apply(provisioningId))).toBe('notFound');
  });
});

it.each(['r2', 'b2', 'spaces', 'minio'] as const)(
  'on %s tells the steps of its own console',
  async (provider) => {
    const there = await scene.connect({ provider });
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
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(scene.team.db);
  const rows: string[] = [];
  for (const { name } of tables.rows) {
    const found = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(
      scene.team.db,
    );
    rows.push(...found.rows.map(({ row }) => row));
  }
  const made = scene.team.bucket.iam.getUser(userName()).accessKeys[0]?.accessKeyId ?? '';
  expect(made).not.toBe('');
  expect(rows.join('\n')).toContain(userName());
  for (const text of [answers, rows.join('\n'), JSON.stringify(scene.log.lines)]) {
    expect(text).not.toContain(scene.admin.secretAccessKey);
    expect(text).not.toContain(scene.admin.accessKeyId);
    expect(text).not.toContain(made);
  }
});
