import { expect, test } from 'vitest';
import {
  createDemoWorld,
  never,
  pictureConnection,
  reportOf,
} from '../../../../../tests/support/demo-world.ts';
import { createTestDatabase } from '../../../../../tests/support/test-database.ts';
import { hintOf } from '../../platform/s3/index.ts';
import { createDemoService } from './index.ts';

test('makes a demo that works, once', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  const demo = createDemoService(world.deps);
  await demo.ensure(never);
  await demo.ensure(never);

  const team = await database.db.selectFrom('teams').selectAll().executeTakeFirstOrThrow();
  expect(team.demo).toBe(true);
  expect(await database.db.selectFrom('memberships').selectAll().execute()).toEqual([]);
  const connection = await pictureConnection(database);
  expect(connection).toMatchObject({
    name: 'demo',
    provider: 'embedded',
    demo: true,
    state: 'active',
    bucket: 'demo',
  });
  expect(await world.keysOf(team.id, connection.id)).toEqual(['moon-phases.gif']);
  expect(world.sources).toMatchObject([
    { name: 'demo', connectionId: connection.id, defaultParameters: 'format=webp' },
  ]);
});

test('gives the connection a key that may what its job needs, and nothing else', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  await createDemoService(world.deps).ensure(never);

  const connection = await pictureConnection(database);
  const report = reportOf(connection.lastCheck);
  expect(report.rowsIn('ok')).toEqual(report.rows.map(({ id }) => id));
  expect(report).toMatchObject({ fullAccess: false });
  // All that could be tried was: what is well here is known, not left open.
  expect(report.rows.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['list', 'get', 'put', 'delete', 'listBuckets', 'readPolicy', 'location']),
  );
  const user = world.deps.bucket.iam.getUser('demo-deliver');
  expect(user).toMatchObject({ standing: 'policies', policies: [{ name: 'deliver' }] });
  expect(connection.accessKeyIdHint).toBe(hintOf(user.accessKeys[0]?.accessKeyId ?? ''));
  const opened = await world.connections.openBucket(connection.teamId, connection.id);
  await expect(opened.putObject('mine.txt', new Uint8Array([1]), { signal: never })).rejects.toMatchObject({
    code: 'originFailed',
  });
  expect(world.calls.filter((call) => call === 'demo PutObject')).toHaveLength(1);
});

test('lets pages read from the bucket, with what a cache and a player look for', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  await createDemoService(world.deps).ensure(never);
  const preflight = (method: string) =>
    fetch(`${world.deps.bucket.url}/demo/moon-phases.gif`, {
      method: 'OPTIONS',
      headers: { origin: 'https://page.example', 'access-control-request-method': method },
      signal: AbortSignal.timeout(5000),
    });
  const read = await preflight('GET');
  expect(read.status).toBe(200);
  expect(read.headers.get('access-control-expose-headers')).toMatch(/ETag.*Content-Range/);
  expect((await preflight('PUT')).status).toBe(403);
});
