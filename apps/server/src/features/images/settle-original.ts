import type { OriginFacts } from '../sources/index.ts';
import { freshness } from './freshness.ts';
import type { Originals } from './originals/held-original.ts';
import { purgedSince, type PicturePart } from './picture-part.ts';

/** What of an original counts for this request. */
export interface Settled {
  /** Null: nothing is known, and nobody asked. */
  version: OriginFacts | null;
  /** Set where it is used although the origin should have been asked again. */
  staleBySeconds: number | null;
}

/**
 * Which version of its original a part is made of. `ask` says whether an origin is to be asked about an original that
 * nothing is known of: a fetch would tell as well.
 *
 * @throws {AppError} where the origin has no such object, or does not answer and what was known is too old
 */
export type SettleOriginal = (
  part: PicturePart,
  options: { ask: boolean; signal: AbortSignal },
) => Promise<Settled>;

/** Decides between what is known of originals and asking their origins. Failures are remembered by `originals`. */
export const createSettleOriginal =
  ({ originals, now }: { originals: Originals; now(): number }): SettleOriginal =>
  async (part, { ask, signal }) => {
    const { origin, key } = part;
    const { revalidateSeconds, staleSeconds } = part.source;
    const known = originals.known(origin, key);
    const purged = purgedSince(part);
    const state = freshness({
      checkedAt: known?.checkedAt ?? null,
      purged: known !== null && purged(known.checkedAt),
      now: now(),
      revalidateSeconds,
      staleSeconds,
    });
    if (known !== null && state === 'fresh') return { version: known.origin, staleBySeconds: null };
    if (known !== null && state === 'stale') {
      // Nobody waits for the answer, so nobody may call the question off. An origin that is down leaves what is known, while
      // that lasts; one without the original has it forgotten, so that this answer is the last of it.
      originals.check(origin, key, new AbortController().signal, purged).catch(() => undefined);
      return { version: known.origin, staleBySeconds: (now() - known.checkedAt) / 1000 - revalidateSeconds };
    }
    if (state === 'unknown' && !ask) return { version: null, staleBySeconds: null };
    return {
      version: (await originals.check(origin, key, signal, purged)).origin,
      staleBySeconds: null,
    };
  };
