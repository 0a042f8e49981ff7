import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { saveOrderDraft, type Drop } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../tests/support/drop-scene.ts';
import { codeOf } from '../../../../../tests/support/source-scene.ts';

let scene: DropScene;
let reader: S3Client;
beforeAll(async () => {
  scene = await createDropScene();
  const { bucket, credentials } = scene;
  reader = new S3Client({ endpoint: bucket.url, region: 'us-east-1', forcePathStyle: true, credentials });
});
afterAll(async () => {
  reader?.destroy();
  await scene?.[Symbol.asyncDispose]();
});

const fields = [
  { id: 'event', kind: 'text', label: 'Event', required: true },
  { id: 'copies', kind: 'number', label: 'Copies', scope: 'file', min: 1, initial: 1 },
];
const statusTokenOf = (url: string): string => url.split('/o/')[1] ?? '';
const textOf = async (key: string): Promise<string> => {
  const { Body } = await reader.send(new GetObjectCommand({ Bucket: 'photos', Key: key }));
  return (await Body?.transformToString()) ?? '';
};
const inMinutes = (minutes: number): string =>
  new Date(scene.clock.now().getTime() + minutes * 60_000).toISOString();
/** An order with one file, as it is sent. */
const fullOrder = async (drop: Drop) => {
  const started = await scene.start(drop);
  const transferId = await scene.upload(started, 'a.jpg');
  return { started, order: { files: [{ transferId }], answers: { event: 'Wedding' } } };
};
const orderRow = (number: string) =>
  scene.db.selectFrom('orders').selectAll().where('number', '=', number).executeTakeFirstOrThrow();

