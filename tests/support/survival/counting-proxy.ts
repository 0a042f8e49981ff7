import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { startLoopbackServer, type LoopbackServer } from '../loopback-server.ts';
import { createPace } from './pace.ts';

/** A PUT of an object or of a part of one, as it went by. */
export interface SeenPut {
  /** Key of the object, without the bucket's name. */
  key: string;
  /** Null for a whole object. */
  part: number | null;
  /** Of its body, so far. */
  bytes: number;
  /** What the bucket answered; null while it has not. */
  status: number | null;
}

export interface CountingProxy extends LoopbackServer {
  /** Every PUT so far, in the order in which they began. */
  puts: readonly SeenPut[];
  /** Of all bodies of PUTs so far. */
  bytesPut(): number;
  /** Of all bodies of answers to GETs so far. */
  bytesGot(): number;
  /** DELETEs that the bucket has answered: uploads that were aborted. */
  deletes(): number;
}

/**
 * Stands before a bucket and counts what is sent to it.
 *
 * @param bytesPerSecond of all bodies together, so that there is a middle of a file to do something in
 * @param deleteMilliseconds how long each DELETE takes longer than it would
 */
export const startCountingProxy = async (
  target: string,
  {
    bytesPerSecond = null,
    deleteMilliseconds = 0,
  }: { bytesPerSecond?: number | null; deleteMilliseconds?: number } = {},
): Promise<CountingProxy> => {
  const { hostname, port } = new URL(target);
  const puts: SeenPut[] = [];
  const pace = createPace(bytesPerSecond);
  let bytesPut = 0;
  let bytesGot = 0;
  let deletes = 0;

  /** A step of a pipeline that tells of each chunk's bytes, and is as fast as the line. */
  const counted = (tell: (bytes: number) => void) =>
    async function* count(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        await pace(chunk.length);
        tell(chunk.length);
        yield chunk;
      }
    };

  const note = (request: IncomingMessage): SeenPut => {
    const { pathname, searchParams } = new URL(request.url ?? '/', target);
    const part = searchParams.get('partNumber');
    const key = decodeURIComponent(pathname).split('/').slice(2).join('/');
    const put = { key, part: part === null ? null : Number(part), bytes: 0, status: null };
    puts.push(put);
    return put;
  };

  const passOn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const put = request.method === 'PUT' ? note(request) : null;
    if (request.method === 'DELETE') await delay(deleteMilliseconds);
    const upstream = forward({
      hostname,
      port,
      method: request.method,
      path: request.url,
      // With the Host that was signed.
      headers: request.headers,
    });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      upstream.once('response', resolve);
      upstream.once('error', reject);
    });
    const sent = pipeline(
      request,
      counted((bytes) => {
        if (put === null) return;
        put.bytes += bytes;
        bytesPut += bytes;
      }),
      upstream,
    );
    const [answer] = await Promise.all([answered, sent]);
    if (put !== null) put.status = answer.statusCode ?? null;
    if (request.method === 'DELETE') deletes += 1;
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    await pipeline(
      answer,
      counted((bytes) => {
        if (request.method === 'GET') bytesGot += bytes;
      }),
      response,
    );
  };

  const server = await startLoopbackServer((request, response) => {
    passOn(request, response).catch(() => response.destroy());
  });
  return { ...server, puts, bytesPut: () => bytesPut, bytesGot: () => bytesGot, deletes: () => deletes };
};
