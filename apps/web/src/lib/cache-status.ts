/** What a Cache-Status header says of one cache (RFC 9211). */
export interface CacheStatus {
  hit: boolean;
  /** The tier that had it, e.g. `memory`; null where the cache does not say. */
  detail: string | null;
  /** True where what was served is past its lifetime. */
  stale: boolean;
}

/**
 * Reads what one cache says of itself. Null where it says nothing.
 *
 * @example parseCacheStatus('windlass; hit; ttl=-1; detail=memory', 'windlass')
 */
export const parseCacheStatus = (header: string, cache: string): CacheStatus | null => {
  const entry = header
    .split(',')
    .map((part) => part.split(';').map((piece) => piece.trim()))
    .find(([name]) => name === cache);
  if (entry === undefined) return null;
  const parameters = new Map(
    entry.slice(1).map((parameter) => {
      const [key = '', value = ''] = parameter.split('=');
      return [key, value.replaceAll('"', '')] as const;
    }),
  );
  return {
    hit: parameters.has('hit'),
    detail: parameters.get('detail') ?? null,
    stale: Number(parameters.get('ttl') ?? 0) < 0,
  };
};
