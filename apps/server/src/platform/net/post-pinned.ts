import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { PinnedAgents } from './pinned-agents.ts';

/** Read to its end, or to `maxBytes`: then the connection is cut. What it says is of no interest. */
const drain = async (answer: IncomingMessage, maxBytes: number): Promise<void> => {
  let length = 0;
  try {
    // A response body is binary: its chunks are Buffers.
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) return;
    }
  } finally {
    answer.destroy();
  }
};

/**
 * Posts a small body through agents of the endpoint guard and tells the status of the answer. Redirects are not
 * followed: their status is the answer. `signal` bounds the whole of it, the answer's body too.
 *
 * @throws what the network, the guard or the signal says
 * @example await postPinned(agents, { path: '/hook', headers, body, maxAnswerBytes: 64 * 1024, signal })
 */
export const postPinned = async (
  agents: PinnedAgents,
  options: {
    /** With the query. */
    path: string;
    headers: Record<string, string>;
    body: Buffer;
    maxAnswerBytes: number;
    signal: AbortSignal;
  },
): Promise<{ status: number }> => {
  const { secure, origin } = agents.endpoint;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = secure ? httpsRequest : httpRequest;
  send(new URL(options.path, origin), {
    method: 'POST',
    agent: secure ? agents.httpsAgent : agents.httpAgent,
    headers: { ...options.headers, 'content-length': String(options.body.byteLength) },
    signal: options.signal,
    maxHeaderSize: 16 * 1024,
  })
    .on('response', resolve)
    .on('error', reject)
    .end(options.body);
  const answer = await promise;
  await drain(answer, options.maxAnswerBytes);
  // Set on every response that a client gets.
  return { status: answer.statusCode ?? 0 };
};
