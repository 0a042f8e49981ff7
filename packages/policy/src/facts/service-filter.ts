/** Bits of the filter: about nine for each of AWS's 456 services. */
export const serviceFilterBits = 4096;

const hashes = 6;

/**
 * Where a service prefix has its bits in the filter.
 *
 * A Bloom filter over all prefixes is a quarter of their list: one that exists is never taken for unknown, and of those
 * that do not about one in a hundred is taken for known. That is the right side to err on for a linter.
 */
export const serviceFilterPositions = (prefix: string): number[] => {
  // FNV-1a twice, from two offsets; the sums of the two give as many hashes as are needed (Kirsch and Mitzenmacher).
  let first = 0x811c9dc5;
  let second = 0x050c5d1f;
  for (let at = 0; at < prefix.length; at += 1) {
    first = Math.imul(first ^ prefix.charCodeAt(at), 0x01000193) >>> 0;
    second = Math.imul(second ^ prefix.charCodeAt(at), 0x01000193) >>> 0;
  }
  return Array.from(
    { length: hashes },
    (_, round) => (first + round * ((second | 1) >>> 0)) % serviceFilterBits,
  );
};
