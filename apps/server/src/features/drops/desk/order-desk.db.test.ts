import { countOrders, listOrders, type Drop, type Order, type OrderId } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../../tests/support/drop-scene.ts';
import { codeOf } from '../../../../../../tests/support/source-scene.ts';

let scene: DropScene;
/** On a connection that may do everything, and on one that may only put; both are checked. */
let full: Drop;
let putOnly: Drop;
beforeAll(async () => {
  scene = await createDropScene();
  const { connections, actors, teamId, connection } = scene;
  for (const { id } of [connection, scene.putOnly])
    await connections.checks.check(actors.owner, { teamId, connectionId: id });
  full = await scene.create({ connectionId: connection.id, title: 'Full prints' });
  putOnly = await scene.create({ title: 'Put-only prints' });
});
afterAll(() => scene?.[Symbol.asyncDispose]());

const at = (id: OrderId) => ({ teamId: scene.teamId, orderId: id });
const list = (query: object = {}, actor = scene.actors.member) =>
  scene.drops.desk.list(actor, scene.teamId, listOrders.query.parse(query));
const count = (query: object = {}, actor = scene.actors.member) =>
  scene.drops.desk.count(actor, scene.teamId, countOrders.query.parse(query));
const found = async (query: object) => (await list(query)).items.map(({ id }) => id);
const show = (id: OrderId) => scene.drops.desk.show(scene.actors.member, at(id));

/** An order that was sent, as the desk shows it. */
const received = async (
  drop: Drop,
  given: { name?: string; email?: string; files?: string[] } = {},
): Promise<Order> => {
  const started = await scene.start(drop);
  const files = [];
  for (const name of given.files ?? ['a.jpg']) files.push({ transferId: await scene.upload(started, name) });
  await scene.submit(started, {
    customer: { name: given.name ?? 'Zoë', ...(given.email === undefined ? {} : { email: given.email }) },
    files,
  });
  await scene.carryOut('order-manifest');
  const { items } = await list({ search: started.number });
  return show(idOf(items));
};
const idOf = ([first]: readonly { id: OrderId }[]): OrderId => {
  if (first === undefined) throw new Error('The order is not in the list.');
  return first.id;
};

describe('the list', () => {
  it('has orders newest first, in pages, and drafts only where they are asked for', async () => {
    const first = await received(full);
    const second = await received(putOnly);
    const draft = await scene.start(full);
    const { items, nextCursor } = await list({ limit: 1 });
    expect(items.map(({ id }) => id)).toEqual([second.id]);
    const next = await list({ limit: 1, cursor: nextCursor });
    expect(next.items.map(({ id }) => id)).toEqual([first.id]);
    expect((await list({ drafts: 'true', limit: 1 })).items[0]).toMatchObject({
      number: draft.number,
      state: 'draft',
      customer: { name: 'Not named yet', email: null },
      submittedAt: null,
    });
    expect((await list({ state: 'draft' })).items.map(({ number }) => number)).toEqual([draft.number]);
  });

  it('is cut to a page, a state, days and words of number, name, address and files', async () => {
    const wanted = await received(full, {
      name: 'Ærøskøbing Müller',
      email: 'muller@example.com',
      files: ['Hochzeit/IMG_0815.jpg'],
    });
    for (const search of [
      wanted.number,
      'muller',
      'Müll',
      'hochzeit',
      '815',
      'muller@example.com',
      'img 0815',
    ])
      expect(await found({ search })).toEqual([wanted.id]);
    expect(await found({ search: 'nobody' })).toEqual([]);
    expect(await found({ search: '!?' })).toEqual([]);
    expect(await found({ search: `muller' | 'zoe` })).toEqual([]);
    expect(await found({ dropId: putOnly.id })).not.toContain(wanted.id);
    expect(await found({ dropId: full.id, state: 'received' })).toContain(wanted.id);
    expect(await found({ state: 'delivered' })).toEqual([]);
    const today = wanted.submittedAt?.slice(0, 10);
    expect(await found({ from: today, until: today })).toContain(wanted.id);
    expect(await found({ until: '2020-01-01' })).toEqual([]);
    expect(await found({ from: '2999-01-01' })).toEqual([]);
  });

  it('is counted by state under the same filter, and anew once an order moves', async () => {
    const page = await scene.create({ connectionId: scene.connection.id });
    const moved = await received(page, { name: 'Counted Kierkegaard' });
    await received(page);
    await scene.start(page);
    const none = { downloaded: 0, ready: 0, delivered: 0, cancelled: 0 };
    const of = { dropId: page.id };
    expect(await count(of)).toEqual({ ...none, draft: 1, received: 2, inProduction: 0 });
    await scene.drops.desk.setState(scene.actors.member, at(moved.id), {
      state: 'inProduction',
      notify: false,
    });
    expect(await count(of)).toEqual({ ...none, draft: 1, received: 1, inProduction: 1 });
    const nothing = { ...none, draft: 0, received: 0, inProduction: 0 };
    expect(await count({ ...of, search: 'kierkegaard' })).toEqual({ ...nothing, inProduction: 1 });
    expect(await count({ ...of, search: '!?' })).toEqual(nothing);
    expect(await count({ ...of, until: '2020-01-01' })).toEqual(nothing);
    expect((await count()).inProduction).toBe(
      (await list({ state: 'inProduction', limit: 200 })).items.length,
    );
    expect(await codeOf(count({}, scene.actors.stranger))).toBe('notFound');
  });

  it('is of one team', async () => {
    const order = await received(full);
    expect(await codeOf(list({}, scene.actors.stranger))).toBe('notFound');
    const other = { teamId: scene.otherTeamId, orderId: order.id };
    expect(await codeOf(scene.drops.desk.show(scene.actors.stranger, other))).toBe('notFound');
  });
});

