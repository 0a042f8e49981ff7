import { canonicalPlan } from '@windlass/images';
import type { OriginFacts } from '../sources/index.ts';
import type { PictureFacts } from './cache/picture-tier.ts';
import { isPurged } from './cache/purges.ts';
import { pictureKey } from './picture-key.ts';
import { allParts, type PicturePart } from './picture-part.ts';
import { aboutOverlay } from './refusal.ts';
import type { SettleOriginal } from './settle-original.ts';

/** A picture that was asked for, with the versions of the originals that it is, or would be, made of. */
export interface PictureState {
  part: PicturePart;
  versions: ReadonlyMap<PicturePart, OriginFacts | null>;
  /** Null while the version of the base is not known: fetching it will tell. */
  key: string | null;
  /** Names equal work. The key, or what stands for it while there is none. */
  flightKey: string;
  /** Of whatever in it changed last. */
  lastModified: Date | null;
  /** Set where an original in it should have been asked for again. */
  staleBySeconds: number | null;
  /** False for a picture that was made before a purge of anything in it. */
  isCurrent(facts: PictureFacts): boolean;
  /** Whether a purge of anything in it came after this moment, milliseconds of the epoch. */
  purgedSince(at: number): boolean;
}

/** The latest change of anything in a picture. */
export const latest = (dates: readonly (Date | null)[]): Date | null =>
  dates.reduce((one, other) => (one === null || (other !== null && other > one) ? other : one), null);

/** `tags`: with which it was made. It is purged by those as well as by the ones that it is asked for with. */
const purgedSince = (part: PicturePart, madeAt: number, tags: readonly string[] = []): boolean =>
  allParts(part).some((each) => {
    const { path, plan, source } = each;
    const all = each === part ? [...plan.tags, ...tags] : plan.tags;
    return isPurged({ madeAt, path, tags: all }, source.purges);
  });

/**
 * Settles every original of a picture. `ask`: whether to ask the origin about a base that nothing is known of.
 *
 * @throws {Refusal} where an original is not there
 */
export const readPictureState = async (
  part: PicturePart,
  settle: SettleOriginal,
  encoder: string,
  { ask, signal }: { ask: boolean; signal: AbortSignal },
): Promise<PictureState> => {
  const parts = allParts(part);
  const settled = await Promise.all(
    parts.map((each) =>
      aboutOverlay(each.parameter, () => settle(each, { ask: ask || each !== part, signal })),
    ),
  );
  const versions = new Map(parts.map((each, index) => [each, settled[index]?.version ?? null]));
  const [base, ...overlays] = parts.map((each) => ({
    originId: each.origin.id,
    key: each.key,
    version: versions.get(each) ?? null,
  }));
  // `allParts` begins with the part itself.
  if (base === undefined) throw new Error('A picture has no part');
  const name = pictureKey({
    source: part.source.sourceId,
    base,
    overlays,
    plan: canonicalPlan(part.plan),
    encoder,
  });
  const stale = settled.flatMap(({ staleBySeconds }) => (staleBySeconds === null ? [] : [staleBySeconds]));
  return {
    part,
    versions,
    key: base.version === null ? null : name,
    flightKey: name,
    lastModified: latest([...versions.values()].map((version) => version?.lastModified ?? null)),
    staleBySeconds: stale.length === 0 ? null : Math.max(...stale),
    isCurrent: ({ madeAt, tags }) => !purgedSince(part, madeAt, tags),
    purgedSince: (at) => purgedSince(part, at),
  };
};
