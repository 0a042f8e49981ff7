import { listOrders, type Drop, type Order, type OrderId } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../../tests/support/drop-scene.ts';
import { createPictureParts } from '../../images/picture-parts.ts';

const imagesUrl = 'https://images.example.com';

let scene: DropScene;
let full: Drop;
let putOnly: Drop;
beforeAll(async () => {
  scene = await createDropScene();
  for (const { id } of [scene.connection, scene.putOnly]) await check(id);
  full = await scene.create({ connectionId: scene.connection.id });
  putOnly = await scene.create();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

const check = (connectionId: Drop['connectionId']) =>
  scene.connections.checks.check(scene.actors.owner, { teamId: scene.teamId, connectionId });
const at = (id: OrderId) => ({ teamId: scene.teamId, orderId: id });
const show = (id: OrderId): Promise<Order> => scene.drops.desk.show(scene.actors.member, at(id));

const received = async (drop: Drop, names = ['a.jpg']): Promise<Order> => {
  const started = await scene.start(drop);
  const files = [];
  for (const name of names) files.push({ transferId: await scene.upload(started, name) });
  await scene.submit(started, { files });
  const query = listOrders.query.parse({ search: started.number });
  const { items } = await scene.drops.desk.list(scene.actors.member, scene.teamId, query);
  const [found] = items;
  if (found === undefined) throw new Error('The order is not in the list.');
  return show(found.id);
};
const urlOf = ({ items: [file] }: Order): string => {
  if (file?.thumbnailUrl == null) throw new Error('The file has no picture.');
  return file.thumbnailUrl;
};

/** As the images listener reads a URL: the key of the original, or why there is no picture. */
const read = async (url: string): Promise<string> => {
  const parts = createPictureParts({
    resolveSource: scene.drops.pictures.resolveSource,
    openOrigin: async ({ originId: id }) => ({ id, open: () => never(), head: () => never() }),
    imagesHost: null,
    now: () => scene.clock.now().getTime(),
  });
  const target = url.replace(imagesUrl, '');
  try {
    const { key, source } = await parts.read({
      target,
      host: 'images.example.com',
      client: { accept: '', saveData: false },
    });
    return source.origin.kind === 'connection' ? `${source.origin.connectionId} ${key}` : 'elsewhere';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
const never = () => Promise.reject(new Error('No byte is asked for here.'));

const refused = 'Invalid signature';
const gone = 'No such source';

describe('pictures of an order', () => {
  it('are signed for its files, and for nothing else', async () => {
    const order = await received(full, ['Büro/a b.jpg', 'b.jpg']);
    const [first, second] = order.items;
    const url = urlOf(order);
    expect(url).toContain(`${imagesUrl}/${order.id}/orders/`);
    expect(await read(url)).toMatch(new RegExp(`^${scene.connection.id} orders/.*a b\\.jpg$`));
    expect(await read(first?.previewUrl ?? '')).toBe(await read(url));
    expect(await read(second?.thumbnailUrl ?? '')).toMatch(/b\.jpg$/);

    expect(await read(url.replace('width=400', 'width=4000'))).toBe(refused);
    expect(await read(url.replace(/expires=\d+/, 'expires=9999999999'))).toBe(refused);
    expect(await read(url.replace(/&signature=.*/, ''))).toBe(refused);
    expect(await read(url.replace(/a%20b\.jpg/, 'b.jpg'))).toBe(refused);
    expect(await read(url.replace(/orders\/.*\?/, '.windlass/secret.jpg?'))).toBe(refused);
  });

  it('end with their time, and are the same for two hours so that browsers keep them', async () => {
    const order = await received(full);
    const url = urlOf(order);
    const expires = Number(/expires=(\d+)/.exec(url)?.[1]);
    const left = expires * 1000 - scene.clock.now().getTime();
    expect(left).toBeGreaterThan(2 * 60 * 60 * 1000);
    expect(left).toBeLessThanOrEqual(4 * 60 * 60 * 1000);
    expect(urlOf(await show(order.id))).toBe(url);
    scene.clock.forward({ seconds: left / 1000 - 10 });
    expect(await read(url)).toMatch(/a\.jpg$/);
    expect(urlOf(await show(order.id))).not.toBe(url);
    scene.clock.forward({ seconds: 10 });
    expect(await read(url)).toBe('This URL has expired');
  });

  it('of one order open no file of another, whether it is of the same connection or not', async () => {
    const [one, other] = [await received(full), await received(full)];
    const elsewhere = await received(await scene.create({ connectionId: (await readable('elsewhere')).id }));
    for (const { id } of [other, elsewhere]) expect(await read(urlOf(one).replace(one.id, id))).toBe(refused);
    // Also where the order itself moves to another connection, whose bucket has such a key too.
    await scene.db
      .updateTable('orders')
      .set({ connectionId: scene.putOnly.id })
      .where('id', '=', other.id)
      .execute();
    await allowReading(true);
    expect(await read(urlOf(other))).toBe(refused);
    await allowReading(false);
  });

  it('are there for a repeated order by URLs of its own', async () => {
    const first = await received(full);
    const again = await scene.drops.desk.clone(scene.actors.member, at(first.id));
    expect(urlOf(again)).not.toBe(urlOf(first));
    expect(await read(urlOf(again))).toBe(await read(urlOf(first)));
  });

  it('are not there where the connection may not read, and end when it may no longer', async () => {
    expect((await received(putOnly)).items[0]).toMatchObject({ thumbnailUrl: null, previewUrl: null });
    await allowReading(true);
    const order = await received(putOnly);
    expect(await read(urlOf(order))).toMatch(/a\.jpg$/);
    await allowReading(false);
    expect(await read(urlOf(order))).toBe(gone);
    expect((await show(order.id)).items[0]).toMatchObject({ thumbnailUrl: null, previewUrl: null });
  });

  it('end with the files, with the connection, and with the order', async () => {
    const [days, unconnected, deleted] = [await received(full), await received(full), await received(full)];
    const change = (id: OrderId, values: object) =>
      scene.db.updateTable('orders').set(values).where('id', '=', id).execute();
    await change(days.id, { filesDeletedAt: scene.clock.now(), retentionHow: 'deleted' });
    await change(unconnected.id, { connectionId: null });
    await scene.drops.desk.delete(scene.actors.admin, at(deleted.id), false);
    for (const order of [days, unconnected, deleted]) expect(await read(urlOf(order))).toBe(gone);
    for (const { id } of [days, unconnected]) expect((await show(id)).items[0]?.thumbnailUrl).toBeNull();
  });

  it('are not promised of what is no picture, nor of a file that is gone', async () => {
    const order = await received(full, ['a.jpg', 'b.bin', 'c.heic', 'd.pdf', 'e.jpg']);
    const types = ['image/jpeg', 'application/octet-stream', 'application/octet-stream', 'application/pdf'];
    const rows = scene.db.updateTable('orderFiles').where('orderId', '=', order.id);
    for (const [position, type] of types.entries())
      await rows.set({ type }).where('position', '=', position).execute();
    await rows.set({ deletedAt: scene.clock.now() }).where('position', '=', 4).execute();
    const { items } = await show(order.id);
    expect(items.map(({ thumbnailUrl }) => thumbnailUrl !== null)).toEqual([true, false, true, true, false]);
  });

  it('are no source for whoever asks for one by another name', async () => {
    for (const name of ['', 'demo', scene.connection.id, 'ord_', 'ord_01kazq8v3kf2wvpn2d8m6b3c9t'])
      expect(await scene.drops.pictures.resolveSource(name)).toBeNull();
  });
});

/** A connection below a prefix of its own that may do everything, and is checked. */
const readable = async (name: string) => {
  const connection = await scene.connect(name, `${name}/`);
  await check(connection.id);
  return connection;
};

/** Gives the put-only key the right to read, or takes it away, and has a check find that out. */
const allowReading = async (allowed: boolean): Promise<void> => {
  const statement = (Action: string, Resource: string) => ({
    Effect: allowed ? 'Allow' : 'Deny',
    Action,
    Resource,
  });
  const policy = {
    Version: '2012-10-17',
    Statement: [
      statement('s3:GetObject', 'arn:aws:s3:::photos/put-only/*'),
      // S3 answers 403 for a key that is not there unless one may list, and no check could tell.
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::photos' },
    ],
  };
  await scene.bucket.iam.putPolicy({ user: 'put-only' }, 'read', JSON.stringify(policy));
  await check(scene.putOnly.id);
};
