import type { Drop, OrderId } from '@windlass/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSmtpServer, type SmtpServerScene } from '../../../../../../tests/support/smtp-server.ts';
import { codeOf } from '../../../../../../tests/support/source-scene.ts';
import { createDropScene, type DropScene } from '../../../../../../tests/support/drop-scene.ts';
import { createMailer, type Mailer } from '../../../platform/mail/index.ts';
import { Secret } from '../../../kernel/secret.ts';
import { mailDelaysSeconds, mostMailTries } from './mail-attempts.ts';

let smtp: SmtpServerScene;
let mailer: Mailer;
let scene: DropScene;
let drop: Drop;
beforeAll(async () => {
  smtp = await startSmtpServer();
  mailer = createMailer({ url: new Secret(smtp.url), from: 'Lab <orders@example.com>' });
  scene = await createDropScene({ mailer });
  drop = await scene.create({
    title: 'Foto <Meier>\r\nBcc: spy@example.com',
    notifyEmails: ['desk@example.com', 'boss@example.com'],
    retentionDays: 30,
    access: 'pin',
    password: '2468',
    fields: [
      { id: 'paper', kind: 'choice', label: 'Paper', options: [{ value: 'matt', label: 'Matt <3' }] },
      { id: 'copies', kind: 'number', label: 'Copies', scope: 'file' },
    ],
  });
});
beforeEach(() => smtp.forget());
afterAll(async () => {
  await scene?.[Symbol.asyncDispose]();
  mailer?.[Symbol.dispose]();
  await smtp?.[Symbol.asyncDispose]();
});

const order = async (email: string | null = 'zoe@example.com', of = drop) => {
  const started = await scene.start(of, { password: '2468' });
  const transferId = await scene.upload(started, 'Grüße & <b>.jpg');
  const receipt = await scene.submit(started, {
    customer: { name: 'Zoë\nMüller', email },
    ...(of === drop
      ? { answers: { paper: 'matt' }, files: [{ transferId, options: { copies: 3 } }] }
      : { files: [{ transferId }] }),
  });
  const { id } = await scene.db
    .selectFrom('orders')
    .select('id')
    .where('number', '=', started.number)
    .executeTakeFirstOrThrow();
  return { id, receipt, number: started.number, statusUrl: started.statusUrl };
};
const at = (orderId: OrderId) => ({ teamId: scene.teamId, orderId });
const send = () => scene.carryOut('order-mail');
const mailsOf = async (id: OrderId) => (await scene.drops.desk.show(scene.actors.member, at(id))).mails;
const kindsOf = async (id: OrderId) => (await mailsOf(id)).map(({ kind }) => kind);

