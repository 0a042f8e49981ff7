import { Agent, request } from 'node:http';

export interface RawRequest {
  method: string;
  /** As it goes on the wire: nothing is normalised. */
  target: string;
  headers: Record<string, string>;
  body?: string | Buffer | undefined;
}

export interface RawAnswer {
  status: number;
  body: string;
}

const shownBytes = 2000;
const withinMilliseconds = 30_000;

/** Sends exactly these bytes of target and headers, over kept connections. A reset socket is answered as status 0. */
export const createRawSender = (base: string) => {
  const { hostname, port } = new URL(base);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
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
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', () => resolve({ status: answer.statusCode ?? 0, body: '' }));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              body: Buffer.concat(chunks).subarray(0, shownBytes).toString('utf8'),
            }),
          );
        },
      );
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        // A kept connection may be closed just as it is used again; the next one is a fresh answer (RFC 9112 9.3.1).
        if (error.code === 'ECONNRESET' && outgoing.reusedSocket) {
          resolve(send(raw));
          return;
        }
        // A server may close on a request that it refuses before the body was read.
        if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve({ status: 0, body: '' });
        else reject(new Error(`${method} ${target.slice(0, 200)}`, { cause: error }));
      });
      outgoing.end(body);
    });
  return { send, [Symbol.dispose]: () => agent.destroy() };
};
