/** Where a picture came from. */
export type PictureOrigin =
  | { kind: 'hit'; tier: 'hot' | 'memory' | 'disk' | 'bucket' }
  /** Only validators were compared. */
  | { kind: 'validated' }
  /** Made for this request; the time is that of children. */
  | { kind: 'made'; renderMilliseconds: number }
  /** Made for another request at the same moment. */
  | { kind: 'joined' };

/** RFC 9211 2. `detail` names the tier; a `ttl` below zero tells a stale answer while the origin is asked behind it. */
export const cacheStatus = (from: PictureOrigin, staleBySeconds: number | null): string => {
  const ttl = staleBySeconds === null ? '' : `; ttl=-${Math.max(1, Math.ceil(staleBySeconds))}`;
  switch (from.kind) {
    case 'hit':
      return `windlass; hit${ttl}; detail=${from.tier}`;
    case 'validated':
      return `windlass; hit${ttl}; detail=validators`;
    case 'made':
      return 'windlass; fwd=miss; stored';
    case 'joined':
      return 'windlass; fwd=miss; stored; collapsed';
  }
};