describe('an order', () => {
  it('shows what was sent, where it lies and who may read it', async () => {
    const order = await received(full, {
      name: 'Ann',
      email: 'ann@example.com',
      files: ['b.jpg', 'c/d.jpg'],
    });
    const prefix = `team/orders/${order.number}/`;
    expect(order).toMatchObject({
      dropTitle: 'Full prints',
      demo: false,
      customer: { name: 'Ann', email: 'ann@example.com' },
      items: [
        { name: 'b.jpg', key: `${prefix}b.jpg`, deletedAt: null },
        { name: 'c/d.jpg', key: `${prefix}c/d.jpg`, checksum: { algorithm: 'sha256' } },
      ],
      events: [{ state: 'received', by: null }],
      access: { readable: true },
      place: { bucket: 'photos', prefix, endpoint: scene.bucket.url },
      manifest: 'written',
      cloneOf: null,
      next: ['downloaded', 'inProduction', 'cancelled'],
      mails: [],
    });
    const token = order.statusUrl.split('/o/')[1] ?? '';
    expect(await scene.drops.pages.status(token)).toMatchObject({ number: order.number });
  });

  it('by a key that may only put has names and the reason why nothing more', async () => {
    const order = await received(putOnly, { files: ['e.jpg'] });
    expect(order.items).toMatchObject([{ name: 'e.jpg' }]);
    expect(order.access).toEqual({
      readable: false,
      reason: expect.stringContaining('may put objects but not read them'),
    });
    const { desk } = scene.drops;
    const { member } = scene.actors;
    const files = order.items.map(({ id }) => id);
    expect(await codeOf(desk.sign(member, at(order.id), { files, disposition: 'inline' }))).toBe('conflict');
    expect(await codeOf(desk.zip(member, at(order.id)))).toBe('conflict');
    expect((await show(order.id)).state).toBe('received');
  });

  it('moves as the table says: event, webhook and the customer’s page are one', async () => {
    const order = await received(full);
    const { desk } = scene.drops;
    const move = (state: 'inProduction' | 'ready' | 'delivered') =>
      desk.setState(scene.actors.member, at(order.id), { state, notify: true });
    expect(await move('inProduction')).toMatchObject({
      state: 'inProduction',
      events: [{ state: 'received' }, { state: 'inProduction', by: expect.stringMatching(/./) }],
    });
    expect(scene.published.at(-1)).toMatchObject({
      type: 'order.state_changed',
      data: { number: order.number, from: 'received', state: 'inProduction', dropName: full.name },
    });
    const before = scene.published.length;
    await expect(move('delivered')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('it can become “Ready”'),
    });
    expect(scene.published.length).toBe(before);
    // Two people press the button at once.
    const both = await Promise.allSettled([move('ready'), move('ready')]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(scene.published.length).toBe(before + 1);
    const token = order.statusUrl.split('/o/')[1] ?? '';
    expect((await scene.drops.pages.status(token)).state).toBe('ready');
  });

  it('has notes that the team sees; a member deletes their own', async () => {
    const order = await received(full);
    const { notes } = scene.drops.desk;
    const { member, admin, stranger } = scene.actors;
    const own = await notes.add(member, at(order.id), 'Matt paper');
    const other = await notes.add(admin, at(order.id), 'Call first');
    expect((await show(order.id)).notes).toEqual([own, other]);
    const noteAt = (id: typeof own.id) => ({ ...at(order.id), orderNoteId: id });
    expect(await codeOf(notes.delete(member, noteAt(other.id)))).toBe('forbidden');
    expect(await codeOf(notes.add(stranger, at(order.id), 'Hi'))).toBe('notFound');
    const elsewhere = await received(full);
    expect(await codeOf(notes.delete(admin, { ...noteAt(own.id), orderId: elsewhere.id }))).toBe('notFound');
    await notes.delete(member, noteAt(own.id));
    await notes.delete(admin, noteAt(other.id));
    expect((await show(order.id)).notes).toEqual([]);
  });
});

