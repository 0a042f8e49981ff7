import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** A mail as the server got it. */
export interface GotMail {
  /** Of the envelope: whom it really goes to. */
  to: string[];
  from: string;
  subject: string;
  text: string;
  html: string;
  bcc: string | null;
  messageId: string;
  autoSubmitted: string;
}

export interface SmtpServerScene extends AsyncDisposable {
  /** `smtp://127.0.0.1:port` */
  url: string;
  user: string;
  password: string;
  /** What came so far. */
  mails(): Promise<GotMail[]>;
  /** Waits for so many. */
  waitFor(count: number): Promise<GotMail[]>;
  forget(): void;
  /** The next recipient is answered with this code. */
  answerNext(code: number): void;
}

/** A real SMTP server on loopback that takes everything, with or without signing in. */
export const startSmtpServer = async (): Promise<SmtpServerScene> => {
  const user = 'lab';
  const password = 'p4ss-of-the-lab';
  let got: Promise<GotMail>[] = [];
  let nextAnswer: number | null = null;

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => {
      if (auth.username === user && auth.password === password) return done(null, { user });
      return done(Object.assign(new Error('Authentication failed'), { responseCode: 535 }));
    },
    onRcptTo: (_address, _session, done) => {
      const code = nextAnswer;
      nextAnswer = null;
      done(code === null ? null : Object.assign(new Error('Not this one'), { responseCode: code }));
    },
    onData: (stream, session, done) => {
      // The session's own is emptied when the mail has been taken.
      got.push(read(stream, { ...session.envelope }));
      stream.once('end', () => done());
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');

  return {
    url: `smtp://127.0.0.1:${address.port}`,
    user,
    password,
    mails: () => Promise.all(got),
    waitFor: async (count) => {
      const until = Date.now() + 20_000;
      while (got.length < count && Date.now() < until)
        await new Promise((resolve) => setTimeout(resolve, 50));
      if (got.length < count) throw new Error(`${got.length} mails came, not ${count}.`);
      return Promise.all(got);
    },
    forget: () => {
      got = [];
    },
    answerNext: (code) => {
      nextAnswer = code;
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  };
};

const read = async (
  stream: NodeJS.ReadableStream,
  { mailFrom, rcptTo }: SMTPServerSession['envelope'],
): Promise<GotMail> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const parsed = await simpleParser(Buffer.concat(chunks));
  const bcc =
    parsed.bcc === undefined
      ? null
      : [parsed.bcc]
          .flat()
          .map(({ text }) => text)
          .join(', ');
  const automatic = parsed.headers.get('auto-submitted');
  return {
    to: rcptTo.map(({ address }) => address),
    from: mailFrom === false ? '' : mailFrom.address,
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html === false ? '' : (parsed.html ?? ''),
    bcc,
    messageId: parsed.messageId ?? '',
    autoSubmitted: typeof automatic === 'string' ? automatic : '',
  };
};
