import type { PurgeScope } from '@windlass/contract';
import type { SourcePurges } from '../source-purges.ts';

export const purgesLastMilliseconds = 31 * 24 * 60 * 60 * 1000;

/** Most purges that are kept of one source. */
export const maxPurges = 1000;

/**
 * Purges as caches ask for them. They are kept for 31 days, so a picture that is older than that may have been purged and
 * nobody knows: everything made before then counts as purged.
 *
 * @param now milliseconds of the epoch
 */
export const toSourcePurges = (
  rows: readonly { scope: PurgeScope; value: string; at: Date }[],
  now: number,
): SourcePurges => {
  const times = rows.map(({ scope, value, at }) => ({ scope, value, at: at.getTime() }));
  const all = Math.max(now - purgesLastMilliseconds, ...times.filter(isAll).map(({ at }) => at));
  // What the purge of everything covers says nothing more.
  const since = times.filter(({ at }) => at > all);
  const latest = (scope: PurgeScope): Map<string, number> => {
    const found = new Map<string, number>();
    for (const one of since) {
      if (one.scope === scope) found.set(one.value, Math.max(one.at, found.get(one.value) ?? 0));
    }
    return found;
  };
  return {
    all,
    paths: latest('path'),
    prefixes: [...latest('prefix')].map(([prefix, at]) => ({ prefix, at })),
    tags: latest('tag'),
  };
};

const isAll = ({ scope }: { scope: PurgeScope }): boolean => scope === 'all';
