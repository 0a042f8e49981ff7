import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { EndpointGuard } from './endpoint-guard.ts';

/** Documents of identity providers have a few kilobytes. */
const maxBytes = 256 * 1024;

/**
 * Fetches JSON at addresses that people name: through the guard, by https unless the host is allowed, without redirects, up
 * to 256 KiB. A GET, or with `form` a POST of those fields (application/x-www-form-urlencoded). `signal` bounds the whole
 * of it.
 *
 * @throws AppError endpointRefused; what the network or the signal says; Error where the answer is not 200 and JSON
 * @example await createFetchJson(guard)('https://issuer.example.com/.well-known/openid-configuration', { signal })
 */
export const createFetchJson =
  (guard: Pick<EndpointGuard, 'agentsFor'>) =>
  async (
    url: string,
    { signal, form }: { signal: AbortSignal; form?: Record<string, string> },
  ): Promise<unknown> => {
    const { origin, pathname, search } = new URL(url);
    const agents = guard.agentsFor(origin, { requireTls: true });
    try {
      const { secure } = agents.endpoint;
      const body = form === undefined ? null : new URLSearchParams(form).toString();
      const request = (secure ? httpsRequest : httpRequest)(new URL(pathname + search, origin), {
        method: body === null ? 'GET' : 'POST',
        agent: secure ? agents.httpsAgent : agents.httpAgent,
        headers: {
          accept: 'application/json',
          ...(body === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        maxHeaderSize: 16 * 1024,
        signal,
      });
      // What fails later fails the answer as well, which is where it is told.
      request.on('error', () => undefined);
      request.end(body);
      // `response` is emitted with the one message (Node: http.ClientRequest).
      const [answer] = (await once(request, 'response', { signal })) as [IncomingMessage];
      if (answer.statusCode !== 200) throw new Error(`${origin} answered ${answer.statusCode}`);
      return JSON.parse(await textOf(answer, origin));
    } finally {
      agents.destroy();
    }
  };

const textOf = async (answer: IncomingMessage, origin: string): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  // A response body is binary: its chunks are Buffers.
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw new Error(`${origin} answered with more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};
