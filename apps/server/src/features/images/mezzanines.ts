import {
  canonicalPlan,
  canUseMezzanine,
  predictCost,
  type OriginalFacts,
  type OriginalFile,
  type RenderPool,
} from '@windlass/images';
import { LRUCache } from 'lru-cache';
import type { HeldOriginal, Originals } from './originals/held-original.ts';
import type { PicturePart } from './picture-part.ts';

/** What a child is to open. */
export interface RenderInput {
  file: OriginalFile;
  /** Of that file; null where nobody has opened it yet. */
  facts: OriginalFacts | null;
  /** It is not the original itself. */
  standIn: boolean;
}

/** Smaller stand-ins for originals that are dear to decode, made behind the answers. */
export interface Mezzanines extends AsyncDisposable {
  inputFor(part: PicturePart, held: HeldOriginal): RenderInput;
  /** After a render of the original: is a stand-in worth it? */
  consider(part: PicturePart, held: HeldOriginal, facts: OriginalFacts): void;
  stats(): { made: number };
}

/** Pixels of the longest side: enough for most of what pages ask for. */
const side = 2048;
/** A stand-in that spares each picture so much CPU is made at once. */
const dearMilliseconds = 80;
/** One that spares this much, as soon as a second picture is made of the same original. */
const worthwhileMilliseconds = 25;
const atOnce = 2;

const standInFacts = (facts: OriginalFacts): OriginalFacts => {
  const scale = Math.min(1, side / Math.max(facts.width, facts.height));
  return {
    format: facts.alpha ? 'png' : 'jpeg',
    width: Math.max(1, Math.round(facts.width * scale)),
    height: Math.max(1, Math.round(facts.height * scale)),
    orientation: 1,
    frames: 1,
    alpha: facts.alpha,
    progressive: false,
  };
};

/** CPU that a picture would have cost less. */
const sparedMilliseconds = (
  { plan, source }: PicturePart,
  original: OriginalFile,
  facts: OriginalFacts,
): number => {
  const job = {
    kind: 'picture',
    original,
    plan,
    limits: source.limits,
    overlays: {},
    effort: 'normal',
  } as const;
  return predictCost(job, facts).milliseconds - predictCost(job, standInFacts(facts)).milliseconds;
};

export const createMezzanines = ({
  originals,
  pool,
  onTrouble,
}: {
  originals: Originals;
  pool: RenderPool;
  onTrouble(error: unknown): void;
}): Mezzanines => {
  /** The first picture of each original; `tried`: no stand-in is made again. */
  const firstPlans = new LRUCache<string, { plan: string; tried: boolean }>({ max: 10_000 });
  const running = new Set<Promise<void>>();
  const stop = new AbortController();
  let made = 0;

  const make = async (part: PicturePart, held: HeldOriginal): Promise<void> => {
    const { origin, key, source } = part;
    const { limits } = source;
    const version = held.origin;
    try {
      using again = await originals.hold(origin, key, {
        signal: stop.signal,
        maxBytes: limits.maxInputBytes,
        version,
      });
      const job = { kind: 'mezzanine', original: again.file, limits, side } as const;
      const { bytes } = await pool.render(
        { job, team: source.teamId, facts: again.facts, urgency: 'idle' },
        stop.signal,
      );
      await originals.putMezzanine(origin, key, version, bytes);
      made += 1;
    } catch (error) {
      // The original serves as well; whoever asks next pays for it.
      if (!stop.signal.aborted) onTrouble(error);
    }
  };

  return {
    inputFor: ({ plan }, { file, facts, mezzanine }) =>
      mezzanine !== null && facts !== null && canUseMezzanine(plan, facts, side)
        ? { file: mezzanine, facts: standInFacts(facts), standIn: true }
        : { file, facts, standIn: false },
    consider: (part, held, facts) => {
      if (held.mezzanine !== null || !canUseMezzanine(part.plan, facts, side)) return;
      const name = `${part.origin.id}\n${part.key}\n${held.origin.etag}`;
      const plan = canonicalPlan(part.plan);
      const first = firstPlans.get(name) ?? { plan, tried: false };
      firstPlans.set(name, first);
      if (first.tried || running.size >= atOnce) return;
      const spared = sparedMilliseconds(part, held.file, facts);
      if (spared < (first.plan === plan ? dearMilliseconds : worthwhileMilliseconds)) return;
      first.tried = true;
      const work = make(part, held).finally(() => running.delete(work));
      running.add(work);
    },
    stats: () => ({ made }),
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await Promise.all(running);
    },
  };
};