describe('an order by a key that may do nothing but put', () => {
  it('goes from the page to its receipt, its manifest and its status', async () => {
    const drop = await scene.create({
      fields,
      consentText: 'I may have these printed.',
      retentionDays: 30,
      customerEmail: 'required',
    });
    const page = await scene.drops.pages.page(drop.name);
    expect(page.sendsMail).toBe(false);
    expect(page).toMatchObject({ title: 'Order prints', phase: 'open', formVersion: 1, fields });
    expect(JSON.stringify(page)).not.toMatch(/maxOrdersPerDay|notify|connection/);

    const started = await scene.start(drop);
    expect(started.number).toMatch(/^\d\d-\d{5}$/);
    expect(started.orderToken).toMatch(/^wo_/);
    expect(started.uploadToken).toMatch(/^wu_/);
    const first = await scene.upload(started, 'Müller/IMG_0001.jpg', 'one');
    const second = await scene.upload(started, 'IMG_0002.jpg', 'number two');

    const customer = { name: 'Zoë Müller', email: 'zoe@example.com' };
    const receipt = await scene.submit(started, {
      customer,
      consent: true,
      answers: { event: 'Wedding' },
      files: [{ transferId: second, options: { copies: 3 } }, { transferId: first }],
    });
    expect(receipt).toMatchObject({
      number: started.number,
      late: false,
      mailed: false,
      bytes: 13,
      customer: { ...customer, phone: null },
      files: [
        { name: 'IMG_0002.jpg', size: 10, options: { copies: 3 }, checksum: { algorithm: 'sha256' } },
        { name: 'Müller/IMG_0001.jpg', size: 3, options: {} },
      ],
    });
    const until = new Date(receipt.submittedAt).getTime() + 30 * 24 * 60 * 60 * 1000;
    expect(receipt.filesUntil).toBe(new Date(until).toISOString());

    await scene.carryOut('order-manifest');
    const prefix = `put-only/orders/${started.number}/`;
    const manifest: unknown = JSON.parse(await textOf(`${prefix}manifest.json`));
    expect(manifest).toMatchObject({
      schemaVersion: 1,
      number: started.number,
      drop: { name: drop.name, title: 'Order prints' },
      customer,
      form: { version: 1, fields: [{ label: 'Event' }, { label: 'Copies' }] },
      answers: { event: 'Wedding' },
      files: [
        { key: `${prefix}IMG_0002.jpg`, size: 10, options: { copies: 3 } },
        { key: `${prefix}Müller/IMG_0001.jpg`, size: 3 },
      ],
      consent: { text: 'I may have these printed.' },
      filesUntil: receipt.filesUntil,
    });
    expect(await textOf(`${prefix}IMG_0002.jpg`)).toBe('number two');
    expect((await orderRow(started.number)).manifest).toBe('written');

    const status = await scene.drops.pages.status(statusTokenOf(started.statusUrl));
    expect(status).toMatchObject({ state: 'received', stateLabel: 'Received', bytes: 13 });
    expect(status.steps.map(({ state, at }) => [state, at !== null])).toEqual([
      ['received', true],
      ['downloaded', false],
      ['inProduction', false],
      ['ready', false],
      ['delivered', false],
    ]);
    expect(JSON.stringify(status)).not.toMatch(/zoe@example|Zoë|put-only/);

    expect(scene.published.at(-1)).toMatchObject({
      type: 'order.received',
      data: { number: started.number, files: 2, bytes: 13, late: false, bucket: 'photos', prefix },
    });
  });

  it('is answered with the same receipt when it is sent again, and told of once', async () => {
    const { started, order } = await fullOrder(await scene.create({ fields }));
    const before = scene.published.length;
    const [one, other] = await Promise.all([scene.submit(started, order), scene.submit(started, order)]);
    expect(other).toEqual(one);
    expect(await scene.submit(started, {})).toEqual(one);
    expect(scene.published.length).toBe(before + 1);
    expect(scene.enqueued.filter(({ queue }) => queue === 'order-manifest')).toHaveLength(1);
    await scene.carryOut('order-manifest');
  });

  it('finds the manifest of an earlier try, and writes no second', async () => {
    const { started, order } = await fullOrder(await scene.create({ fields }));
    await scene.submit(started, order);
    const again = [...scene.enqueued];
    await scene.carryOut('order-manifest');
    await scene.db
      .updateTable('orders')
      .set({ manifest: 'pending' })
      .where('number', '=', started.number)
      .execute();
    scene.enqueued.push(...again);
    await scene.carryOut('order-manifest');
    expect((await orderRow(started.number)).manifest).toBe('written');
  });

  it('says that its manifest failed, and is tried again', async () => {
    const drop = await scene.create({ fields });
    const { started, order } = await fullOrder(drop);
    await scene.submit(started, order);
    const again = [...scene.enqueued];
    await scene.bucket.iam.putPolicy(
      { user: 'put-only' },
      'no',
      JSON.stringify({ Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] }),
    );
    await expect(scene.carryOut('order-manifest')).rejects.toMatchObject({ code: 'originFailed' });
    expect(await orderRow(started.number)).toMatchObject({ manifest: 'failed' });
    await scene.bucket.iam.deletePolicy({ user: 'put-only' }, 'no');
    scene.enqueued.push(...again);
    await scene.carryOut('order-manifest');
    expect(await orderRow(started.number)).toMatchObject({ manifest: 'written', manifestTrouble: null });
  });
});