describe('an order that is received', () => {
  it('is confirmed to its customer, and told to the lab, one mail to each', async () => {
    expect(await scene.drops.pages.page(drop.name)).toMatchObject({ sendsMail: true });
    const { id, receipt, number, statusUrl } = await order();
    expect(receipt.mailed).toBe(true);
    expect(await mailsOf(id)).toMatchObject([
      { kind: 'received', to: 'zoe@example.com', state: 'pending' },
      { kind: 'notice', to: 'desk@example.com', state: 'pending' },
      { kind: 'notice', to: 'boss@example.com', state: 'pending' },
    ]);
    await send();
    const mails = await smtp.waitFor(3);
    expect(mails.map(({ to }) => to)).toEqual([
      ['zoe@example.com'],
      ['desk@example.com'],
      ['boss@example.com'],
    ]);
    const [customer, lab] = mails;
    const title = 'Foto <Meier> Bcc: spy@example.com';
    expect(customer).toMatchObject({
      subject: `${title}: order ${number} received`,
      from: 'orders@example.com',
      bcc: null,
      messageId: expect.stringContaining(`${id}.`),
    });
    for (const text of ['Hello Zoë Müller', number, statusUrl, 'Paper: Matt <3', 'Copies: 3', 'SHA-256 '])
      expect(customer?.text).toContain(text);
    expect(customer?.text).toMatch(/kept until \d+ \w+ \d{4}/);
    expect(customer?.html).toContain('Grüße &amp; &lt;b&gt;.jpg');
    expect(customer?.html).toContain('Foto &lt;Meier&gt;');
    expect(lab?.text).toContain(`https://media.example.com/orders/${id}`);
    expect(lab?.text).toContain('E-mail: zoe@example.com');
    // Whoever has the customer's link sees the order; the lab has the desk.
    expect(lab?.text).not.toContain(statusUrl);
    expect((await mailsOf(id)).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
  });

  it('without an address is told to the lab alone, and the receipt says so', async () => {
    const { id, receipt } = await order(null);
    expect(receipt.mailed).toBe(false);
    await send();
    expect((await smtp.waitFor(2)).flatMap(({ to }) => to)).toEqual(['desk@example.com', 'boss@example.com']);
    await scene.drops.desk.setState(scene.actors.member, at(id), { state: 'inProduction', notify: true });
    expect(await mailsOf(id)).toHaveLength(2);
  });
});

describe('an order that moves', () => {
  it('is told to its customer in the lab’s own words, unless nobody is to be told', async () => {
    const { id, number } = await order();
    await send();
    smtp.forget();
    const { desk, stateLabels } = scene.drops;
    const labels = await stateLabels.show(scene.actors.member, scene.teamId);
    await stateLabels.set(scene.actors.admin, scene.teamId, { ...labels, ready: 'Abholbereit' });
    await desk.setState(scene.actors.member, at(id), { state: 'inProduction', notify: false });
    await desk.setState(scene.actors.member, at(id), { state: 'ready', notify: true });
    await send();
    const [mail, ...others] = await smtp.waitFor(1);
    expect(others).toEqual([]);
    expect(mail?.subject).toContain(`order ${number} – Abholbereit`);
    expect(mail?.text).toContain(`Your order ${number} is now: Abholbereit.`);
    await stateLabels.set(scene.actors.admin, scene.teamId, labels);
  });

  it('writes no mail where the move is refused', async () => {
    const { id } = await order();
    const before = await mailsOf(id);
    const refused = scene.drops.desk.setState(scene.actors.member, at(id), {
      state: 'delivered',
      notify: true,
    });
    await expect(refused).rejects.toMatchObject({ code: 'conflict' });
    expect(await mailsOf(id)).toEqual(before);
    await send();
  });
});

describe('a mail server', () => {
  it('that is busy is asked again later, and the mail comes once', async () => {
    const { id } = await order();
    smtp.answerNext(451);
    await send();
    expect((await mailsOf(id)).map(({ state }) => state)).toEqual(['pending', 'sent', 'sent']);
    expect(scene.enqueued.filter(({ queue }) => queue === 'order-mail')).toMatchObject([
      { payload: { orderId: id, attempt: 1 } },
    ]);
    // A job that comes twice finds that its try was made.
    scene.enqueued.push(...scene.enqueued.filter(({ queue }) => queue === 'order-mail'));
    await send();
    const got = await smtp.waitFor(3);
    expect(got.filter(({ to }) => to.includes('zoe@example.com'))).toHaveLength(1);
    expect((await mailsOf(id)).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
  });

  it('that refuses an address for good is not asked again', async () => {
    const { id } = await order();
    smtp.answerNext(550);
    await send();
    expect((await mailsOf(id)).map(({ state }) => state)).toEqual(['failed', 'sent', 'sent']);
    expect(scene.enqueued.filter(({ queue }) => queue === 'order-mail')).toEqual([]);
  });

  it('has a mail tried again that it refused, once somebody asks for it', async () => {
    const { id } = await order();
    smtp.answerNext(550);
    await send();
    const [refused, sent] = await mailsOf(id);
    if (refused === undefined || sent === undefined) throw new Error('There are no mails.');
    expect(refused).toMatchObject({
      state: 'failed',
      attempts: 1,
      trouble: 'The SMTP server did not take the address. It answered 550.',
    });
    const retry = (mailId: string, by = scene.actors.member, teamId = scene.teamId) =>
      scene.drops.desk.retryMail(by, { teamId, orderId: id, mailId });
    const refusals = [
      retry(sent.id),
      retry('999999'),
      retry(refused.id, scene.actors.stranger),
      retry(refused.id, scene.actors.stranger, scene.otherTeamId),
    ];
    expect(await Promise.all(refusals.map(codeOf))).toEqual(['conflict', 'notFound', 'notFound', 'notFound']);
    const { mails } = await retry(refused.id);
    expect(mails[0]).toMatchObject({ state: 'pending', attempts: 1, trouble: null });
    await expect(retry(refused.id)).rejects.toMatchObject({ code: 'conflict' });
    await send();
    expect((await mailsOf(id)).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    expect((await smtp.waitFor(3)).filter(({ to }) => to.includes('zoe@example.com'))).toHaveLength(1);
  });

  it('gets no mail again that was tried often, or tells of what is not so any more', async () => {
    const { id } = await order();
    await send();
    const { desk, retention } = scene.drops;
    const retry = async (kind: string) => {
      const mail = (await mailsOf(id)).find((one) => one.kind === kind && one.state === 'failed');
      if (mail === undefined) throw new Error(`No mail ${kind} has failed.`);
      return codeOf(desk.retryMail(scene.actors.member, { ...at(id), mailId: mail.id }));
    };
    smtp.answerNext(550);
    await desk.setState(scene.actors.member, at(id), { state: 'inProduction', notify: true });
    await send();
    for (let made = 1; made < mostMailTries; made += 1) {
      expect(await retry('stateChanged')).toBe('ok');
      smtp.answerNext(550);
      await send();
    }
    expect(await retry('stateChanged')).toBe('conflict');
    await scene.db.updateTable('orderMails').set({ attempts: 1 }).where('orderId', '=', id).execute();
    await desk.setState(scene.actors.member, at(id), { state: 'ready', notify: false });
    expect(await retry('stateChanged')).toBe('conflict');

    scene.clock.forward({ days: 24 });
    await retention.tellCustomers();
    // The mail server answers in the order of its mails, and others are told too.
    const giveUp = () =>
      scene.db
        .updateTable('orderMails')
        .set({ state: 'failed', sentAt: null })
        .where('orderId', '=', id)
        .where('kind', '=', 'filesGoSoon')
        .execute();
    await send();
    await giveUp();
    expect(await retry('filesGoSoon')).toBe('ok');
    await send();
    await giveUp();
    scene.clock.forward({ days: 7 });
    expect(await retry('filesGoSoon')).toBe('conflict');
    scene.clock.forward({ days: -31 });
  });

  it('that stays busy is given up after a day of tries', async () => {
    const { id } = await order();
    const tries = mailDelaysSeconds.length + 1;
    for (let made = 0; made < tries; made += 1) {
      smtp.answerNext(451);
      await send();
    }
    expect((await mailsOf(id)).map(({ state }) => state)).toEqual(['failed', 'sent', 'sent']);
    const { attempts, trouble } = await scene.db
      .selectFrom('orderMails')
      .select(['attempts', 'trouble'])
      .where('orderId', '=', id)
      .orderBy('id')
      .executeTakeFirstOrThrow();
    expect(attempts).toBe(tries);
    expect(trouble).toContain('451');
  });
});

describe('files that go soon', () => {
  it('are told to the customer once, a week before', async () => {
    const { id } = await order();
    await send();
    smtp.forget();
    await scene.drops.retention.tellCustomers();
    expect(scene.enqueued.filter(({ queue }) => queue === 'order-mail')).toEqual([]);
    scene.clock.forward({ days: 24 });
    await scene.drops.retention.tellCustomers();
    expect(await scene.drops.retention.tellCustomers()).toBe(0);
    await send();
    const mails = await smtp.mails();
    const ours = mails.filter(({ messageId }) => messageId.includes(id));
    expect(ours.map(({ to, subject }) => [to, subject])).toEqual([
      [['zoe@example.com'], expect.stringMatching(/are deleted soon$/)],
    ]);
  });
});

describe('an address that anybody may have typed', () => {
  it('has no mail from a page that lets in everybody and asks for no work, until a person moves the order', async () => {
    const open = await scene.create({ retentionDays: 30, notifyEmails: ['desk@example.com'] });
    const { id, receipt } = await order('stranger@example.com', open);
    expect(receipt.mailed).toBe(false);
    expect(await kindsOf(id)).toEqual(['notice']);
    const unmoved = await order('stranger@example.com', open);
    await scene.drops.desk.setState(scene.actors.member, at(id), { state: 'inProduction', notify: true });
    expect(await kindsOf(id)).toEqual(['notice', 'stateChanged']);

    scene.clock.forward({ days: 24 });
    await scene.drops.retention.tellCustomers();
    expect(await kindsOf(id)).toEqual(['notice', 'stateChanged', 'filesGoSoon']);
    expect(await kindsOf(unmoved.id)).toEqual(['notice']);
  });

  it('has ten confirmations in 24 hours, from all pages of the team together and however it is written', async () => {
    const other = await scene.create({ access: 'pin', password: '2468' });
    for (let sent = 0; sent < 5; sent += 1) {
      expect((await order('busy@example.com')).receipt.mailed).toBe(true);
      expect((await order('Busy@Example.com', other)).receipt.mailed).toBe(true);
    }
    expect((await order('BUSY@example.com')).receipt.mailed).toBe(false);
    expect((await order('else@example.com')).receipt.mailed).toBe(true);
    scene.clock.forward({ days: 1 });
    expect((await order('busy@example.com', other)).receipt.mailed).toBe(true);
  });

  it('has none from a page that has confirmed a thousand orders on this day', async () => {
    const page = await scene.create({ access: 'pin', password: '2468' });
    const last = await order('last@example.com', page);
    await scene.db
      .updateTable('dropDays')
      .set({ ordersReceived: 1000 })
      .where('dropId', '=', page.id)
      .execute();
    expect(last.receipt.mailed).toBe(true);
    expect((await order('next@example.com', page)).receipt.mailed).toBe(false);
  });
});
