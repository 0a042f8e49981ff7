import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { startLoopbackServer, type LoopbackServer } from './loopback-server.ts';

/**
 * What a line, a proxy or a bucket may do to one request. `drop`: the line breaks before the bucket has seen it; `cut`: in the
 * middle of the body; `lose`: the bucket does it, and its answer is lost; `hang`: nothing comes, ever.
 */
export type Fault =
  | 'pass'
  | 'drop'
  | 'cut'
  | 'lose'
  | 'hang'
  | 'hideEtag'
  | { status: number; body?: string; headers?: Record<string, string> };

export interface FaultyProxy extends LoopbackServer {
  /** Every request so far: method and path with query. */
  seen: { method: string; url: string }[];
}

const passOn = async (
  target: URL,
  request: IncomingMessage,
  response: ServerResponse,
  fault: 'pass' | 'cut' | 'lose' | 'hideEtag',
): Promise<void> => {
  const upstream = forward({
    host: target.hostname,
    port: target.port,
    method: request.method,
    path: request.url,
    headers: request.headers,
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    upstream.on('response', resolve);
    upstream.on('error', reject);
  });
  if (fault === 'cut') {
    request.once('data', () => {
      upstream.on('error', () => undefined);
      answered.catch(() => undefined);
      upstream.destroy();
      request.destroy();
    });
    return;
  }
  request.pipe(upstream);
  const answer = await answered;
  if (fault === 'lose') {
    answer.resume();
    request.socket.destroy();
    return;
  }
  const headers = { ...answer.headers };
  if (fault === 'hideEtag') delete headers.etag;
  response.writeHead(answer.statusCode ?? 502, headers);
  await pipeline(answer, response);
};

/** A proxy in front of a real bucket, whose answers are the bucket's except where the fault says otherwise. */
export const startFaultyProxy = async (
  target: string,
  faultOf: (request: { method: string; url: URL; turn: number }) => Fault,
): Promise<FaultyProxy> => {
  const seen: FaultyProxy['seen'] = [];
  const turns = new Map<string, number>();
  const server = await startLoopbackServer((request, response) => {
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', target);
    // The turn counts what is asked for again: one object, one part.
    const place = `${method} ${url.pathname} ${url.searchParams.get('partNumber') ?? ''}`;
    const turn = (turns.get(place) ?? 0) + 1;
    turns.set(place, turn);
    seen.push({ method, url: request.url ?? '' });
    const fault = faultOf({ method, url, turn });
    if (fault === 'hang') request.resume();
    else if (fault === 'drop') request.destroy();
    else if (typeof fault === 'string') {
      passOn(new URL(target), request, response, fault).catch(() => response.destroy());
    } else {
      request.resume();
      request.on('end', () => response.writeHead(fault.status, fault.headers).end(fault.body));
    }
  });
  return { ...server, seen };
};
