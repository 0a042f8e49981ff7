import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { requestIdOf } from '../../platform/http/request-id.ts';
import { everyAnswer } from './delivery-headers.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { createImageService, type ImageServiceDeps } from './service.ts';

/** One answered request, for metrics. */
export interface ImageRequestFacts {
  method: string;
  status: number;
  seconds: number;
  bytes: number;
}

export interface ImagesServerDeps extends ImageServiceDeps {
  host: string;
  /** 0 takes a free one. */
  port: number;
  log: { error(facts: object, message: string): void };
  observe(facts: ImageRequestFacts): void;
  /** How long close waits for running requests. */
  drainMilliseconds?: number;
}

export interface ImagesServer extends AsyncDisposable {
  url: string;
  port: number;
}

const plainText = { 'content-type': 'text/plain; charset=utf-8' };
const maxTargetLength = 8192;

const fixedPaths: Readonly<Record<string, { status: number; body?: string }>> = {
  '/healthz': { status: 200, body: 'ok\n' },
  '/robots.txt': { status: 200, body: 'User-agent: *\nAllow: /\n' },
  '/favicon.ico': { status: 204 },
};

/** Some refusals follow from the URL alone and may be remembered for a moment. */
const refusalCaching = (status: number): string =>
  [400, 404, 413, 415].includes(status) ? 'public, max-age=10' : 'no-store';

type Headers = Record<string, string>;

const send = (
  response: ServerResponse,
  status: number,
  headers: Headers,
  body?: string | Uint8Array,
): void => {
  response.statusCode = status;
  response.setHeaders(new Map(Object.entries(headers)));
  if (body !== undefined) response.setHeader('content-length', Buffer.byteLength(body));
  response.end(response.req.method === 'HEAD' ? undefined : body);
};

const refuse = (response: ServerResponse, refusal: Refusal, headers: Headers): void =>
  send(
    response,
    refusal.status,
    { ...headers, ...plainText, 'cache-control': refusalCaching(refusal.status), ...refusal.headers },
    `${refusal.status}: ${refusal.message}\n`,
  );

const answerFixed = (request: IncomingMessage, response: ServerResponse, headers: Headers): boolean => {
  const fixed = fixedPaths[(request.url ?? '').split('?', 1)[0] ?? ''];
  if (fixed === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  const described = {
    ...headers,
    ...(fixed.body === undefined ? {} : plainText),
    'cache-control': 'no-cache',
  };
  send(response, fixed.status, described, fixed.body);
  return true;
};

const answerPreflight = (response: ServerResponse, headers: Headers): void =>
  send(response, 204, {
    ...headers,
    'access-control-allow-methods': 'GET, HEAD',
    'access-control-allow-headers': '*',
    'access-control-max-age': '86400',
    allow: 'GET, HEAD, OPTIONS',
  });

/** What llhttp refuses never becomes a request; the answer is written on the bare socket. */
const refuseSocket = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

/** Serves pictures on a listener, and so an origin, of its own: what users upload never shares cookies with the app. */
export const createImagesServer = async (deps: ImagesServerDeps): Promise<ImagesServer> => {
  const service = createImageService(deps);
  let closing = false;

  const picture = async (
    request: IncomingMessage,
    response: ServerResponse,
    headers: Headers,
  ): Promise<void> => {
    const { method, url: target = '' } = request;
    if (method !== 'GET' && method !== 'HEAD') {
      throw new Refusal(405, 'Only GET and HEAD', { headers: { allow: 'GET, HEAD, OPTIONS' } });
    }
    if (target.length > maxTargetLength) throw new Refusal(414, 'The URL is too long');
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { host, 'if-none-match': ifNoneMatch } = request.headers;
    const answer = await service.answer({ method, target, host, ifNoneMatch }, gone.signal);
    send(response, answer.status, { ...headers, ...answer.headers }, answer.body);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    const id = requestIdOf(request);
    const headers = { ...everyAnswer, 'x-request-id': id, ...(closing ? { connection: 'close' } : {}) };
    response.once('close', () => {
      const bytes = Number(response.getHeader('content-length') ?? 0);
      const seconds = (performance.now() - started) / 1000;
      deps.observe({ method: request.method ?? '', status: response.statusCode, seconds, bytes });
    });
    // Bodies mean nothing here and are not read; the connection must not wait for one.
    request.resume();
    try {
      if (request.method === 'OPTIONS') answerPreflight(response, headers);
      else if (!answerFixed(request, response, headers)) await picture(request, response, headers);
    } catch (error) {
      if (response.destroyed) return;
      const refusal = refusalOf(error);
      if (refusal.cause !== undefined) {
        deps.log.error({ requestId: id, status: refusal.status, err: refusal.cause }, refusal.message);
      }
      refuse(response, refusal, headers);
    }
  };

  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      // A caller has this long to finish what it says, so slow ones do not pile up.
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      connectionsCheckingInterval: 2000,
      keepAliveTimeout: 30_000,
    },
    (request, response) => void handle(request, response),
  );
  // Nothing moved for a minute: longer than any wait and render together.
  server.setTimeout(60_000);
  server.on('clientError', refuseSocket);
  server.listen(deps.port, deps.host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The images listener has no port');
  const shownHost = deps.host.includes(':') ? `[${deps.host}]` : deps.host;

  return {
    url: `http://${shownHost}:${address.port}`,
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      closing = true;
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), deps.drainMilliseconds ?? 25_000);
      await closed;
      clearTimeout(late);
    },
  };
};
