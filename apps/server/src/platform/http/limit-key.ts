import ipaddr from 'ipaddr.js';

/**
 * What a rate limit counts as one address: an IPv4 address, or the /64 of an IPv6 address, since one subscriber
 * holds at least that many. An IPv4 address in IPv6 clothes counts as what it is.
 *
 * @example toLimitKey('2001:db8:1:2:3::9') // '2001:db8:1:2::/64'
 */
export const toLimitKey = (address: string): string => {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString().replace(/%.*$/, '')}/64`);
  return `${network.toString()}/64`;
};