describe('what is sent', () => {
  it('is held against the form as a whole, each fault with its place', async () => {
    const drop = await scene.create({ fields, consentText: 'Yes', customerPhone: 'required' });
    const started = await scene.start(drop);
    const transferId = await scene.upload(started, 'a.jpg');
    const faults = await scene
      .submit(started, { files: [{ transferId, options: { copies: 0, colour: 'x' } }] })
      .catch((error: unknown) => error);
    expect(faults).toMatchObject({ code: 'invalidRequest', status: 400 });
    expect((faults as { errors: { path: string }[] }).errors.map(({ path }) => path).toSorted()).toEqual([
      'answers.event',
      'consent',
      'customer.phone',
      'files.0.options.colour',
      'files.0.options.copies',
    ]);
    // Nothing of it was done: the customer goes on.
    expect((await scene.drops.pages.drafts.show(started.orderToken)).submittedAt).toBeNull();
    await scene.upload(started, 'b.jpg');
  });

  it('is judged by the form that it was begun with', async () => {
    const drop = await scene.create({ fields });
    const { started, order } = await fullOrder(drop);
    const edited = await scene.edit(drop, { fields: [{ ...fields[0], id: 'other' }] });
    expect(edited.formVersion).toBe(2);
    expect((await scene.submit(started, order)).answers).toEqual({ event: 'Wedding' });
  });

  it('waits for files that are still coming, and knows no file of another order', async () => {
    const drop = await scene.create();
    const { started } = await fullOrder(drop);
    const other = await fullOrder(drop);
    const grant = await scene.transfers.grantOf(started.uploadToken);
    const [pending] = await scene.transfers
      .uploads(grant)
      .create([{ name: 'late.jpg', size: 4, type: 'image/jpeg' }], AbortSignal.timeout(10_000));
    const open = pending?.upload?.id;
    expect(await codeOf(scene.submit(started, { files: [{ transferId: open }] }))).toBe('uploadIncomplete');
    expect(await codeOf(scene.submit(started, { files: other.order.files }))).toBe('uploadIncomplete');
    expect(await codeOf(scene.submit(started, { files: [] }))).toBe('invalidRequest');
  });

  it('leaves out what came but is not named; nothing comes after it', async () => {
    const drop = await scene.create();
    const { started, order } = await fullOrder(drop);
    await scene.upload(started, 'unwanted.jpg');
    const receipt = await scene.submit(started, { files: order.files });
    expect(receipt.files.map(({ name }) => name)).toEqual(['a.jpg']);
    const { id } = await orderRow(started.number);
    const rows = await scene.db.selectFrom('orderFiles').selectAll().where('orderId', '=', id).execute();
    expect(rows.map((row) => [row.name, row.leftOutAt === null])).toEqual([
      ['a.jpg', true],
      ['unwanted.jpg', false],
    ]);
    await expect(scene.upload(started, 'too-late.jpg')).rejects.toMatchObject({ code: 'grantInvalid' });
  });

  it('thanks nobody for files that it was sent without', async () => {
    const { started, order } = await fullOrder(await scene.create());
    const transferId = await scene.upload(started, 'b.jpg');
    await scene.submit(started, { files: order.files });
    await expect(scene.submit(started, { files: [{ transferId }] })).rejects.toMatchObject({
      code: 'conflict',
      message: `Order ${started.number} was sent already, without one of these files.`,
    });
    expect((await scene.submit(started, { files: order.files })).files).toHaveLength(1);
  });

  it('keeps no address that the page does not ask for', async () => {
    const { started, order } = await fullOrder(await scene.create({ customerEmail: 'off' }));
    const receipt = await scene.submit(started, {
      files: order.files,
      customer: { name: 'Zoë', email: 'zoe@example.com', phone: '1' },
    });
    expect(receipt.customer).toEqual({ name: 'Zoë', email: null, phone: null });
  });

  it.each(['manifest.json', '../x.jpg', 'a\u202egpj.exe'])('holds no file called %j', async (name) => {
    const started = await scene.start(await scene.create());
    await expect(scene.upload(started, name)).rejects.toThrow(/name|manifest/);
  });
});

