/** Where a source is served, as the client libraries are told: their four options and the source's name. */
export interface DeliveryAddress {
  name: string;
  host: string;
  /** Null for the scheme's own. */
  port: number | null;
  https: boolean;
  /** True: the name is a label of the host; false: the first segment of the path. */
  subdomains: boolean;
}

/**
 * Reads the address out of the URLs that the server tells; the source's own host is preferred where there is one.
 *
 * @example deliveryAddress({ name: 'demo', baseUrl: 'http://localhost:7401/demo', hostUrl: null })
 */
export const deliveryAddress = (source: {
  name: string;
  baseUrl: string;
  hostUrl: string | null;
}): DeliveryAddress => {
  const { protocol, hostname, port } = new URL(source.hostUrl ?? source.baseUrl);
  const subdomains = source.hostUrl !== null;
  return {
    name: source.name,
    host: subdomains ? hostname.slice(source.name.length + 1) : hostname,
    port: port === '' ? null : Number(port),
    https: protocol === 'https:',
    subdomains,
  };
};
