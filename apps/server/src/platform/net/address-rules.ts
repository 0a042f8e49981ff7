import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/** Public by their range, yet they answer with a machine's own secrets. The others lie in refused ranges. */
const metadataAddresses: Record<string, string> = {
  '168.63.129.16': "a cloud's metadata service",
};

const rangeNames: Record<string, string> = {
  unspecified: 'no particular machine',
  loopback: 'this machine itself',
  private: 'a private network',
  uniqueLocal: 'a private network',
  deprecatedSiteLocal: 'a private network',
  linkLocal: 'the local link, where metadata services live',
  carrierGradeNat: "a provider's inner network",
  multicast: 'a group of machines',
  broadcast: 'every machine of a network',
};

/**
 * Why an address may not be connected to, or null for one of the public internet. IPv4 inside IPv6 (mapped, NAT64,
 * 6to4) is judged as what it leads to. What is not known to be public is refused.
 *
 * @example refusalOf('::ffff:10.0.0.1') // 'a private network'
 */
export const refusalOf = (address: string): string | null => {
  if (!ipaddr.isValid(address)) return 'not an address';
  const parsed = ipaddr.parse(address);
  return isIpv4(parsed) ? refusalOfIpv4(parsed) : refusalOfIpv6(parsed);
};

const isIpv4 = (address: IPv4 | IPv6): address is IPv4 => address.kind() === 'ipv4';

const refusalOfIpv4 = (address: IPv4): string | null => {
  const metadata = metadataAddresses[address.toString()];
  if (metadata !== undefined) return metadata;
  const range = address.range();
  return range === 'unicast' ? null : (rangeNames[range] ?? 'a reserved range');
};

const refusalOfIpv6 = (address: IPv6): string | null => {
  // A zone (`fe80::1%eth0`) names a link of this machine.
  if (address.zoneId !== undefined && address.zoneId !== '')
    return 'the local link, where metadata services live';
  const range = address.range();
  const bytes = address.toByteArray();
  if (range === 'ipv4Mapped') return refusalOfIpv4(ipv4At(bytes, 12));
  if (range === '6to4') return refusalOfIpv4(ipv4At(bytes, 2));
  // RFC 6052's own prefix. RFC 8215's 64:ff9b:1::/48 is for local use and stays refused.
  if (range === 'rfc6052' && bytes[5] === 0) return refusalOfIpv4(ipv4At(bytes, 12));
  // RFC 4291 2.4: global unicast is 2000::/3; `unicast` alone would let ::7f00:1 through.
  const global = ((bytes[0] ?? 0) & 0xe0) === 0x20;
  return range === 'unicast' && global ? null : (rangeNames[range] ?? 'a reserved range');
};

const ipv4At = (bytes: number[], start: number): IPv4 => new ipaddr.IPv4(bytes.slice(start, start + 4));
