import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { everyAnswer, type HeaderPairs } from './delivery-headers.ts';
import type { Refusal } from './refusal.ts';

/** The headers that every answer to one request has. */
export const commonHeaders = (requestId: string, closing: boolean): HeaderPairs => [
  ...everyAnswer,
  'x-request-id',
  requestId,
  ...(closing ? ['connection', 'close'] : []),
];

/** Writes a whole answer. The body of an answer to HEAD is counted and not sent. */
const writeText = (response: ServerResponse, status: number, headers: HeaderPairs, text = ''): void => {
  const body = Buffer.from(text);
  response.writeHead(status, [...headers, 'content-length', String(body.byteLength)]);
  response.end(response.req.method === 'HEAD' ? undefined : body);
};

const plainText = ['content-type', 'text/plain; charset=utf-8'];

/** Some refusals follow from the URL alone and may be remembered for a moment. */
const refusalCaching = (status: number): string =>
  [400, 404, 413, 415, 422].includes(status) ? 'public, max-age=10' : 'no-store';

export const writeRefusal = (response: ServerResponse, refusal: Refusal, headers: HeaderPairs): void =>
  writeText(
    response,
    refusal.status,
    [
      ...headers,
      ...plainText,
      'cache-control',
      refusalCaching(refusal.status),
      ...Object.entries(refusal.headers).flat(),
    ],
    `${refusal.status}: ${refusal.message}\n`,
  );

const fixedPaths: Readonly<Record<string, { status: number; body?: string }>> = {
  '/healthz': { status: 200, body: 'ok\n' },
  '/robots.txt': { status: 200, body: 'User-agent: *\nAllow: /\n' },
  '/favicon.ico': { status: 204 },
};

/** Answers what is no picture; false where it may be one. */
export const writeFixed = (
  request: IncomingMessage,
  response: ServerResponse,
  headers: HeaderPairs,
): boolean => {
  const fixed = fixedPaths[(request.url ?? '').split('?', 1)[0] ?? ''];
  if (fixed === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  const described = [...headers, 'cache-control', 'no-cache'];
  if (fixed.body === undefined) response.writeHead(fixed.status, described).end();
  else writeText(response, fixed.status, [...described, ...plainText], fixed.body);
  return true;
};

/** CORS, https://fetch.spec.whatwg.org/#cors-preflight-fetch */
export const writePreflight = (response: ServerResponse, headers: HeaderPairs): void => {
  const allowed = [
    'access-control-allow-methods',
    'GET, HEAD',
    'access-control-allow-headers',
    '*',
    'access-control-max-age',
    '86400',
    'allow',
    'GET, HEAD, OPTIONS',
  ];
  response.writeHead(204, [...headers, ...allowed]).end();
};

/** What llhttp refuses never becomes a request; the answer is written on the bare socket. */
export const refuseSocket = (error: NodeJS.ErrnoException, socket: Socket): void => {
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
