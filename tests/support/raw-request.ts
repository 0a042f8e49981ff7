import { Agent, request, type IncomingHttpHeaders } from 'node:http';

export interface RawRequest {
  method: string;
  /** As it goes on the wire: nothing is normalised. */
  target: string;
  headers: Record<string, string>;
  body?: string | Buffer | undefined;
}

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
}

export interface RawSender extends Disposable {
  send(raw: RawRequest): Promise<RawAnswer>;
}

const nothing: RawAnswer = { status: 0, headers: {}, bytes: Buffer.alloc(0) };

/**
 * Sends exactly these bytes of target and headers, over kept connections, as many at once as `sockets`. A reset socket is
 * answered as status 0.
 *
 * @example await createRawSender(server.imagesUrl).send({ method: 'GET', target: '/demo/%zz', headers: {} });
 */
export const createRawSender = (
  base: string,
  { sockets = 8, withinMilliseconds = 60_000 }: { sockets?: number; withinMilliseconds?: number } = {},
): RawSender => {
  const { hostname, port } = new URL(base);
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const send = (raw: RawRequest): Promise<RawAnswer> =>
    new Promise((resolve, reject) => {
      const { method, target, headers, body } = raw;
      const outgoing = request(
        {
          hostname,
          port,
          method,
          path: target,
          headers,
          agent,
          signal: AbortSignal.timeout(withinMilliseconds),
        },
        (answer) => {
          const chunks: Buffer[] = [];
          const facts = { status: answer.statusCode ?? 0, headers: answer.headers };
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', () => resolve({ ...nothing, ...facts }));
          answer.on('end', () => resolve({ ...facts, bytes: Buffer.concat(chunks) }));
        },
      );
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        // A kept connection may be closed just as it is used again; the next one is a fresh answer (RFC 9112 9.3.1).
        if (error.code === 'ECONNRESET' && outgoing.reusedSocket) {
          resolve(send(raw));
          return;
        }
        // A server may close on a request that it refuses before the body was read.
        if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(nothing);
        else reject(new Error(`${method} ${target.slice(0, 200)}`, { cause: error }));
      });
      outgoing.end(body);
    });
  return { send, [Symbol.dispose]: () => agent.destroy() };
};
