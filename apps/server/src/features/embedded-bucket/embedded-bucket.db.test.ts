import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeamScene, type TeamScene } from '../../../../../tests/support/team-scene.ts';
import { silentLog } from '../../kernel/log.ts';
import { createTeamAccess } from '../teams/index.ts';
import {
  createEmbeddedBucketService,
  ensurePolicyUser,
  ownUser,
  type EmbeddedBucketService,
} from './index.ts';

const allow = (action: string, resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
  });

describe('the account of the embedded bucket', () => {
  let scene: TeamScene;
  let embedded: EmbeddedBucketService;
  const serviceWith = (account: Parameters<typeof createEmbeddedBucketService>[0]['account']) =>
    createEmbeddedBucketService({
      db: scene.db,
      access: createTeamAccess({ db: scene.db }),
      log: silentLog,
      account,
    });

  beforeAll(async () => {
    scene = await createTeamScene();
    embedded = serviceWith({ url: scene.bucket.url, region: 'us-east-1', iam: scene.bucket.iam });
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  it('is shown to owners of the team that it belongs to, and to nobody else', async () => {
    const { teamId, otherTeamId, actors } = scene;
    const { account } = await embedded.show(actors.owner, teamId);
    expect(account?.buckets.map(({ name }) => name)).toContain('photos');
    expect(account?.users.map(({ name }) => name)).toContain('scene');
    await expect(embedded.show(actors.admin, teamId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(embedded.show(actors.member, teamId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(embedded.show(actors.stranger, teamId)).rejects.toMatchObject({ code: 'notFound' });
    await expect(embedded.show(actors.owner, otherTeamId)).rejects.toMatchObject({ code: 'notFound' });
  });

  it('is nowhere where the bucket is off', async () => {
    const off = serviceWith(null);
    expect(await off.show(scene.actors.owner, scene.teamId)).toEqual({ account: null });
    await expect(off.createUser(scene.actors.owner, scene.teamId, 'nobody')).rejects.toMatchObject({
      code: 'notFound',
    });
  });

  it('gives a new user no right, and those of a policy from the moment it is put', async () => {
    const { teamId, actors, bucket } = scene;
    await embedded.createUser(actors.owner, teamId, 'ingest');
    const credentials = await embedded.createKey(actors.owner, teamId, 'ingest');
    const client = new S3Client({
      endpoint: bucket.url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials,
    });
    const put = (key: string) =>
      client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: 'a picture' }));
    await expect(put('uploads/a.jpg')).rejects.toMatchObject({ name: 'AccessDenied' });

    const place = { holder: 'users', holderName: 'ingest', policyName: 'write' } as const;
    await embedded.putPolicy(
      actors.owner,
      teamId,
      place,
      allow('s3:PutObject', 'arn:aws:s3:::photos/uploads/*'),
    );
    await put('uploads/a.jpg');
    await expect(put('elsewhere/a.jpg')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(
      client.send(new GetObjectCommand({ Bucket: 'photos', Key: 'uploads/a.jpg' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });

    const trial = { principal: { user: 'ingest' }, action: 's3:PutObject', context: {} };
    const tried = (key: string) =>
      embedded.tryRequest(actors.owner, teamId, { ...trial, resource: `arn:aws:s3:::photos/${key}` });
    expect(await tried('uploads/b.jpg')).toMatchObject({
      decision: 'Allowed',
      decidedBy: { policy: 'identity', statementIndex: 0 },
    });
    expect(await tried('elsewhere/b.jpg')).toMatchObject({ decision: 'ImplicitlyDenied', decidedBy: null });

    await embedded.setKeyActive(
      actors.owner,
      teamId,
      { userName: 'ingest', accessKeyId: credentials.accessKeyId },
      false,
    );
    await expect(put('uploads/c.jpg')).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    await embedded.deleteUser(actors.owner, teamId, 'ingest');
    const { account } = await embedded.show(actors.owner, teamId);
    expect(account?.users.map(({ name }) => name)).not.toContain('ingest');
    client.destroy();
  });

  it('says in its own words what IAM refuses, as a 4xx', async () => {
    const { teamId, actors } = scene;
    const owner = actors.owner;
    await expect(embedded.deleteUser(owner, teamId, 'nobody')).rejects.toMatchObject({ code: 'notFound' });
    await embedded.createUser(owner, teamId, 'twice');
    await expect(embedded.createUser(owner, teamId, 'twice')).rejects.toMatchObject({ code: 'nameTaken' });
    await expect(
      embedded.putPolicy(owner, teamId, { holder: 'users', holderName: 'twice', policyName: 'p' }, '{'),
    ).rejects.toMatchObject({ code: 'invalidRequest' });
    await expect(embedded.putBucketPolicy(owner, teamId, 'photos', 'nonsense')).rejects.toMatchObject({
      code: 'invalidRequest',
    });
    await expect(embedded.putBucketPolicy(owner, teamId, 'nowhere', null)).rejects.toMatchObject({
      code: 'notFound',
    });
    await embedded.createKey(owner, teamId, 'twice');
    await embedded.createKey(owner, teamId, 'twice');
    await expect(embedded.createKey(owner, teamId, 'twice')).rejects.toMatchObject({ code: 'conflict' });
  });

  it("leaves the server's own users alone", async () => {
    const { teamId, actors } = scene;
    await expect(embedded.deleteUser(actors.owner, teamId, 'scene')).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(embedded.createKey(actors.owner, teamId, 'scene')).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('leaves the user alone that assumes roles for the server', async () => {
    const {
      teamId,
      actors: { owner },
      bucket,
    } = scene;
    const { accessKeyId } = await ensurePolicyUser(bucket, ownUser);
    await embedded.createUser(owner, teamId, 'somebody');
    const key = { userName: ownUser, accessKeyId };
    const place = { holder: 'users', holderName: ownUser, policyName: 'all' } as const;
    const refused = { code: 'conflict' };
    await expect(embedded.deleteUser(owner, teamId, ownUser)).rejects.toMatchObject(refused);
    await expect(embedded.createKey(owner, teamId, ownUser)).rejects.toMatchObject(refused);
    await expect(embedded.setKeyActive(owner, teamId, key, false)).rejects.toMatchObject(refused);
    await expect(embedded.deleteKey(owner, teamId, key)).rejects.toMatchObject(refused);
    await expect(embedded.putPolicy(owner, teamId, place, allow('s3:*', '*'))).rejects.toMatchObject(refused);

    const { account } = await embedded.show(owner, teamId);
    const own = new Map(account?.users.map((user) => [user.name, user.own]));
    expect([own.get(ownUser), own.get('scene'), own.get('somebody')]).toEqual([true, true, false]);
  });

  it('tries no request that nobody could make', async () => {
    const { teamId, actors } = scene;
    const attempt = (action: string, resource: string) =>
      embedded.tryRequest(actors.owner, teamId, { principal: 'anonymous', action, resource, context: {} });
    await expect(attempt('s3:GetObjekt', 'demo/a.jpg')).rejects.toMatchObject({
      code: 'invalidRequest',
      errors: [
        { path: 'action', message: 'is no action; s3:GetObject is one' },
        { path: 'resource', message: expect.stringContaining('must be an ARN') },
      ],
    });
    await expect(attempt('nonsense', '*')).rejects.toMatchObject({ errors: [{ path: 'action' }] });
    await expect(attempt('s3:ListAllMyBuckets', '*')).resolves.toMatchObject({ trace: expect.any(Array) });
    await expect(attempt('iam:ListUsers', 'arn:aws:iam::000000000000:user/scene')).resolves.toMatchObject({
      decision: 'ImplicitlyDenied',
    });
  });

  it('blocks public access, so that a public policy is refused', async () => {
    const { teamId, actors } = scene;
    const open = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' },
      ],
    });
    await embedded.setPublicAccessBlocked(actors.owner, teamId, 'photos', true);
    await expect(embedded.putBucketPolicy(actors.owner, teamId, 'photos', open)).rejects.toMatchObject({
      code: 'conflict',
    });
    await embedded.setPublicAccessBlocked(actors.owner, teamId, 'photos', false);
    await embedded.putBucketPolicy(actors.owner, teamId, 'photos', open);
    expect(
      await embedded.tryRequest(actors.owner, teamId, {
        principal: 'anonymous',
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::photos/a.jpg',
        context: {},
      }),
    ).toMatchObject({ decision: 'Allowed' });
    await embedded.putBucketPolicy(actors.owner, teamId, 'photos', null);
  });
});
