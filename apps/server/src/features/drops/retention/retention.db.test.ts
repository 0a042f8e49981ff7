import {
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
  S3Client,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { createConnection, type Connection, type Drop, type OrderId } from '@windlass/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../../tests/support/drop-scene.ts';

const signal = AbortSignal.timeout(110_000);
const days = 10;

const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });

let scene: DropScene;
let owner: S3Client;
/** May put, and read the bucket's rules. */
let ruled: Connection;
beforeAll(async () => {
  scene = await createDropScene();
  const { bucket, connections, actors, teamId, credentials, connection, putOnly } = scene;
  owner = new S3Client({ endpoint: bucket.url, region: 'us-east-1', forcePathStyle: true, credentials });
  await bucket.iam.createUser({ name: 'ruled' });
  await bucket.iam.putPolicy(
    { user: 'ruled' },
    'own',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        allow('s3:PutObject', 'arn:aws:s3:::photos/ruled/*'),
        allow('s3:GetLifecycleConfiguration', 'arn:aws:s3:::photos'),
      ],
    }),
  );
  ruled = await connections.create(
    actors.owner,
    teamId,
    createConnection.body.parse({
      name: 'ruled',
      provider: 'embedded',
      bucket: 'photos',
      endpoint: bucket.url,
      addressing: 'path',
      prefix: 'ruled/',
      jobs: ['ingest'],
      credentials: await bucket.iam.createAccessKey('ruled'),
    }),
  );
  for (const { id } of [connection, putOnly, ruled])
    await connections.checks.check(actors.owner, { teamId, connectionId: id });
});
afterEach(() => setRules([]));
afterAll(async () => {
  owner?.destroy();
  await scene?.[Symbol.asyncDispose]();
});

const setRules = async (Rules: LifecycleRule[]): Promise<void> => {
  const rest: LifecycleRule = {
    ID: 'rest',
    Status: 'Enabled',
    Filter: { Prefix: 'elsewhere/' },
    Expiration: { Days: 1 },
  };
  const LifecycleConfiguration = { Rules: [rest, ...Rules] };
  await owner.send(new PutBucketLifecycleConfigurationCommand({ Bucket: 'photos', LifecycleConfiguration }));
};
const ordersRule = (Days: number): LifecycleRule => ({
  ID: 'orders',
  Status: 'Enabled',
  Filter: { Prefix: 'ruled/orders/' },
  Expiration: { Days },
});

const dropOn = (connection: Connection, changes: object = {}): Promise<Drop> =>
  scene.create({ connectionId: connection.id, retentionDays: days, ...changes });
const check = (drop: Drop) => scene.drops.checkRetention(scene.actors.admin, scene.at(drop), signal);
const at = (orderId: OrderId) => ({ teamId: scene.teamId, orderId });
const show = (id: OrderId) => scene.drops.desk.show(scene.actors.member, at(id));
const rowOf = (id: OrderId) =>
  scene.db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/** An order that was sent with two files, and one more that its customer removed. */
const received = async (drop: Drop): Promise<OrderId> => {
  const started = await scene.start(drop);
  const files = [];
  for (const name of ['a.jpg', 'b/c.jpg']) files.push({ transferId: await scene.upload(started, name) });
  const removed = [await scene.upload(started, 'left-out.jpg')];
  await scene.submit(started, { files, removed });
  await scene.carryOut('order-manifest');
  const { id } = await scene.db
    .selectFrom('orders')
    .select('id')
    .where('number', '=', started.number)
    .executeTakeFirstOrThrow();
  return id;
};
/** Lets the days pass, and what is done every hour be done. */
const pass = async (): Promise<void> => {
  scene.clock.forward({ days });
  await scene.carryOut('order-retention');
  await scene.drops.retention.endFiles(signal);
};
const nextHour = async (): Promise<void> => {
  scene.clock.forward({ minutes: 60 });
  await scene.drops.retention.endFiles(signal);
};
const keysOf = async (prefix: string): Promise<string[]> =>
  (await scene.keys()).filter((key) => key.startsWith(prefix));
const told = () => scene.published.filter(({ type }) => type === 'order.retention_done');

