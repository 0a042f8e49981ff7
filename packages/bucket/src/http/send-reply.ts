import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './reply.ts';

/** A refused body up to this size is read away, so that the connection can be used again. */
const drainedBytes = 256 * 1024;
const lingerMilliseconds = 2000;

/**
 * Writes the answer. When the body of the request was not read, what is small is drained; for the rest the connection is
 * closed after the sender had a moment to read the answer (closing at once would reset it: RFC 9112 9.6).
 */
export async function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  withheldContinue: boolean,
): Promise<void> {
  const unread = !request.complete && hasBody(request);
  const small = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY) <= drainedBytes;
  if (unread && (withheldContinue || !small)) response.setHeader('connection', 'close');
  const { body } = reply;
  // The length goes last: after it, Node would encode a Content-Disposition a second time and spoil its bytes.
  const { 'content-length': length, ...headers } = reply.headers;
  for (const [name, value] of Object.entries({ ...headers, 'content-length': length })) {
    if (value !== undefined) response.setHeader(name, value);
  }
  if (!(body instanceof Readable)) setLength(request, response, reply, body?.length ?? 0);
  response.writeHead(reply.status);
  if (body instanceof Readable) {
    await pipeline(body, response);
    return;
  }
  if (body !== undefined && request.method !== 'HEAD') response.write(body);
  if (unread && !withheldContinue) await drain(request);
  response.end();
}

/** RFC 9110 8.6: a HEAD says how long the GET would be, 204 and 304 say nothing. */
function setLength(request: IncomingMessage, response: ServerResponse, reply: Reply, length: number): void {
  if (reply.status === 204 || reply.status === 304) return;
  const head = request.method === 'HEAD';
  if (head && (reply.status >= 400 || reply.headers['content-length'] !== undefined)) return;
  response.setHeader('content-length', length);
}

function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

async function drain(request: IncomingMessage): Promise<void> {
  if (request.destroyed) return;
  const stop = new AbortController();
  const ended = new Promise<void>((resolve) => {
    request.once('end', resolve);
    request.once('close', resolve);
  });
  // What it was read into takes no more, and would hold it back.
  request.unpipe();
  request.resume();
  const timeout = sleep(lingerMilliseconds, undefined, { signal: stop.signal, ref: false }).catch(
    () => undefined,
  );
  await Promise.race([ended, timeout]);
  stop.abort();
}