describe('a draft', () => {
  it('keeps what was filled in so far, and what is not named stays', async () => {
    const drop = await scene.create({ fields });
    const started = await scene.start(drop);
    const transferId = await scene.upload(started, 'a.jpg');
    const { drafts } = scene.drops.pages;
    const save = (given: object) => drafts.save(started.orderToken, saveOrderDraft.body.parse(given));
    await save({ customer: { name: 'Zoë', email: 'zoe@' }, answers: { event: 'Wed' } });
    await save({ files: [{ transferId, options: { copies: 2 } }] });
    expect(await save({ customer: { phone: '1' } })).toMatchObject({
      number: started.number,
      customer: { name: 'Zoë', email: 'zoe@', phone: '1' },
      answers: { event: 'Wed' },
      files: [{ transferId, name: 'a.jpg', received: true, options: { copies: 2 } }],
      submittedAt: null,
    });
  });

  it('is over for its customer when it was sent', async () => {
    const { started, order } = await fullOrder(await scene.create());
    await scene.submit(started, { files: order.files });
    const { drafts } = scene.drops.pages;
    expect(await codeOf(drafts.save(started.orderToken, { answers: {} }))).toBe('conflict');
    expect(await codeOf(drafts.cancel(started.orderToken))).toBe('conflict');
    expect((await drafts.show(started.orderToken)).files).toHaveLength(1);
  });

  it('is gone at once when it is cancelled; its files go where the connection may delete', async () => {
    const drop = await scene.create({ connectionId: scene.connection.id });
    const { started } = await fullOrder(drop);
    const key = `team/orders/${started.number}/a.jpg`;
    expect(await scene.keys()).toContain(key);
    await scene.drops.pages.drafts.cancel(started.orderToken);
    expect(await codeOf(scene.drops.pages.drafts.show(started.orderToken))).toBe('notFound');
    expect(await codeOf(scene.drops.pages.status(statusTokenOf(started.statusUrl)))).toBe('notFound');
    expect(await codeOf(scene.transfers.grantOf(started.uploadToken))).toBe('grantInvalid');
    await scene.carryOut('order-drafts');
    await scene.carryOut('order-objects');
    expect(await scene.keys()).not.toContain(key);
    expect(await codeOf(orderRow(started.number))).not.toBe('ok');
  });

  it('that is not sent within a week is thrown away, also by a key that cannot delete', async () => {
    const { started } = await fullOrder(await scene.create());
    const sent = await fullOrder(await scene.create());
    await scene.submit(sent.started, { files: sent.order.files });
    scene.clock.forward({ days: 8 });
    expect(await codeOf(scene.drops.pages.drafts.show(started.orderToken))).toBe('notFound');
    await scene.drops.expireDrafts(AbortSignal.timeout(20_000));
    expect(await codeOf(orderRow(started.number))).not.toBe('ok');
    expect((await orderRow(sent.started.number)).state).toBe('received');
    expect(await scene.keys()).toContain(`put-only/orders/${started.number}/a.jpg`);
  });

  it.each(['', 'wo_', `wo_${'x'.repeat(43)}`, 'wu_x'])('of the token %j is none', async (token) => {
    expect(await codeOf(scene.drops.pages.drafts.show(token))).toBe('notFound');
  });
});

