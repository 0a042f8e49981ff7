import { randomBytes } from 'node:crypto';
import { createConnection, type Connection } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeamScene, type TeamScene } from '../../../../../tests/support/team-scene.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createVault } from '../../platform/crypto/vault.ts';

let scene: TeamScene;
/** A user of the bucket with the two keys that IAM gives. */
let keys: { accessKeyId: string; secretAccessKey: string }[];
beforeAll(async () => {
  scene = await createTeamScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const signal = AbortSignal.timeout(120_000);
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => Promise.reject(new Error('was expected to fail')),
    (error: { code: string; message: string }) => error,
  );

let count = 0;
const pair = ({ accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string }) => ({
  accessKeyId,
  secretAccessKey,
});
/** A fresh user with a bucket and two keys of its own, and a connection that uses the first. */
const createWithTwoKeys = async (): Promise<Connection> => {
  count += 1;
  const bucket = `rotating-${count}`;
  const user = await scene.bucket.ensureUser({ name: `rotating-${count}` });
  await scene.bucket.ensureBucket(bucket, user.userId);
  keys = [pair(user), pair(await scene.bucket.users.createAccessKey(user.userId))];
  return scene.connections.create(
    scene.actors.owner,
    scene.teamId,
    createConnection.body.parse({
      name: bucket,
      provider: 'other',
      bucket,
      endpoint: scene.bucket.url,
      addressing: 'path',
      jobs: ['process'],
      credentials: keys[0],
    }),
  );
};
const at = ({ id }: Connection) => ({ teamId: scene.teamId, connectionId: id });
const key = (index: number) => keys[index]!;
const hint = (index: number): string => `…${key(index).accessKeyId.slice(-4)}`;
const rotate = (connection: Connection) => {
  const { connections, actors } = scene;
  return {
    start: (given = key(1)) => connections.startRotation(actors.owner, at(connection), given),
    promote: () => connections.promoteRotation(actors.owner, at(connection)),
    cancel: () => connections.cancelRotation(actors.owner, at(connection)),
    retire: (force = false) => connections.retireRotation(actors.owner, at(connection), { force }),
  };
};
const works = async ({ id }: Connection): Promise<boolean> => {
  const bucket = await scene.connections.openBucket(scene.teamId, id);
  return bucket.listObjects({ signal }).then(
    () => true,
    () => false,
  );
};

describe('a rotation', () => {
  it('goes from the first key to the second without a moment in which none works', async () => {
    const connection = await createWithTwoKeys();
    const { start, promote, retire } = rotate(connection);

    const candidate = await start();
    expect(candidate.credentials).toMatchObject({
      accessKeyIdHint: hint(0),
      rotation: { phase: 'candidate', accessKeyIdHint: hint(1) },
    });
    expect(candidate).toMatchObject({ state: connection.state, lastCheck: null });
    expect(await works(connection)).toBe(true);

    const promoted = await promote();
    expect(promoted).toMatchObject({
      state: 'active',
      credentials: { accessKeyIdHint: hint(1), rotation: { phase: 'promoted', accessKeyIdHint: hint(0) } },
    });
    expect(Date.parse(promoted.credentials?.setAt ?? '')).toBeGreaterThan(
      Date.parse(connection.credentials?.setAt ?? ''),
    );

    const early = await errorOf(retire());
    expect(early.code).toBe('conflict');
    expect(early.message).toContain('still accepts');
    await scene.bucket.users.setAccessKeyActive(key(0).accessKeyId, false);
    expect((await retire()).credentials).toMatchObject({ accessKeyIdHint: hint(1), rotation: null });
    expect(await works(connection)).toBe(true);
  });

  it('goes back to the first key, whose age still counts from the day it was set', async () => {
    const connection = await createWithTwoKeys();
    const { start, promote, cancel } = rotate(connection);
    await start();
    await promote();
    await scene.bucket.users.deleteAccessKey(key(1).accessKeyId);
    expect(await works(connection)).toBe(false);
    const back = await cancel();
    expect(back).toMatchObject({
      state: 'active',
      credentials: { accessKeyIdHint: hint(0), rotation: null, setAt: connection.credentials?.setAt },
    });
    expect(await works(connection)).toBe(true);
  });

  it('forgets a second key that was never used', async () => {
    const connection = await createWithTwoKeys();
    const { start, cancel } = rotate(connection);
    await start();
    expect((await cancel()).credentials).toMatchObject({ accessKeyIdHint: hint(0), rotation: null });
    const row = await scene.db
      .selectFrom('connections')
      .select('rotationSealed')
      .where('id', '=', connection.id)
      .executeTakeFirstOrThrow();
    expect(row.rotationSealed).toBeNull();
  });

  it('takes no second key that does not work, that is the first, or that stopped working meanwhile', async () => {
    const connection = await createWithTwoKeys();
    const { start, promote } = rotate(connection);
    const wrong = { ...key(1), secretAccessKey: 'x'.repeat(40) };
    expect((await errorOf(start(wrong))).code).toBe('checkFailed');
    expect((await errorOf(start(key(0)))).code).toBe('conflict');
    await start();
    await scene.bucket.users.setAccessKeyActive(key(1).accessKeyId, false);
    expect((await errorOf(promote())).code).toBe('checkFailed');
    expect(await works(connection)).toBe(true);
  });

  it('refuses moves that do not fit, and says why', async () => {
    const connection = await createWithTwoKeys();
    const { start, promote, retire, cancel } = rotate(connection);
    for (const move of [promote, retire, cancel]) {
      expect(await errorOf(move())).toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('second key'),
      });
    }
    await start();
    expect((await errorOf(retire())).message).toContain('still in use');
  });

  it('forgets the first key by force, although it still works', async () => {
    const connection = await createWithTwoKeys();
    const { start, promote, retire } = rotate(connection);
    await start();
    await promote();
    expect((await retire(true)).credentials?.rotation).toBeNull();
  });

  it('ends when the credentials are overwritten', async () => {
    const connection = await createWithTwoKeys();
    await rotate(connection).start();
    const replaced = await scene.connections.replaceCredentials(scene.actors.owner, at(connection), {
      kind: 'accessKey',
      ...key(1),
      force: false,
    });
    expect(replaced.credentials).toMatchObject({ accessKeyIdHint: hint(1), rotation: null });
  });

  it('is for keys only', async () => {
    const connection = await createWithTwoKeys();
    const web = await scene.connections.create(
      scene.actors.owner,
      scene.teamId,
      createConnection.body.parse({
        name: `web-${count}`,
        provider: 'other',
        bucket: 'photos',
        endpoint: scene.bucket.url,
        addressing: 'path',
        credentials: { kind: 'webIdentity', roleArn: 'arn:aws:iam::000000000000:role/any' },
      }),
    );
    expect((await errorOf(rotate(web).start())).message).toContain('no key of its own');
    expect(connection.credentials?.rotation).toBeNull();
  });

  it('is for owners of the team only', async () => {
    const connection = await createWithTwoKeys();
    const { connections, actors, teamId, otherTeamId } = scene;
    for (const actor of [actors.admin, actors.member]) {
      expect((await errorOf(connections.startRotation(actor, at(connection), key(1)))).code).toBe(
        'forbidden',
      );
    }
    const theirs = { teamId: otherTeamId, connectionId: connection.id };
    expect((await errorOf(connections.promoteRotation(actors.stranger, theirs))).code).toBe('notFound');
    expect((await errorOf(connections.cancelRotation(actors.stranger, at(connection)))).code).toBe(
      'notFound',
    );
    expect((await errorOf(connections.setup(actors.stranger, teamId, connection.id))).code).toBe('notFound');
  });
});

describe('sealed credentials', () => {
  it('are wrapped by the active key of the keyring, both keys of a rotation', async () => {
    const connection = await createWithTwoKeys();
    await rotate(connection).start();
    const next = createVault(
      createKeyring([
        { kid: 'k2', key: randomBytes(32) },
        { kid: 'k1', key: scene.keyBytes },
      ]),
    );
    using connections = scene.connectionsWith(next);
    expect(await connections.rewrapCredentials()).toBeGreaterThan(0);
    expect(await connections.rewrapCredentials()).toBe(0);
    const row = await scene.db
      .selectFrom('connections')
      .select(['credentialsSealed', 'rotationSealed'])
      .where('id', '=', connection.id)
      .executeTakeFirstOrThrow();
    expect(row.credentialsSealed).toMatch(/^v1\.k2\./);
    expect(row.rotationSealed).toMatch(/^v1\.k2\./);
    const promoted = await connections.promoteRotation(scene.actors.owner, at(connection));
    expect(promoted.credentials?.accessKeyIdHint).toBe(hint(1));
  });
});
