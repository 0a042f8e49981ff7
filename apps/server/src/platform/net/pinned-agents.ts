import type { LookupAddress } from 'node:dns';
import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Endpoint } from './endpoint.ts';

/** For one endpoint. Only the agent of its scheme ever connects. */
export interface PinnedAgents {
  endpoint: Endpoint;
  httpAgent: HttpAgent;
  httpsAgent: HttpsAgent;
  /** Ends idle and running connections. */
  destroy(): void;
}

/** What the guard decides. */
export interface Pins {
  /** Judged addresses of a host; throws where it is not one of the endpoint's. */
  resolve(host: string): Promise<LookupAddress[]>;
  /** For a host that is an address already. */
  refuseLiteral(address: string): Error | null;
}

const agentOptions: AgentOptions = {
  keepAlive: true,
  maxSockets: 64,
  maxFreeSockets: 16,
  // An idle connection must not outlive the patience of common servers and balancers.
  timeout: 30_000,
};

export const createPinnedAgents = (endpoint: Endpoint, pins: Pins): PinnedAgents => {
  const resolveFitting = async (
    host: string,
    wanted: number,
  ): Promise<[LookupAddress, ...LookupAddress[]]> => {
    const addresses = await pins.resolve(host.toLowerCase());
    const [first, ...others] = wanted === 0 ? addresses : addresses.filter(({ family }) => family === wanted);
    if (first === undefined)
      throw Object.assign(new Error(`${host} has no such address.`), { code: 'ENOTFOUND' });
    return [first, ...others];
  };
  const lookup: LookupFunction = (host, options, callback) => {
    const wanted = options.family === 4 || options.family === 6 ? options.family : 0;
    // What the callback throws is the socket's own affair, so it is called outside the promise.
    void resolveFitting(host, wanted).then(
      (addresses) =>
        setImmediate(() =>
          options.all === true
            ? callback(null, addresses)
            : callback(null, addresses[0].address, addresses[0].family),
        ),
      (error: unknown) => setImmediate(() => callback(asError(error), '', 0)),
    );
  };

  // `lookup` belongs to the options of the socket, to which an agent hands on all it was given.
  const httpAgent = new HttpAgent({ ...agentOptions, lookup });
  const httpsAgent = new HttpsAgent({ ...agentOptions, lookup });
  for (const agent of [httpAgent, httpsAgent]) guardLiterals(agent, pins);
  return {
    endpoint,
    httpAgent,
    httpsAgent,
    destroy: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
};

/** An address in a URL is connected to without any lookup, so it is judged here. */
const guardLiterals = (agent: HttpAgent, pins: Pins): void => {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const host = (options.host ?? '').replace(/^\[|\]$/g, '');
    const refusal = isIP(host) === 0 ? null : pins.refuseLiteral(host);
    if (refusal === null) return connect(options, callback);
    // Node hands the error to the request and looks at no socket then; its type asks for one all the same.
    callback?.(refusal, undefined as never);
    return undefined;
  };
};

const asError = (error: unknown): NodeJS.ErrnoException =>
  error instanceof Error ? error : new Error('A lookup failed.', { cause: error });
