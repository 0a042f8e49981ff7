import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Secret } from '../../kernel/secret.ts';
import { isPermanent, mailFailure } from './mail-failure.ts';

/** One mail to one person: what is sent to two is two mails, so that neither sees the other's address. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where answers go; absent: to the sender. */
  replyTo?: string;
  /** The same in every try (RFC 5322 3.6.4), so that a mail server can drop what it has seen. Without angle brackets. */
  messageId: string;
}

export interface Mailer extends Disposable {
  /** Null where no SMTP server is configured: then nothing can be sent, and nobody should be told that it was. */
  readonly from: string | null;
  /**
   * Hands one mail to the SMTP server. Ends in time.
   *
   * @throws MailRefused where another try would be answered alike; any other Error may be tried again
   */
  send(mail: Mail, options: { signal: AbortSignal }): Promise<void>;
}

/** The server will not take this mail, however often it is tried (RFC 5321 4.2.1: 5yz). */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}

const connectMilliseconds = 10_000;
const silenceMilliseconds = 20_000;
/** Connections that are kept for the next mails. */
const poolSize = 2;

/**
 * Sends mail over SMTP (RFC 5321). `smtps://` is TLS from the first byte (RFC 8314); `smtp://` is upgraded by STARTTLS where
 * the server offers it, and must be where a password is sent to another machine.
 *
 * @example createMailer({ url: new Secret('smtps://lab:secret@mail.example.com'), from: 'Lab <orders@example.com>' })
 */
export const createMailer = (options: { url: Secret; from: string } | null): Mailer => {
  if (options === null) {
    return {
      from: null,
      send: async () => {
        throw new MailRefused('No SMTP server is configured: an operator sets WINDLASS_SMTP_URL.');
      },
      [Symbol.dispose]: () => {},
    };
  }
  const { hostname, username, password, port, protocol } = new URL(options.url.reveal());
  const secure = protocol === 'smtps:';
  const transport = createTransport({
    pool: true,
    maxConnections: poolSize,
    host: hostname,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && username !== '' && !isLoopback(hostname),
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: connectMilliseconds,
    greetingTimeout: connectMilliseconds,
    socketTimeout: silenceMilliseconds,
    // What stands in a mail never names a file or an address to be read into it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    from: options.from,
    send: async (mail, { signal }) => {
      signal.throwIfAborted();
      try {
        await transport.sendMail(messageOf(mail, options.from));
      } catch (error) {
        const text = mailFailure(error);
        throw isPermanent(error)
          ? new MailRefused(text, { cause: error })
          : new Error(text, { cause: error });
      }
    },
    [Symbol.dispose]: () => transport.close(),
  };
};

const messageOf = ({ messageId, ...mail }: Mail, from: string): SendMailOptions => ({
  ...mail,
  // As an object the address is never parsed as a list of several.
  to: { name: '', address: mail.to },
  from,
  messageId: `<${messageId}>`,
  headers: {
    // No answer from whoever is on holiday (RFC 3834 5).
    'Auto-Submitted': 'auto-generated',
  },
});

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host.startsWith('127.');
