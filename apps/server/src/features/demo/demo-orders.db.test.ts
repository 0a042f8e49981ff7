import { expect, test } from 'vitest';
import {
  createDemoWorld,
  killed,
  never,
  ordersConnection,
  ordersOf,
  reportOf,
} from '../../../../../tests/support/demo-world.ts';
import { makeMember } from '../../../../../tests/support/people.ts';
import { createTestDatabase } from '../../../../../tests/support/test-database.ts';
import { createDemoService } from './index.ts';

test('takes an order, as a customer sends one, and shows it at the desk', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  await createDemoService(world.deps).ensure(never);
  const { teamId } = await ordersConnection(database);
  const person = await makeMember(database.db, teamId, 'owner');

  const { items: pages } = await world.drops.list(person, teamId, { limit: 10 });
  expect(pages).toMatchObject([
    {
      name: 'demo-prints',
      title: 'Order prints',
      demo: true,
      phase: 'open',
      connectionName: 'demo-orders',
      retentionDays: 30,
      retention: { state: 'deletes' },
      orders: { total: 1, open: 1 },
    },
  ]);
  const [summary] = (await world.drops.desk.list(person, teamId, { limit: 10, drafts: false })).items;
  if (summary === undefined) throw new Error('the desk shows no order');
  const order = await world.drops.desk.show(person, { teamId, orderId: summary.id });
  expect(summary.demo).toBe(true);
  expect(order).toMatchObject({ state: 'received', demo: true, access: { readable: true } });
  expect(order.number).toMatch(/^\d\d-00001$/);
  expect(order.items).toMatchObject([
    {
      name: 'moon-phases.gif',
      key: `orders/${order.number}/moon-phases.gif`,
      options: { size: '20x30', finish: 'matte', quantity: 1 },
      checksum: { algorithm: 'sha256' },
    },
  ]);
  const { id } = await ordersConnection(database);
  expect(await world.keysOf(teamId, id)).toEqual(order.items.map(({ key }) => key));
  // Somebody's copy of a demo is theirs.
  const [page] = pages;
  if (page === undefined) throw new Error('there is no page');
  const copy = await world.drops.clone(person, { teamId, dropId: page.id }, { name: 'mine' });
  expect(copy.demo).toBe(false);
});

test('gives the order page a key that may what its jobs need, and nothing else', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  await createDemoService(world.deps).ensure(never);
  const connection = await ordersConnection(database);
  expect(connection).toMatchObject({ demo: true, state: 'active', jobs: ['ingest', 'gallery'] });
  const report = reportOf(connection.lastCheck);
  // What only a browser can try is left to one.
  expect(report.rowsIn('unknown')).toEqual(['browserPut', 'browserGet', 'browserEtag']);
  expect(report.rowsIn('excess')).toEqual([]);
  expect(report.rowsIn('missing')).toEqual([]);
  expect(report).toMatchObject({ fullAccess: false });
  expect(world.deps.bucket.iam.getUser('demo-lab')).toMatchObject({
    standing: 'policies',
    policies: [{ name: 'lab' }],
  });
});

test('lets its own pages upload, by each name of this machine, and no other site', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  await createDemoService({ ...world.deps, publicUrl: 'https://media.example.com' }).ensure(never);
  const preflight = async (origin: string) => {
    const answer = await fetch(`${world.deps.bucket.url}/demo-orders/orders/26-00001/a.jpg`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type,if-none-match,x-amz-checksum-sha256',
      },
      signal: AbortSignal.timeout(5000),
    });
    return answer.status;
  };
  expect(await preflight('https://media.example.com')).toBe(200);
  expect(await preflight('http://localhost:7400')).toBe(200);
  expect(await preflight('http://127.0.0.1:40123')).toBe(200);
  expect(await preflight('https://page.example')).toBe(403);
  expect(await preflight('http://localhost.example:7400')).toBe(403);
});

test('makes one order, however far an earlier start came', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  const { deps } = world;
  const pages = { ...deps.drops.pages, submit: killed };
  const broken = createDemoService({ ...deps, drops: { ...deps.drops, pages } });
  await expect(broken.ensure(never)).rejects.toThrow('killed');
  await createDemoService(deps).ensure(never);
  await createDemoService(deps).ensure(never);
  const orders = await ordersOf(database);
  // The draft of the start that was killed goes by itself after some days.
  expect(orders.map(({ state }) => state).toSorted()).toEqual(['draft', 'received']);
});

test('leaves a page of somebody else alone that has the name', async () => {
  await using database = await createTestDatabase();
  await using world = await createDemoWorld(database);
  await createDemoService(world.deps).ensure(never);
  const { teamId } = await ordersConnection(database);
  await database.db.updateTable('drops').set({ demo: false }).execute();
  await database.db.deleteFrom('orders').execute();
  await database.db.updateTable('firstRun').set({ finishedAt: null }).execute();
  await createDemoService(world.deps).ensure(never);
  expect(await database.db.selectFrom('drops').select(['teamId', 'demo']).execute()).toEqual([
    { teamId, demo: false },
  ]);
  expect(await ordersOf(database)).toEqual([]);
});
