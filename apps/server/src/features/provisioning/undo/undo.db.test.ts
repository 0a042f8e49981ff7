import {
  DeleteObjectCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Connection, Job } from '@windlass/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  actionsOf,
  createProvisioningScene,
  outcomesOf,
  type ProvisioningScene,
} from '../../../../../../tests/support/provisioning-scene.ts';

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
const apply = (id: Awaited<ReturnType<typeof plan>>['id']) => scene.apply(connection, id);
const undo = (given: object = {}) => scene.undo(connection, given);

const bucketNames = () => scene.team.bucket.iam.listBuckets().map(({ name }) => name);

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
    expect(new Set(Object.values(outcomesOf(undone)))).toEqual(new Set(['done']));
    expect(bucketNames()).not.toContain(connection.bucket);
    expect(scene.team.bucket.iam.listUsers().map(({ name }) => name)).not.toContain(userName());
    expect(await scene.provisioning.list(scene.team.actors.member, at())).toEqual({ items: [] });
    // What it can still do is said at once.
    const after = await scene.team.connections.show(
      scene.team.actors.owner,
      scene.team.teamId,
      connection.id,
    );
    expect(after.state).toBe('inaccessible');
    expect((await undo({ dryRun: false })).steps).toEqual([]);
  });

  it('keeps a bucket that holds objects, and says so', async () => {
    await planAndApply();
    const object = { Bucket: connection.bucket, Key: 'in/a.jpg' };
    await scene.s3.send(new PutObjectCommand({ ...object, Body: 'x' }));
    const undone = await undo({ dryRun: false });
    const bucket = undone.steps.find(({ kind }) => kind === 'bucket');
    expect(bucket).toMatchObject({ action: 'keep', result: { outcome: 'kept' } });
    expect(bucket?.detail).toContain('objects');
    expect(bucketNames()).toContain(connection.bucket);

    // It is remembered as made here: once it is empty it can go.
    await scene.s3.send(new DeleteObjectCommand(object));
    expect(outcomesOf(await undo({ dryRun: false }))).toEqual({ bucket: 'done' });
    expect(bucketNames()).not.toContain(connection.bucket);
  });

  it('leaves rules of others as they are, and puts back what it replaced', async () => {
    const theirs = { ID: 'theirs', AllowedOrigins: ['https://shop.example'], AllowedMethods: ['GET'] };
    const taken = {
      ID: `windlass-${connection.name}-upload`,
      AllowedOrigins: ['*'],
      AllowedMethods: ['PUT'],
    };
    const { userId } = await scene.team.bucket.ensureUser({ name: 'root', administrator: true });
    await scene.team.bucket.ensureBucket(connection.bucket, userId);
    const write = (...CORSRules: (typeof theirs)[]) =>
      scene.s3.send(
        new PutBucketCorsCommand({ Bucket: connection.bucket, CORSConfiguration: { CORSRules } }),
      );
    await write(theirs, taken);

    const shown = await plan();
    expect(actionsOf(shown)).toMatchObject({ bucket: 'keep', cors: 'update' });
    expect((await apply(shown.id)).done).toBe(true);
    expect(actionsOf(await plan())).toMatchObject({ cors: 'keep' });

    const undone = await undo({ dryRun: false });
    const cors = undone.steps.find(({ kind }) => kind === 'cors');
    expect(cors).toMatchObject({ action: 'restore', result: { outcome: 'done' } });
    expect(JSON.parse(cors?.document ?? '[]')).toMatchObject([theirs, taken]);
    expect(actionsOf(await plan())).toMatchObject({ cors: 'update' });
    // The bucket was there before: it is nobody's to delete.
    expect(bucketNames()).toContain(connection.bucket);
  });

  it('takes out the rules of a job that was dropped meanwhile, too', async () => {
    await planAndApply();
    const edit = (jobs: Job[]) =>
      scene.team.connections.edit(scene.team.actors.owner, at(), { jobs }, () => {});
    await edit(['deliver']);
    await planAndApply();
    const { CORSRules = [] } = await scene.s3.send(new GetBucketCorsCommand({ Bucket: connection.bucket }));
    expect(CORSRules).toHaveLength(2);
    await scene.s3.send(
      new PutObjectCommand({ Bucket: connection.bucket, Key: 'keeps-the-bucket', Body: 'x' }),
    );
    expect(outcomesOf(await undo({ dryRun: false }))).toMatchObject({ cors: 'done', bucket: 'kept' });
    await expect(
      scene.s3.send(new GetBucketCorsCommand({ Bucket: connection.bucket })),
    ).rejects.toMatchObject({
      name: 'NoSuchCORSConfiguration',
    });
  });

  it('shows beforehand that a user stays whose other key somebody else made', async () => {
    await planAndApply();
    const { accessKeyId } = await scene.team.bucket.iam.createAccessKey(userName());
    const shown = await undo();
    expect(actionsOf(shown)).toMatchObject({ accessKey: 'delete', policy: 'delete', user: 'keep' });
    expect(shown.steps.find(({ kind }) => kind === 'user')?.detail).toContain('did not make');
    expect(outcomesOf(await undo({ dryRun: false }))).toMatchObject({ accessKey: 'done', user: 'kept' });
    expect(scene.team.bucket.iam.getUser(userName()).accessKeys).toMatchObject([{ accessKeyId }]);

    // It is remembered as made here: without that key it can go.
    await scene.team.bucket.iam.deleteAccessKey(userName(), accessKeyId);
    expect(outcomesOf(await undo({ dryRun: false }))).toEqual({ user: 'done' });
  });

  it('does not touch what was changed since', async () => {
    await planAndApply();
    const other = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
    });
    await scene.team.bucket.iam.putPolicy({ user: userName() }, userName(), other);
    const undone = await undo({ dryRun: false });
    expect(actionsOf(undone)).toMatchObject({ policy: 'keep', user: 'delete' });
    // IAM refuses to delete a user with a policy.
    expect(outcomesOf(undone)).toMatchObject({ policy: 'kept', user: 'kept', bucket: 'done' });
    expect(scene.team.bucket.iam.getUser(userName()).policies).toHaveLength(1);
  });
});
