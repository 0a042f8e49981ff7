import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { startSmtpServer, type SmtpServerScene } from '../../../../../tests/support/smtp-server.ts';
import { createMailer, MailRefused, type Mail } from './index.ts';

const mail: Mail = {
  to: 'zoë@example.com',
  subject: 'Order 26-00042 — received',
  text: 'Thank you, Zoë.',
  html: '<p>Thank you, Zoë.</p>',
  messageId: 'ord_1.received@windlass',
};
const signal = new AbortController().signal;
let smtp: SmtpServerScene;

beforeAll(async () => {
  smtp = await startSmtpServer();
});
beforeEach(() => smtp.forget());
afterAll(() => smtp[Symbol.asyncDispose]());

const mailerFor = (url: string) => createMailer({ url: new Secret(url), from: 'Lab <orders@example.com>' });

describe('a mail', () => {
  it('arrives with its subject, both bodies and its own id', async () => {
    using mailer = mailerFor(smtp.url);
    await mailer.send(mail, { signal });
    const [got] = await smtp.mails();
    expect(got).toMatchObject({
      to: ['zoë@example.com'],
      from: 'orders@example.com',
      subject: 'Order 26-00042 — received',
      messageId: '<ord_1.received@windlass>',
      autoSubmitted: 'auto-generated',
    });
    expect(got?.text).toContain('Thank you, Zoë.');
    expect(got?.html).toContain('<p>Thank you, Zoë.</p>');
  });

  it('goes to one address, whatever the text of it looks like', async () => {
    using mailer = mailerFor(smtp.url);
    await mailer
      .send({ ...mail, to: 'a@example.com, b@example.com' }, { signal })
      .catch((error: unknown) => error);
    expect((await smtp.mails()).flatMap(({ to }) => to)).not.toContain('b@example.com');
  });

  it('takes no line break into its head', async () => {
    using mailer = mailerFor(smtp.url);
    await mailer.send({ ...mail, subject: 'Hello\r\nBcc: spy@example.com' }, { signal });
    const [got] = await smtp.mails();
    expect(got?.to).toEqual(['zoë@example.com']);
    expect(got?.bcc).toBeNull();
  });

  it('is refused for good where the server says so, and may be tried again where it is busy', async () => {
    using mailer = mailerFor(smtp.url);
    smtp.answerNext(550);
    await expect(mailer.send(mail, { signal })).rejects.toBeInstanceOf(MailRefused);
    smtp.answerNext(451);
    const busy = await mailer.send(mail, { signal }).catch((error: unknown) => error);
    expect(busy).toBeInstanceOf(Error);
    expect(busy).not.toBeInstanceOf(MailRefused);
    await mailer.send(mail, { signal });
    expect(await smtp.mails()).toHaveLength(1);
  });
});

describe('the sender', () => {
  it('signs in, and a wrong password is told without being shown', async () => {
    using good = mailerFor(smtp.url.replace('//', `//${smtp.user}:${smtp.password}@`));
    await good.send(mail, { signal });
    expect(await smtp.mails()).toHaveLength(1);
    using bad = mailerFor(smtp.url.replace('//', `//${smtp.user}:not-it-at-all@`));
    const error = await bad.send(mail, { signal }).catch((reason: unknown) => reason);
    expect(error).not.toBeInstanceOf(MailRefused);
    expect(String(error)).toBe(
      'Error: The SMTP server did not take the user name or password. It answered 535.',
    );
  });

  it('says that a server cannot be reached', async () => {
    using mailer = mailerFor('smtp://127.0.0.1:1');
    await expect(mailer.send(mail, { signal })).rejects.toThrow('could not be reached');
  });

  it('says that none is configured', async () => {
    using mailer = createMailer(null);
    expect(mailer.from).toBeNull();
    await expect(mailer.send(mail, { signal })).rejects.toThrow('WINDLASS_SMTP_URL');
  });
});