describe('a page', () => {
  it('whose connection may delete needs no rule', async () => {
    expect((await check(await dropOn(scene.connection))).retention).toMatchObject({
      state: 'deletes',
      detail: expect.stringContaining('10 days after their order was sent'),
      lifecycleRule: null,
      checkedAt: scene.clock.now().toISOString(),
    });
  });

  it('that nobody has looked at for a day is looked at by itself', async () => {
    const { retention } = scene.drops;
    const kept = await scene.create({ connectionId: scene.connection.id });
    const drop = await dropOn(scene.connection);
    expect(drop.retention).toMatchObject({ state: 'unknown', checkedAt: null });
    expect(await retention.lookAgain(signal)).toBeGreaterThan(0);
    const shown = (of: Drop) => scene.drops.show(scene.actors.member, scene.at(of));
    const first = scene.clock.now().toISOString();
    expect((await shown(drop)).retention).toMatchObject({ state: 'deletes', checkedAt: first });
    expect((await shown(kept)).retention).toMatchObject({ state: 'none', checkedAt: null });
    scene.clock.forward({ minutes: 60 });
    expect(await retention.lookAgain(signal)).toBe(0);
    scene.clock.forward({ days: 1 });
    await retention.lookAgain(signal);
    expect((await shown(drop)).retention.checkedAt).toBe(scene.clock.now().toISOString());
  });

  it('whose connection may not is told which rule is missing, until the bucket has it', async () => {
    const drop = await dropOn(ruled);
    expect(drop.retention).toMatchObject({ state: 'unknown', checkedAt: null });
    const { retention } = await check(drop);
    expect(retention.state).toBe('missingRule');
    const { Rules } = JSON.parse(retention.lifecycleRule ?? '') as { Rules: LifecycleRule[] };
    expect(Rules).toMatchObject([{ Filter: { Prefix: 'ruled/orders/' }, Expiration: { Days: days } }]);

    await setRules([ordersRule(90)]);
    expect((await check(drop)).retention).toMatchObject({
      state: 'missingRule',
      detail: expect.stringContaining('“orders” (90 days) deletes them later'),
    });
    await setRules(Rules);
    expect((await check(drop)).retention).toMatchObject({ state: 'lifecycle', lifecycleRule: null });
    await setRules([ordersRule(3)]);
    expect((await check(drop)).retention).toMatchObject({
      state: 'lifecycle',
      detail: expect.stringContaining('earlier than the 10 days'),
    });
  });

  it('whose connection sees no rules is given one, and is told that nobody can see it', async () => {
    expect((await check(await dropOn(scene.putOnly))).retention).toMatchObject({
      state: 'unknown',
      detail: expect.stringContaining('nor read the lifecycle rules'),
      lifecycleRule: expect.stringContaining('put-only/orders/'),
    });
  });

  it('is warned of others whose files a rule would delete too', async () => {
    await scene.create({ connectionId: ruled.id, title: 'Albums for ever' });
    const { retention } = await check(await dropOn(ruled));
    expect(retention.detail).toContain('“Albums for ever”');
  });

  it('keeps files where no days are set, and looks again when they are changed', async () => {
    const drop = await dropOn(scene.connection);
    await check(drop);
    const edited = await scene.edit(drop, { retentionDays: 20 });
    expect(edited.retention).toMatchObject({ state: 'unknown', checkedAt: null });
    expect((await scene.edit(drop, { retentionDays: null })).retention.state).toBe('none');
  });
});

