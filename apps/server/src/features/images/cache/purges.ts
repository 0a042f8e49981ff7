import type { SourcePurges } from '../../sources/index.ts';
import type { PictureFacts } from './picture-tier.ts';

/**
 * Whether a picture was made before a purge that names it. A purge of the same millisecond counts: to make a picture once
 * more costs little, to serve one that was purged costs trust.
 *
 * @example isPurged({ madeAt: 5, path: 'a/b.jpg', tags: [] }, { ...noPurges, prefixes: [{ prefix: 'a/', at: 6 }] }) // true
 */
export const isPurged = (
  { madeAt, path, tags }: Pick<PictureFacts, 'madeAt' | 'path' | 'tags'>,
  purges: SourcePurges,
): boolean => {
  const counts = (at: number | null | undefined): boolean => at !== null && at !== undefined && madeAt <= at;
  return (
    counts(purges.all) ||
    counts(purges.paths.get(path)) ||
    purges.prefixes.some(({ prefix, at }) => counts(at) && path.startsWith(prefix)) ||
    tags.some((tag) => counts(purges.tags.get(tag)))
  );
};
