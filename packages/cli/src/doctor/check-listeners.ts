import { createServer } from 'node:net';
import { once } from 'node:events';
import type { Config } from '../../../../apps/server/src/config/config.ts';
import { describeError, fail, ok, warn, type Row } from './row.ts';

interface Answer {
  status: number;
  body: string;
}

interface Listener {
  check: string;
  port: number;
  flag: string;
  /** What is asked, and whether the answer is one of ours. */
  path: string;
  isOurs(answer: Answer): boolean;
}

const requestMilliseconds = 3_000;
const maxBodyBytes = 64 * 1024;

/** Each port that these settings use: answered by us where Windlass runs, free where it does not. */
export const checkListeners = async (config: Config, running: boolean): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const listener of listenersOf(config)) rows.push(await checkListener(listener, config.host, running));
  if (rows[0]?.state === 'ok' && running && config.port !== 0) rows.push(await checkReady(config));
  return rows;
};

const listenersOf = ({ roles, port, imagesPort, bucketPort, bucket }: Config): Listener[] => [
  {
    check: 'Web and API',
    port,
    flag: 'port',
    path: '/healthz',
    isOurs: ({ body }) => body.includes('"alive":true'),
  },
  ...(roles.includes('web')
    ? [
        {
          check: 'Images',
          port: imagesPort,
          flag: 'images-port',
          path: '/healthz',
          isOurs: ({ body }: Answer) => body === 'ok\n',
        },
      ]
    : []),
  ...(bucket === 'embedded'
    ? [
        {
          check: 'Bucket',
          port: bucketPort,
          flag: 'bucket-port',
          path: '/',
          // It knows nobody without a signature, and says so as S3 does.
          isOurs: ({ status, body }: Answer) => status === 403 && body.includes('<Code>AccessDenied</Code>'),
        },
      ]
    : []),
];

const checkListener = async (listener: Listener, host: string, running: boolean): Promise<Row> => {
  const { check, port, flag, path, isOurs } = listener;
  if (port === 0) return ok(check, 'a free port, chosen at the start');
  const place = `${host}:${port}`;
  const answer = await ask(addressOf(host, port), path);
  if (answer === 'nobody') {
    if (running)
      return fail(
        check,
        `nothing answers on ${place}`,
        'Was it started with other ports? Give the same flags here.',
      );
    const refusal = await tryToListen(host, port);
    return refusal === null
      ? ok(check, `${place} is free`)
      : fail(check, refusal, `Choose another with --${flag}.`);
  }
  if (answer === 'stranger' || !isOurs(answer))
    return fail(
      check,
      `${place} is taken by another program`,
      `Stop that program, or choose another port with --${flag}.`,
    );
  return running
    ? ok(check, `answers on ${place}`)
    : warn(
        check,
        `a Windlass on another data folder answers on ${place}`,
        `Choose another port with --${flag} to run both.`,
      );
};

const checkReady = async ({ host, port }: Config): Promise<Row> => {
  const answer = await ask(addressOf(host, port), '/readyz');
  if (typeof answer === 'object' && answer.status === 200) return ok('Ready', 'it can do its work');
  return fail(
    'Ready',
    typeof answer === 'object' ? answer.body.trim() : 'it does not answer',
    'Look into its log.',
  );
};

/** `nobody` listens there; a `stranger` does, and does not speak HTTP. */
const ask = async (origin: string, path: string): Promise<Answer | 'nobody' | 'stranger'> => {
  try {
    const response = await fetch(`${origin}${path}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(requestMilliseconds),
    });
    return { status: response.status, body: await readStart(response) };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    return code === 'ECONNREFUSED' || code === 'EADDRNOTAVAIL' ? 'nobody' : 'stranger';
  }
};

const readStart = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > maxBodyBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
};

const tryToListen = async (host: string, port: number): Promise<string | null> => {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    server.close();
    return null;
  } catch (error) {
    return describeError(error);
  }
};

/** An address for all interfaces is asked on this machine. */
const addressOf = (host: string, port: number): string => {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
};