describe('when the days of an order are over', () => {
  it('its files go, what was left out and the manifest too; order and webhook say so once', async () => {
    const id = await received(await dropOn(scene.connection));
    const { place } = await show(id);
    expect(await keysOf(place.prefix)).toHaveLength(4);
    await scene.drops.retention.endFiles(signal);
    expect(await keysOf(place.prefix)).toHaveLength(4);

    const before = told().length;
    await pass();
    expect(await keysOf(place.prefix)).toEqual([]);
    const order = await show(id);
    expect(order).toMatchObject({
      filesDeletedAt: scene.clock.now().toISOString(),
      access: { readable: false, reason: expect.stringContaining('they were deleted') },
      items: [{ deletedAt: scene.clock.now().toISOString() }, { name: 'b/c.jpg' }],
    });
    expect(await rowOf(id)).toMatchObject({ retentionHow: 'deleted', retentionTrouble: null });
    expect(told().slice(before)).toMatchObject([{ data: { orderId: id, how: 'deleted', files: 2 } }]);
    const token = order.statusUrl.split('/o/')[1] ?? '';
    expect((await scene.drops.pages.status(token)).filesDeletedAt).toBe(order.filesDeletedAt);
    await nextHour();
    expect(told().length).toBe(before + 1);
  });

  it('objects stay for as long as a repeated order has them', async () => {
    const first = await received(await dropOn(scene.connection));
    const { place } = await show(first);
    scene.clock.forward({ days: 5 });
    const copy = await scene.drops.desk.clone(scene.actors.member, at(first));
    await scene.carryOut('order-manifest');
    scene.clock.forward({ days: 5 });
    await scene.drops.retention.endFiles(signal);
    expect(await keysOf(place.prefix)).toEqual([`${place.prefix}a.jpg`, `${place.prefix}b/c.jpg`]);
    expect((await show(first)).filesDeletedAt).not.toBeNull();
    expect((await show(copy.id)).access.readable).toBe(true);
    scene.clock.forward({ days: 5 });
    await scene.drops.retention.endFiles(signal);
    expect(await keysOf(place.prefix)).toEqual([]);
    expect(await rowOf(copy.id)).toMatchObject({ retentionHow: 'deleted' });
  });

  it('of two that end at once, the objects go and nothing is left over', async () => {
    const first = await received(await dropOn(scene.connection));
    const { place } = await show(first);
    const copy = await scene.drops.desk.clone(scene.actors.member, at(first));
    scene.clock.forward({ days });
    const { retention } = scene.drops;
    await Promise.all([retention.endFiles(signal), retention.endFiles(signal)]);
    await nextHour();
    expect(await keysOf(place.prefix)).toEqual([]);
    for (const id of [first, copy.id]) expect((await rowOf(id)).retentionHow).toBe('deleted');
  });

  it('what fails in the middle is gone on with in the next hour, and said to be done when it is', async () => {
    const id = await received(await dropOn(scene.connection));
    const { place } = await show(id);
    const [held] = await scene.db
      .selectFrom('orderFiles')
      .selectAll()
      .where('orderId', '=', id)
      .where('name', '=', 'b/c.jpg')
      .execute();
    if (held === undefined) throw new Error('There is no file.');
    // Of another size than what is there: the one object that stays.
    const change = (size: number) =>
      scene.db.updateTable('orderFiles').set({ size }).where('id', '=', held.id).execute();
    await change(1100);
    const before = told().length;
    await pass();
    expect(await rowOf(id)).toMatchObject({ filesDeletedAt: null, retentionTrouble: expect.any(String) });
    expect(told().length).toBe(before);
    // Not before the hour is over.
    await change(Number(held.size));
    await scene.drops.retention.endFiles(signal);
    expect((await rowOf(id)).filesDeletedAt).toBeNull();
    await nextHour();
    expect(await keysOf(place.prefix)).toEqual([]);
    expect(await rowOf(id)).toMatchObject({ retentionHow: 'deleted', retentionTrouble: null });
    expect(told().length).toBe(before + 1);
  });

  it('what was written over since stays, and nothing is said to be done', async () => {
    const id = await received(await dropOn(scene.connection));
    const { place } = await show(id);
    await owner.send(
      new PutObjectCommand({ Bucket: 'photos', Key: `${place.prefix}a.jpg`, Body: 'retouched' }),
    );
    const before = told().length;
    await pass();
    expect(await keysOf(place.prefix)).toEqual([`${place.prefix}a.jpg`]);
    expect(await rowOf(id)).toMatchObject({
      filesDeletedAt: null,
      retentionTrouble: expect.stringContaining('One object under the keys of this order'),
    });
    expect(told().length).toBe(before);
  });

  it('the manifest of another order stays', async () => {
    const id = await received(await dropOn(scene.connection));
    const { place } = await show(id);
    const key = `${place.prefix}manifest.json`;
    await owner.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: '{"orderId": "ord_other"}' }));
    await pass();
    expect(await keysOf(place.prefix)).toEqual([key]);
  });

  it('a connection that only puts leaves them to the rule of the bucket, and says so', async () => {
    const id = await received(await dropOn(scene.putOnly));
    const before = told().length;
    await pass();
    expect(await rowOf(id)).toMatchObject({ retentionHow: 'lifecycle' });
    expect(told().slice(before)).toMatchObject([{ data: { orderId: id, how: 'lifecycle' } }]);
    const order = await show(id);
    expect(order.access.reason).toContain('lifecycle rule');
    expect(order.items.map(({ deletedAt }) => deletedAt)).toEqual([null, null]);
  });

  it('nothing is said to be done while no rule does it', async () => {
    const id = await received(await dropOn(ruled));
    const before = told().length;
    await pass();
    expect(await rowOf(id)).toMatchObject({
      filesDeletedAt: null,
      retentionTrouble: expect.stringContaining('no lifecycle rule'),
    });
    expect(told().length).toBe(before);
    await setRules([ordersRule(days)]);
    await nextHour();
    expect(await rowOf(id)).toMatchObject({ retentionHow: 'lifecycle', retentionTrouble: null });
    expect(told().length).toBe(before + 1);
  });
});
