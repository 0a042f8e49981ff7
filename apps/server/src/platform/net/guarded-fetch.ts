import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { AppError } from '../../kernel/app-error.ts';
import type { EndpointGuard } from './endpoint-guard.ts';
import type { PinnedAgents } from './pinned-agents.ts';

const maxRedirects = 3;
/** Hosts whose connections are kept open between requests. */
const maxHosts = 500;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface GuardedAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** The caller reads or destroys it. */
  body: IncomingMessage;
}

export interface GuardedFetch extends Disposable {
  /**
   * Sends a request without a body to an address that a person named, and follows up to three redirects. Every host on the
   * way is judged by the guard on the very address that is connected to, and must speak https unless the operator has
   * allowed it. Nothing but `headers` is sent: no cookie, no credentials, no Referer. `signal` bounds the whole of it, the
   * body too.
   *
   * @throws AppError endpointRefused, or originFailed for redirects that lead nowhere; what the network or the signal says
   * @example
   * using fetch = createGuardedFetch(guard);
   * const { status, body } = await fetch.send(new URL('https://www.example.com/a.jpg'), { method: 'GET', headers: {}, signal });
   */
  send(
    url: URL,
    options: { method: 'GET' | 'HEAD'; headers: Record<string, string>; signal: AbortSignal },
  ): Promise<GuardedAnswer>;
}

export const createGuardedFetch = (guard: Pick<EndpointGuard, 'agentsFor'>): GuardedFetch => {
  /** By origin, in the order of last use. */
  const known = new Map<string, PinnedAgents>();

  const agentsOf = (origin: string): PinnedAgents => {
    const agents = known.get(origin) ?? guard.agentsFor(origin, { requireTls: true });
    known.delete(origin);
    known.set(origin, agents);
    const [oldest] = known.keys();
    // What still runs on its connections goes on; idle ones end by themselves after half a minute.
    if (known.size > maxHosts && oldest !== undefined) known.delete(oldest);
    return agents;
  };

  return {
    send: async (first, { method, headers, signal }) => {
      let url = first;
      for (let hops = 0; hops <= maxRedirects; hops += 1) {
        const answer = await ask(agentsOf(url.origin), url, { method, headers, signal });
        // Set on every response that a client gets.
        const status = answer.statusCode ?? 0;
        const { location } = answer.headers;
        if (!redirects.has(status) || location === undefined) {
          return { status, headers: answer.headers, body: answer };
        }
        answer.destroy();
        url = follow(location, url);
      }
      throw new AppError('originFailed', `The server redirects more than ${maxRedirects} times.`);
    },
    [Symbol.dispose]: () => {
      for (const agents of known.values()) agents.destroy();
      known.clear();
    },
  };
};

const ask = async (
  { endpoint, httpAgent, httpsAgent }: PinnedAgents,
  url: URL,
  options: { method: string; headers: Record<string, string>; signal: AbortSignal },
): Promise<IncomingMessage> => {
  const request = (endpoint.secure ? httpsRequest : httpRequest)(url, {
    ...options,
    agent: endpoint.secure ? httpsAgent : httpAgent,
    maxHeaderSize: 16 * 1024,
  });
  // What fails later fails the answer as well, which is where it is told.
  request.on('error', () => undefined);
  request.end();
  // `response` is emitted with the one message (Node: http.ClientRequest).
  const [answer] = (await once(request, 'response', { signal: options.signal })) as [IncomingMessage];
  return answer;
};

/** RFC 9110 10.2.2. A user name in an address would be sent as credentials. */
const follow = (location: string, from: URL): URL => {
  const url = URL.canParse(location, from) ? new URL(location, from) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || `${url.username}${url.password}` !== '') {
    throw new AppError('originFailed', 'The server redirects to what is no web address.');
  }
  url.hash = '';
  return url;
};