describe('files', () => {
  it('are fetched one by one straight from the bucket, under their own names, and counted', async () => {
    const order = await received(full, { files: ['Ordner/Grüße.jpg'] });
    const [file] = order.items;
    if (file === undefined) throw new Error('There is no file.');
    const sign = (disposition: 'attachment' | 'inline', files = [file.id]) =>
      scene.drops.desk.sign(scene.actors.member, at(order.id), { files, disposition });
    const [signed] = (await sign('attachment')).items;
    const answer = await fetch(signed?.url ?? '');
    expect(await answer.text()).toBe('Ordner/Grüße.jpg');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Gr__e.jpg"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.jpg`,
    );
    const shown = await fetch((await sign('inline')).items[0]?.url ?? '');
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    const elsewhere = await received(full);
    expect(
      await codeOf(
        sign(
          'inline',
          elsewhere.items.map(({ id }) => id),
        ),
      ),
    ).toBe('notFound');
    const [counted] = await scene.db
      .selectFrom('orderDownloads')
      .select(['files', 'bytes', 'provider'])
      .where('dropId', '=', full.id)
      .execute();
    expect(counted).toEqual({ files: '2', bytes: String(2 * file.size), provider: 'embedded' });
  });

  it('that a browser would run are saved and not shown', async () => {
    const order = await received(full);
    await scene.db
      .updateTable('orderFiles')
      .set({ type: 'image/svg+xml' })
      .where('orderId', '=', order.id)
      .execute();
    const files = order.items.map(({ id }) => id);
    const { items } = await scene.drops.desk.sign(scene.actors.member, at(order.id), {
      files,
      disposition: 'inline',
    });
    const answer = await fetch(items[0]?.url ?? '');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  it('come as one zip, which makes a received order downloaded and no other', async () => {
    const order = await received(full, { files: ['x.jpg', 'sub/y.jpg'] });
    const zip = () => scene.drops.desk.zip(scene.actors.member, at(order.id));
    expect(await zip()).toMatchObject({ files: 3, url: expect.stringContaining('/zips/') });
    const links = await scene.db.selectFrom('zipLinks').select('entries').execute();
    // The record before all: a file of the customer that has its name too is the one that gets a number.
    expect(links.at(-1)?.entries.map(({ name }) => name)).toEqual(['manifest.json', 'x.jpg', 'sub/y.jpg']);
    expect(await show(order.id)).toMatchObject({
      state: 'downloaded',
      events: [{ state: 'received' }, { state: 'downloaded' }],
    });
    const before = scene.published.length;
    await zip();
    expect((await show(order.id)).state).toBe('downloaded');
    expect(scene.published.length).toBe(before);
  });
});

describe('an order that is taken again', () => {
  it('has a number of its own for the same objects, which outlive the first', async () => {
    const first = await received(full, { name: 'Ida', email: 'ida@example.com', files: ['i.jpg', 'j.jpg'] });
    const before = await scene.keys();
    const inBucket = async () => (await scene.drops.show(scene.actors.member, scene.at(full))).orders.bytes;
    const bytes = await inBucket();
    const copy = await scene.drops.desk.clone(scene.actors.member, at(first.id));
    expect(copy).toMatchObject({
      cloneOf: first.id,
      state: 'received',
      customer: { name: 'Ida', email: 'ida@example.com', phone: null },
      place: { prefix: first.place.prefix },
      manifest: 'pending',
    });
    expect(copy.number).not.toBe(first.number);
    expect(copy.statusUrl).not.toBe(first.statusUrl);
    expect(copy.items.map(({ key, size }) => ({ key, size }))).toEqual(
      first.items.map(({ key, size }) => ({ key, size })),
    );
    expect(await scene.keys()).toEqual(before);
    expect(await inBucket()).toBe(bytes);
    expect(scene.published.at(-1)).toMatchObject({
      type: 'order.received',
      data: { number: copy.number, prefix: first.place.prefix, files: 2 },
    });
    await scene.carryOut('order-manifest');
    expect((await show(copy.id)).manifest).toBe('written');
    expect((await list({ search: 'ida' })).items.map(({ id }) => id)).toEqual([copy.id, first.id]);

    await scene.drops.desk.delete(scene.actors.admin, at(first.id), true);
    await scene.carryOut('order-objects');
    const keys = await scene.keys();
    for (const { key } of copy.items) expect(keys).toContain(key);
    expect(keys).not.toContain(`${first.place.prefix}manifest.json`);
    expect((await show(copy.id)).cloneOf).toBeNull();
    expect(await inBucket()).toBe(bytes);

    await scene.drops.desk.delete(scene.actors.admin, at(copy.id), true);
    expect(await inBucket()).toBe(bytes - copy.bytes);
    await scene.carryOut('order-objects');
    expect((await scene.keys()).filter((key) => key.startsWith(first.place.prefix))).toEqual([]);
  });

  it('is refused for a draft, and once the days of its files are over', async () => {
    const draft = await scene.start(full);
    // It has no words yet.
    expect(await found({ drafts: 'true', search: draft.number })).toEqual([]);
    const { items } = await list({ state: 'draft', limit: 1 });
    const clone = (id: OrderId) => codeOf(scene.drops.desk.clone(scene.actors.member, at(id)));
    expect(await clone(idOf(items))).toBe('conflict');
    const over = await received(full);
    await scene.db
      .updateTable('orders')
      .set({ filesUntil: scene.clock.now() })
      .where('id', '=', over.id)
      .execute();
    expect(await clone(over.id)).toBe('conflict');
  });
});

describe('deleting', () => {
  it('is an admin’s, and leaves the files unless they are to go too', async () => {
    const order = await received(full, { files: ['k.jpg'] });
    const { desk } = scene.drops;
    expect(await codeOf(desk.delete(scene.actors.member, at(order.id), false))).toBe('forbidden');
    await desk.delete(scene.actors.admin, at(order.id), false);
    expect(await codeOf(show(order.id))).toBe('notFound');
    expect(await scene.keys()).toContain(`${order.place.prefix}k.jpg`);
  });

  it('of files takes them and the manifest, and nothing that is another’s', async () => {
    const order = await received(full, { files: ['l.jpg', 'victim.jpg'] });
    const { prefix } = order.place;
    // As if somebody had named the key of an object that was there before.
    const victim = order.items.find(({ name }) => name === 'victim.jpg');
    await scene.db
      .updateTable('transfers')
      .set({ etag: 'whatever' })
      .where('name', '=', victim?.name ?? '')
      .execute();
    await scene.drops.desk.delete(scene.actors.admin, at(order.id), true);
    await scene.carryOut('order-objects');
    expect((await scene.keys()).filter((key) => key.startsWith(prefix))).toEqual([`${prefix}victim.jpg`]);
  });

  it('of an order whose manifest could not be written leaves the one that is there', async () => {
    const order = await received(full, { files: ['m.jpg'] });
    await scene.db.updateTable('orders').set({ manifest: 'failed' }).where('id', '=', order.id).execute();
    await scene.drops.desk.delete(scene.actors.admin, at(order.id), true);
    await scene.carryOut('order-objects');
    const { prefix } = order.place;
    expect((await scene.keys()).filter((key) => key.startsWith(prefix))).toEqual([`${prefix}manifest.json`]);
  });

  it('of files is refused where the connection may not, and nothing is lost', async () => {
    const order = await received(putOnly);
    const { desk } = scene.drops;
    await expect(desk.delete(scene.actors.admin, at(order.id), true)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('may not delete objects'),
    });
    expect((await show(order.id)).manifest).toBe('written');
    await desk.delete(scene.actors.admin, at(order.id), false);
  });
});

describe('states', () => {
  it('are called what the team calls them, on the customer’s page too', async () => {
    const { stateLabels, pages } = scene.drops;
    const { member, admin } = scene.actors;
    const labels = await stateLabels.show(member, scene.teamId);
    expect(labels.inProduction).toBe('In production');
    const named = { ...labels, received: 'On our desk' };
    expect(await codeOf(stateLabels.set(member, scene.teamId, named))).toBe('forbidden');
    expect(await stateLabels.set(admin, scene.teamId, named)).toEqual(named);
    const order = await received(full);
    const token = order.statusUrl.split('/o/')[1] ?? '';
    expect((await pages.status(token)).stateLabel).toBe('On our desk');
    expect(await stateLabels.set(admin, scene.teamId, labels)).toEqual(labels);
    expect((await pages.status(token)).stateLabel).toBe('Received');
  });
});
