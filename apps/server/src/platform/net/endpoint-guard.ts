import type { LookupAddress } from 'node:dns';
import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { AppError } from '../../kernel/app-error.ts';
import { refusalOf } from './address-rules.ts';
import { canonicalHost, parseAllowList } from './allow-list.ts';
import { parseEndpoint, type Endpoint } from './endpoint.ts';
import { createPinnedAgents, type PinnedAgents } from './pinned-agents.ts';

/** How long an answer of DNS stands before it is asked, and judged, anew. */
const pinMilliseconds = 60_000;
const lookupTimeoutMilliseconds = 5000;

/** What an endpoint must fulfil beside its addresses. */
interface EndpointRules {
  /** Plain http only where the operator has allowed the host by name or address. */
  requireTls?: boolean;
}

/** Asks the system's resolver for every address of a name. */
export type ResolveName = (host: string) => Promise<LookupAddress[]>;

/**
 * Keeps connections that people define away from what only this machine can reach (server-side request forgery).
 *
 * The judgement is made on the very address that the socket connects to, each time one is opened: a name that
 * resolves to something else a moment later changes nothing. Redirects are never followed by whoever uses the agents.
 */
export interface EndpointGuard {
  /**
   * For the moment of saving: reads the endpoint and judges its addresses. A name that does not resolve passes; the
   * check will say so.
   *
   * @throws AppError invalidRequest, endpointRefused
   */
  inspect(endpoint: string, rules?: EndpointRules): Promise<Endpoint>;
  /**
   * Agents that reach this endpoint and nothing else; with `bucket`, `bucket.host` too (virtual addressing).
   * Names are resolved once and pinned. TLS and the Host header keep the name. Destroy them when done.
   *
   * @throws AppError invalidRequest
   */
  agentsFor(endpoint: string, options?: { bucket?: string } & EndpointRules): PinnedAgents;
}

export const createEndpointGuard = (options: {
  /** Entries of WINDLASS_ALLOW_ENDPOINTS. */
  allow: readonly string[];
  resolveName?: ResolveName;
}): EndpointGuard => {
  const allowList = parseAllowList(options.allow);
  const resolveName = options.resolveName ?? ((host) => dnsLookup(host, { all: true, verbatim: true }));

  const refuse = (
    endpoint: Endpoint,
    address: string,
    { requireTls = false }: EndpointRules,
  ): AppError | null => {
    if (allowList.allows({ host: endpoint.host, address, port: endpoint.port })) return null;
    const refusal = refusalOf(address);
    if (refusal !== null)
      return new AppError('endpointRefused', `The endpoint ${endpoint.origin} leads to ${refusal}.`);
    if (!requireTls || endpoint.secure) return null;
    return new AppError('endpointRefused', `The endpoint ${endpoint.origin} is plain http: use https.`);
  };

  /** Refused as soon as one address is: half a name is not trusted either. */
  const resolveJudged = async (
    endpoint: Endpoint,
    host: string,
    rules: EndpointRules,
  ): Promise<LookupAddress[]> => {
    const addresses = await resolve(host, resolveName);
    for (const { address } of addresses) {
      const refusal = refuse(endpoint, address, rules);
      if (refusal !== null) throw refusal;
    }
    return addresses;
  };

  return {
    inspect: async (text, rules = {}) => {
      const endpoint = parseEndpoint(text);
      try {
        await resolveJudged(endpoint, endpoint.host, rules);
      } catch (error) {
        if (error instanceof AppError) throw error;
      }
      return endpoint;
    },
    agentsFor: (text, { bucket, ...rules } = {}) => {
      const endpoint = parseEndpoint(text);
      const hosts = new Set([
        endpoint.host,
        ...(bucket === undefined ? [] : [`${bucket}.${endpoint.host}`.toLowerCase()]),
      ]);
      const pins = new Map<string, { until: number; addresses: Promise<LookupAddress[]> }>();
      return createPinnedAgents(endpoint, {
        resolve: async (host) => {
          if (!hosts.has(host)) throw ledAway(endpoint);
          const known = pins.get(host);
          if (known !== undefined && known.until > performance.now()) return known.addresses;
          const addresses = resolveJudged(endpoint, host, rules);
          pins.set(host, { until: performance.now() + pinMilliseconds, addresses });
          // A failure is not pinned. Whoever asked gets it; this branch only forgets.
          addresses.catch(() => pins.delete(host));
          return addresses;
        },
        refuseLiteral: (address) =>
          address === endpoint.host ? refuse(endpoint, address, rules) : ledAway(endpoint),
      });
    },
  };
};

const ledAway = (endpoint: Endpoint): AppError =>
  new AppError('endpointRefused', `A request for ${endpoint.origin} was led to another host.`);

const resolve = async (host: string, resolveName: ResolveName): Promise<LookupAddress[]> => {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  // RFC 6761 6.3: these names mean loopback, whatever a resolver says.
  if (/(^|\.)localhost$/.test(canonicalHost(host))) {
    return [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ];
  }
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    timeout.reject(Object.assign(new Error(`Looking up ${host} took too long.`), { code: 'ETIMEOUT' }));
  }, lookupTimeoutMilliseconds);
  try {
    const addresses = await Promise.race([resolveName(host), timeout.promise]);
    if (addresses.length === 0)
      throw Object.assign(new Error(`${host} has no address.`), { code: 'ENOTFOUND' });
    return addresses;
  } finally {
    clearTimeout(timer);
  }
};
