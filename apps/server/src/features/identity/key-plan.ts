/** How long a key signs before the next one does. */
export const keyLifeMilliseconds = 90 * 24 * 60 * 60_000;
/** A new key is published for so long before it signs: longer than providers keep the key set. */
export const publishLeadMilliseconds = 2 * 24 * 60 * 60_000;
/** An old key stays published for so long after it signed last: its tokens have long expired, and caches too. */
export const retireAfterMilliseconds = 2 * 24 * 60 * 60_000;

export interface KeyTimes {
  kid: string;
  usableFrom: Date;
}

export interface KeyPlan {
  /** Signs now; null where there is no key yet. */
  signing: string | null;
  published: string[];
  /** When a key must be made now: from when on it may sign. */
  make: { usableFrom: Date } | null;
  drop: string[];
}

/**
 * What to do with the keys of the issuer at a moment. One life of a key: published, signing, published only, gone;
 * there is a signing key at every moment, and every verifier has it before it signs.
 *
 * @param keys in any order
 */
export const planKeys = (keys: readonly KeyTimes[], now: Date): KeyPlan => {
  const at = now.getTime();
  const ordered = keys.toSorted(
    (a, b) => a.usableFrom.getTime() - b.usableFrom.getTime() || (a.kid < b.kid ? -1 : 1),
  );
  const signing = ordered.findLast(({ usableFrom }) => usableFrom.getTime() <= at) ?? null;
  if (signing === null) {
    // Nobody has a key of ours in a cache yet, so the first one may sign at once.
    const waiting = ordered.map(({ kid }) => kid);
    return { signing: null, published: waiting, make: { usableFrom: now }, drop: [] };
  }
  const newest = ordered.at(-1) ?? signing;
  const old = newest.usableFrom.getTime() + keyLifeMilliseconds <= at;
  const kept = ordered.filter((key, index) => {
    const successor = ordered[index + 1];
    const signedUntil = successor?.usableFrom.getTime() ?? Number.POSITIVE_INFINITY;
    return key === signing || signedUntil + retireAfterMilliseconds > at;
  });
  return {
    signing: signing.kid,
    published: kept.map(({ kid }) => kid),
    make: old ? { usableFrom: new Date(at + publishLeadMilliseconds) } : null,
    drop: ordered.filter((key) => !kept.includes(key)).map(({ kid }) => kid),
  };
};
