import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { PinnedAgents } from '../net/pinned-agents.ts';
import { readBody } from './read-body.ts';

const maxBodyBytes = 64 * 1024;

export interface PlainAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** What could be read of it: at most 64 KiB, else nothing. */
  body: Buffer;
}

/** One request without a signature, as anybody could send it. Redirects are not followed. */
export const sendPlain = async (
  agents: PinnedAgents,
  url: string,
  options: { method: 'GET' | 'OPTIONS'; headers?: Record<string, string>; signal: AbortSignal },
): Promise<PlainAnswer> => {
  const { secure } = agents.endpoint;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  (secure ? httpsRequest : httpRequest)(
    url,
    { ...options, agent: secure ? agents.httpsAgent : agents.httpAgent },
    resolve,
  )
    .on('error', reject)
    .end();
  const response = await promise;
  const body = await readBody(response, maxBodyBytes, options.signal).catch(() => Buffer.alloc(0));
  return { status: response.statusCode ?? 0, headers: response.headers, body };
};
