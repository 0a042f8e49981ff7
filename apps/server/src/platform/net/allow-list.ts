import ipaddr from 'ipaddr.js';

interface HostEntry {
  host: string;
  /** Null stands for every port. */
  port: number | null;
}

/** What an operator lets connections reach although it is not on the public internet. */
export interface AllowList {
  /** `host` as a URL spells it, without brackets. An entry with an address covers that address under any name too. */
  allows(target: { host: string; address: string; port: number }): boolean;
}

/**
 * Reads entries of WINDLASS_ALLOW_ENDPOINTS: `host`, `host:port`, `10.0.0.5`, `10.0.0.5:9000`, `[fd00::5]:9000`, `10.0.0.0/8`.
 *
 * @throws Error that names the entry it cannot read
 */
export const parseAllowList = (entries: readonly string[]): AllowList => {
  const networks: ReturnType<typeof ipaddr.parseCIDR>[] = [];
  const hosts: HostEntry[] = [];
  for (const entry of entries.map((text) => text.trim()).filter((text) => text !== '')) {
    if (ipaddr.isValidCIDR(entry)) networks.push(ipaddr.parseCIDR(entry));
    else hosts.push(parseHost(entry));
  }
  const inNetwork = (address: string): boolean => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return networks.some(
      ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
    );
  };
  return {
    allows: ({ host, address, port }) =>
      hosts.some(
        (entry) =>
          (entry.port === null || entry.port === port) &&
          (entry.host === canonicalHost(host) || entry.host === canonicalHost(address)),
      ) || inNetwork(address),
  };
};

/** Lower case, no brackets, no final dot; addresses in one spelling, mapped ones as the IPv4 address they hold. */
export const canonicalHost = (host: string): string => {
  const bare = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : bare;
};

const parseHost = (entry: string): HostEntry => {
  // A bare IPv6 address has colons of its own.
  if (ipaddr.IPv6.isValid(entry)) return { host: canonicalHost(entry), port: null };
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(entry);
  const port = match?.[2] === undefined ? null : Number(match[2]);
  if (match?.[1] === undefined || (port !== null && (port < 1 || port > 65_535))) {
    throw new Error(
      `WINDLASS_ALLOW_ENDPOINTS has the entry ${JSON.stringify(entry)}, which is no host, host:port, address or CIDR.`,
    );
  }
  return { host: canonicalHost(match[1]), port };
};