describe('a page', () => {
  it('marks what comes after its deadline, and takes nothing after the allowance', async () => {
    const drop = await scene.create({ closesAt: inMinutes(10), lateHours: 1 });
    const [late, tooLate] = [await fullOrder(drop), await fullOrder(drop)];
    scene.clock.forward({ minutes: 11 });
    expect((await scene.drops.pages.page(drop.name)).phase).toBe('late');
    expect((await scene.submit(late.started, { files: late.order.files })).late).toBe(true);
    scene.clock.forward({ minutes: 60 });
    expect(await codeOf(scene.submit(tooLate.started, { files: tooLate.order.files }))).toBe('dropClosed');
    expect(await codeOf(scene.start(drop))).toBe('dropClosed');
    expect(await codeOf(scene.upload(tooLate.started, 'b.jpg'))).toBe('dropClosed');
  });

  it('that is paused takes no new order, and lets one that was begun come in', async () => {
    const drop = await scene.create();
    const { started, order } = await fullOrder(drop);
    await scene.edit(drop, { paused: true });
    expect(await codeOf(scene.start(drop))).toBe('dropClosed');
    expect((await scene.submit(started, { files: order.files })).number).toBe(started.number);
  });

  it('takes as many orders a day as it may, and keeps the next for tomorrow', async () => {
    const drop = await scene.create({ maxOrdersPerDay: 1 });
    const [one, two] = [await fullOrder(drop), await fullOrder(drop)];
    await scene.submit(one.started, { files: one.order.files });
    expect(await codeOf(scene.submit(two.started, { files: two.order.files }))).toBe('quotaExceeded');
    expect((await scene.drops.pages.page(drop.name)).phase).toBe('full');
    expect(await codeOf(scene.start(drop))).toBe('dropClosed');
    scene.clock.forward({ days: 1 });
    expect((await scene.submit(two.started, { files: two.order.files })).number).toBe(two.started.number);
  });

  it('lets an order have what its quotas leave, and is full when they are used up', async () => {
    const drop = await scene.create({ maxTotalBytes: 10 });
    const started = await scene.start(drop);
    await scene.upload(started, 'a.jpg', '12345678');
    await expect(scene.upload(started, 'b.jpg', '12345')).rejects.toThrow(/bytes/);
    const next = await scene.start(drop);
    await expect(scene.upload(next, 'c.jpg', '123')).rejects.toThrow(/bytes/);
    await scene.upload(next, 'd.jpg', '12');
    expect((await scene.drops.pages.page(drop.name)).phase).toBe('full');
  });

  it('gives no two orders the same bytes of a quota', async () => {
    const drop = await scene.create({ maxBytesPerDay: 10 });
    const [one, other] = [await scene.start(drop), await scene.start(drop)];
    const ask = async ({ uploadToken }: typeof one, name: string, size: number) => {
      const uploads = scene.transfers.uploads(await scene.transfers.grantOf(uploadToken));
      const wanted = { name, size, type: 'image/jpeg' };
      const [result] = await uploads.create([wanted], AbortSignal.timeout(10_000));
      return result?.refusal?.code ?? 'ok';
    };
    const both = await Promise.all([ask(one, 'a.jpg', 8), ask(other, 'a.jpg', 8)]);
    expect(both.toSorted()).toEqual(['ok', 'quotaExceeded']);
    await scene.upload(both[0] === 'ok' ? other : one, 'b.jpg', '12');
    expect(await ask(one, 'c.jpg', 1)).toBe('quotaExceeded');
    // What is received counts once.
    expect((await scene.drops.pages.page(drop.name)).phase).toBe('open');
    scene.clock.forward({ days: 1 });
    expect(await ask(other, 'd.jpg', 2)).toBe('ok');
  });

  it('refuses what its limits do not take, each with its reason', async () => {
    const drop = await scene.create({
      maxFiles: 1,
      maxFileBytes: 10,
      maxOrderBytes: 20,
      types: ['image/png'],
    });
    const jpeg = await scene.start(drop);
    await expect(scene.upload(jpeg, 'a.jpg')).rejects.toThrow(/image\/png/);
    const wide = await scene.edit(drop, { types: null });
    const started = await scene.start(wide);
    await expect(scene.upload(started, 'a.jpg', 'x'.repeat(11))).rejects.toThrow(/10/);
    await scene.upload(started, 'b.jpg', 'x');
    await expect(scene.upload(started, 'c.jpg', 'x')).rejects.toThrow(/file/);
  });

  it('that is gone or never was is answered the same', async () => {
    const drop = await scene.create();
    const { started } = await fullOrder(drop);
    await scene.drops.delete(scene.actors.admin, scene.at(drop), { cascade: false, files: false });
    const answers = await Promise.all(
      [drop.name, 'never-was'].map((name) =>
        scene.drops.pages
          .page(name)
          .catch((error: { code: string; message: string }) => [error.code, error.message]),
      ),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(await codeOf(scene.drops.pages.drafts.show(started.orderToken))).toBe('notFound');
    expect(await codeOf(scene.transfers.grantOf(started.uploadToken))).toBe('grantInvalid');
  });

  it('numbers orders by team and year, whatever becomes of them', async () => {
    const drop = await scene.create();
    const numbers = [];
    for (let at = 0; at < 3; at += 1) {
      const { number, orderToken } = await scene.start(drop);
      numbers.push(Number(number.slice(3)));
      await scene.drops.pages.drafts.cancel(orderToken);
    }
    await scene.carryOut('order-drafts');
    const { number } = await scene.start(drop);
    expect(Number(number.slice(3))).toBe((numbers[0] ?? 0) + 3);
    expect(number.slice(0, 2)).toBe(String(scene.clock.now().getUTCFullYear()).slice(2));
  });
});
