/** An address as groups of 16 bits: two for IPv4, eight for IPv6. */
type Groups = readonly number[];

/** A number below `limit` in that base, and nothing else; -1 for any other text. */
const readNumber = (text: string, base: 10 | 16, limit: number): number => {
  if (text === '' || text.length > 4) return -1;
  let value = 0;
  for (const character of text.toLowerCase()) {
    const digit = '0123456789abcdef'.indexOf(character);
    if (digit < 0 || digit >= base) return -1;
    value = value * base + digit;
  }
  return value < limit ? value : -1;
};

const readIpv4 = (text: string): Groups | null => {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  const bytes = parts.map((part) => readNumber(part, 10, 256));
  const [first = -1, second = -1, third = -1, fourth = -1] = bytes;
  return bytes.includes(-1) ? null : [first * 256 + second, third * 256 + fourth];
};

const readGroups = (text: string): Groups | null => {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [at, part] of parts.entries()) {
    // The last two groups may be written as an IPv4 address: ::ffff:192.0.2.1.
    if (at === parts.length - 1 && part.includes('.')) groups.push(...(readIpv4(part) ?? [-1]));
    else groups.push(readNumber(part, 16, 0x10000));
  }
  return groups.includes(-1) ? null : groups;
};

const readIpv6 = (text: string): Groups | null => {
  const gap = text.indexOf('::');
  const head = readGroups(gap < 0 ? text : text.slice(0, gap));
  const tail = gap < 0 ? [] : readGroups(text.slice(gap + 2));
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (gap < 0 ? missing !== 0 : missing < 1) return null;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
};

const readAddress = (text: string): Groups | null => (text.includes(':') ? readIpv6(text) : readIpv4(text));

export interface IpRange {
  readonly groups: Groups;
  /** How many of the first bits count. */
  readonly prefixLength: number;
}

/**
 * A range in CIDR notation, or one address; null for anything else. Bits beyond the prefix may be set, and do not count.
 *
 * Source: RFC 4632 section 3.1, RFC 4291 section 2.2
 *
 * @example parseIpRange('203.0.113.0/24')?.prefixLength // 24
 */
export const parseIpRange = (text: string): IpRange | null => {
  const slash = text.indexOf('/');
  const groups = readAddress(slash < 0 ? text : text.slice(0, slash));
  if (groups === null) return null;
  const width = groups.length * 16;
  const prefixLength = slash < 0 ? width : readNumber(text.slice(slash + 1), 10, width + 1);
  return prefixLength < 0 ? null : { groups, prefixLength };
};

/** Whether the address lies in the range; never for IPv4 in IPv6 or the other way round. */
export const ipRangeIncludes = (range: IpRange, address: IpRange): boolean => {
  if (range.groups.length !== address.groups.length) return false;
  if (address.prefixLength < range.prefixLength) return false;
  return range.groups.every((group, at) => {
    const bits = Math.min(16, Math.max(0, range.prefixLength - at * 16));
    return (group ^ (address.groups[at] ?? 0)) >> (16 - bits) === 0;
  });
};
