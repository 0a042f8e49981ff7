import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { SourceId } from '@windlass/contract';
import { requestIdOf } from '../../platform/http/request-id.ts';
import type { HeaderPairs } from './delivery-headers.ts';
import { createImagesGateway, type ImagesGatewayDeps } from './gateway.ts';
import { createHotAnswers } from './hot-answers.ts';
import { createHotPath } from './hot-path.ts';
import type { AnsweredFrom } from './observer.ts';
import type { PictureAnswer, PictureRequest } from './picture-answer.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { commonHeaders, refuseSocket, writeFixed, writePreflight, writeRefusal } from './write-answer.ts';

export interface ImagesServerDeps extends ImagesGatewayDeps {
  host: string;
  /** 0 takes a free one. */
  port: number;
  log: { error(facts: object, message: string): void; warn(facts: object, message: string): void };
  /** Answers that stand ready, with their headers and names. Default 8 MiB. */
  hotBytes?: number;
  /** How long close waits for running requests. */
  drainMilliseconds?: number;
  /** Whether this server sent the request itself, by what its `CDN-Loop` says (RFC 8586). Default: never. */
  comesFromOurselves?(cdnLoop: string | undefined): boolean;
}

export interface ImagesServer extends AsyncDisposable {
  url: string;
  port: number;
  /**
   * A purge in this process: what stands ready is looked at anew, and the time of the purge, which came with the source,
   * does the rest. Null: of all sources.
   */
  purge(sourceId: SourceId | null): void;
  /** A source was edited, has other keys or is gone, in this process: the next request is judged by what it is now. */
  sourceChanged(): void;
  stats(): { hotAnswers: number; upgraded: number; mezzanines: number };
}

const maxTargetLength = 8192;
const MiB = 1024 * 1024;

interface Sent {
  from: AnsweredFrom;
  bytes: number;
}

const sentOf = ({ from, body }: PictureAnswer): Sent => ({
  from: from.kind === 'hit' ? from.tier : from.kind,
  bytes: body?.byteLength ?? 0,
});

const readRequest = ({ method, url: target = '', headers }: IncomingMessage): PictureRequest => {
  if (method !== 'GET' && method !== 'HEAD') {
    throw new Refusal(405, 'Only GET and HEAD', { headers: { allow: 'GET, HEAD, OPTIONS' } });
  }
  if (target.length > maxTargetLength) throw new Refusal(414, 'The URL is too long');
  return {
    method,
    target,
    host: headers.host,
    client: { accept: headers.accept, saveData: headers['save-data'] === 'on' },
    ifNoneMatch: headers['if-none-match'],
    ifModifiedSince: headers['if-modified-since'],
    range: headers.range,
    // Node joins what came twice, but its types do not say so.
    ifRange: headers['if-range']?.toString(),
  };
};

/** A connection on which nothing moves for so long is closed. */
const idleMilliseconds = 60_000;
/**
 * While a picture is waited for: its original may take a minute, and the queue and the render after it half of one each.
 * Whoever waits is told what went wrong, and not cut off in the same moment.
 */
const waitMilliseconds = 180_000;

/** Serves pictures on a listener, and so an origin, of its own: what users upload never shares cookies with the app. */
export const createImagesServer = async (deps: ImagesServerDeps): Promise<ImagesServer> => {
  const { observer, log } = deps;
  await using stack = new AsyncDisposableStack();
  const gateway = stack.use(createImagesGateway(deps));
  const hotAnswers = createHotAnswers({
    maxBytes: deps.hotBytes ?? 8 * MiB,
    hostNamesSource: deps.imagesHost !== null,
  });
  const hotPath = stack.use(
    createHotPath({
      answers: hotAnswers,
      now: () => deps.clock.now().getTime(),
      observer,
      recordUsage: deps.recordUsage,
      onServed: gateway.countRequests,
    }),
  );
  /** An error that is remembered for a while is told to the operator once. */
  const told = new WeakSet<object>();
  /** Purges, and changes of sources. */
  let changes = 0;
  let closing = false;

  const tell = (requestId: string, { status, cause, message }: Refusal): void => {
    if (typeof cause !== 'object' || cause === null || told.has(cause)) return;
    told.add(cause);
    log.error({ requestId, status, err: cause }, message);
  };

  const picture = async (
    request: IncomingMessage,
    response: ServerResponse,
    headers: HeaderPairs,
    requestId: string,
  ): Promise<Sent> => {
    const asked = readRequest(request);
    if (deps.comesFromOurselves?.(request.headers['cdn-loop']?.toString()) === true) {
      // A web folder that leads back to us would go round until nothing is left. Not 508: anybody can send this header.
      throw new Refusal(400, 'The source leads back to this server');
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const changesBefore = changes;
    request.socket.setTimeout(waitMilliseconds);
    const { answer, times, hot, trouble } = await gateway.service
      .serve(asked, gone.signal)
      .finally(() => request.socket.setTimeout(idleMilliseconds));
    if (trouble !== null) tell(requestId, trouble);
    // What a purge or a change overtook must not stay.
    if (hot !== null && changes === changesBefore) hotAnswers.put(hotPath.nameOf(request), hot);
    observer.stages(times);
    response.writeHead(answer.status, [...headers, ...answer.headers]);
    response.end(answer.body);
    return sentOf(answer);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    const id = requestIdOf(request);
    const headers = commonHeaders(id, closing);
    let sent: Sent = { from: 'none', bytes: 0 };
    response.once('close', () => {
      const { statusCode: status } = response;
      const seconds = (performance.now() - started) / 1000;
      observer.answered({ method: request.method ?? '', status, count: 1, seconds, ...sent });
    });
    // Bodies mean nothing here and are not read; the connection must not wait for one.
    request.resume();
    try {
      if (request.method === 'OPTIONS') writePreflight(response, headers);
      else if (!writeFixed(request, response, headers)) sent = await picture(request, response, headers, id);
    } catch (error) {
      if (response.destroyed) return;
      const refusal = refusalOf(error);
      tell(id, refusal);
      writeRefusal(response, refusal, headers);
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
    (request, response) => {
      if (closing || !hotPath.tryAnswer(request, response)) void handle(request, response);
    },
  );
  server.setTimeout(idleMilliseconds);
  server.on('clientError', refuseSocket);
  server.listen(deps.port, deps.host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The images listener has no port');
  const shownHost = deps.host.includes(':') ? `[${deps.host}]` : deps.host;
  const running = stack.move();

  return {
    url: `http://${shownHost}:${address.port}`,
    port: address.port,
    purge: (sourceId) => {
      changes += 1;
      hotAnswers.clear(sourceId);
      observer.purged();
    },
    sourceChanged: () => {
      changes += 1;
      // Of all: this source may be drawn into pictures of others. They are in the memory tier still.
      hotAnswers.clear(null);
    },
    stats: () => ({ hotAnswers: hotAnswers.size, ...gateway.stats() }),
    [Symbol.asyncDispose]: async () => {
      closing = true;
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), deps.drainMilliseconds ?? 25_000);
      await closed;
      clearTimeout(late);
      await running.disposeAsync();
    },
  };
};
