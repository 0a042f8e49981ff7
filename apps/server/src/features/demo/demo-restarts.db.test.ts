import { expect, test } from 'vitest';
import {
  createDemoWorld,
  killed,
  never,
  ordersConnection,
  ordersOf,
  pictureConnection,
  reportOf,
} from '../../../../../tests/support/demo-world.ts';
import { makeMember } from '../../../../../tests/support/people.ts';
import { createTestDatabase } from '../../../../../tests/support/test-database.ts';
import { createDemoService } from './index.ts';

test('goes on where a killed start stopped', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  const broken = createDemoService({
    ...world.deps,
    ensureDemoSource: killed,
  });
  await expect(broken.ensure(never)).rejects.toThrow('killed');
  const { credentialsSealed } = await pictureConnection(database);
  world.calls.length = 0;
  await createDemoService(world.deps).ensure(never);
  await createDemoService(world.deps).ensure(never);
  expect(world.calls).toContain('demo ListObjectsV2');
  expect(world.calls).not.toContain('demo PutObject');
  expect(world.sources).toHaveLength(1);
  expect(await database.db.selectFrom('connections').selectAll().execute()).toHaveLength(2);
  expect(await ordersOf(database)).toMatchObject([{ state: 'received' }]);
  expect((await pictureConnection(database)).credentialsSealed).toEqual(credentialsSealed);
});

test('does not bring back what was removed, not even when the bucket moves', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  await createDemoService(world.deps).ensure(never);
  const { teamId } = await pictureConnection(database);
  const person = await makeMember(database.db, teamId, 'owner');
  for (const { id: connectionId } of await database.db.selectFrom('connections').select('id').execute())
    await world.connections.delete(person, { teamId, connectionId }, true);
  await createDemoService(await world.moveBucket()).ensure(never);
  for (const table of ['connections', 'drops', 'orders'] as const)
    expect(await database.db.selectFrom(table).select('id').execute()).toEqual([]);
});

test('follows the embedded bucket to another port, time and again', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  await createDemoService(world.deps).ensure(never);
  for (const _ of [1, 2]) {
    const moved = await world.moveBucket();
    await createDemoService(moved).ensure(never);
    for (const connection of [await pictureConnection(database), await ordersConnection(database)])
      expect(connection).toMatchObject({ endpoint: moved.bucket.url, state: 'active' });
  }
  expect(await ordersOf(database)).toHaveLength(1);
});

test('keeps the credentials that a person gave the demo, and the place that they led it to', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  await createDemoService(world.deps).ensure(never);
  const made = await pictureConnection(database);
  // As a first run of earlier times left it, too.
  const owner = await world.deps.bucket.ensureUser({ name: 'demo' });
  const person = await makeMember(database.db, made.teamId, 'owner');
  await world.connections.replaceCredentials(
    person,
    { teamId: made.teamId, connectionId: made.id },
    {
      kind: 'accessKey',
      accessKeyId: owner.accessKeyId,
      secretAccessKey: owner.secretAccessKey,
      force: false,
    },
  );
  const given = await pictureConnection(database);
  await createDemoService(await world.moveBucket()).ensure(never);
  const followed = await pictureConnection(database);
  expect(followed).toMatchObject({ state: 'active', credentialsSealed: given.credentialsSealed });
  expect(reportOf(followed.lastCheck).fullAccess).toBe(true);

  await database.db.updateTable('connections').set({ endpoint: 'http://127.0.0.1:9' }).execute();
  await createDemoService(await world.moveBucket()).ensure(never);
  expect((await pictureConnection(database)).endpoint).toBe('http://127.0.0.1:9');
});
