import { RenderError, type RenderFailure } from '@windlass/images';
import type { ResolvedSource } from '../sources/index.ts';
import type { CachedPicture, PictureTier } from './cache/picture-tier.ts';
import type { PictureTiers } from './cache/tiers.ts';
import type { PictureOrigin } from './cache-status.ts';
import type { FailureMemory } from './failure-memory.ts';
import type { MadePicture, MakeOptions, MakePicture } from './make-picture.ts';
import { allParts } from './picture-part.ts';
import type { PictureState } from './picture-state.ts';
import { refusalOf } from './refusal.ts';
import { createSingleFlight } from './single-flight.ts';
import type { StageClock } from './stage-clock.ts';

export interface FindPictureDeps {
  tiers: PictureTiers;
  /** The shared tier of a source; null where it has none. */
  bucketTier(source: ResolvedSource): Promise<PictureTier | null>;
  make: MakePicture;
  failures: FailureMemory;
  /** One more request waits for a picture that is being made already. */
  onJoin(): void;
}

export interface FoundPicture {
  picture: CachedPicture;
  /** With the key of the picture, where making it told. */
  state: PictureState;
  from: PictureOrigin;
}

export interface FindPicture {
  /** From the caches alone. */
  cached(state: PictureState, clock: StageClock, signal: AbortSignal): Promise<FoundPicture | null>;
  /** From the caches, else made: once for all who ask at the same moment. */
  find(state: PictureState, clock: StageClock, signal: AbortSignal): Promise<FoundPicture>;
  /** Made once more, with an encoder that takes its time, and kept in the place of the other one. */
  remake(state: PictureState, signal: AbortSignal): Promise<CachedPicture>;
}

/** Seconds in which the same picture of the same originals would fail the same way. */
const rememberedSeconds: Partial<Record<RenderFailure, number>> = {
  'not-an-image': 600,
  'too-large': 600,
  'bad-value': 600,
  deadline: 60,
  crashed: 60,
};

/** With the versions of all sources in it: a limit that was raised is tried at once. */
const failureName = ({ flightKey, part }: PictureState): string =>
  ['picture', flightKey, ...allParts(part).map(({ source }) => source.version)].join('\n');

export const createFindPicture = (deps: FindPictureDeps): FindPicture => {
  const flights = createSingleFlight<MadePicture>();

  const bucketOf = async ({ part: { source } }: PictureState): Promise<PictureTier | null> =>
    source.cacheConnectionId === null ? null : deps.bucketTier(source);

  const lookUp = async (key: string, state: PictureState, signal: AbortSignal) =>
    deps.tiers.find(key, { signal, bucket: await bucketOf(state), isCurrent: state.isCurrent });

  const options = async (
    state: PictureState,
    more: Pick<MakeOptions, 'effort' | 'urgency'>,
    signal: AbortSignal,
  ): Promise<MakeOptions> => {
    const bucket = await bucketOf(state);
    return {
      ...more,
      versions: state.versions,
      // The caller has looked already under the key that it knew.
      find: async (key) => (key === state.key ? null : ((await lookUp(key, state, signal))?.picture ?? null)),
      store: (key, picture) => void deps.tiers.put(key, picture, bucket),
    };
  };

  const make = async (state: PictureState, signal: AbortSignal): Promise<MadePicture> => {
    try {
      return await deps.make(
        state.part,
        await options(state, { effort: 'normal', urgency: 'now' }, signal),
        signal,
      );
    } catch (error) {
      const seconds = error instanceof RenderError ? rememberedSeconds[error.reason] : undefined;
      // Without a version the failure would outlive a change of the original.
      if (seconds !== undefined && state.key !== null) {
        deps.failures.remember(failureName(state), refusalOf(error), seconds);
      }
      throw error;
    }
  };

  const cached: FindPicture['cached'] = async (state, clock, signal) => {
    const { key } = state;
    if (key === null) return null;
    const found = await clock.time('cache', () => lookUp(key, state, signal));
    if (found === null) return null;
    return { picture: found.picture, state, from: { kind: 'hit', tier: found.tier } };
  };

  return {
    cached,
    find: async (state, clock, signal) => {
      const there = await cached(state, clock, signal);
      if (there !== null) return there;
      const known = deps.failures.recall(failureName(state), state.purgedSince);
      if (known !== undefined) throw known;
      const waits = flights.has(state.flightKey);
      const made = await flights.run(state.flightKey, signal, (shared) => make(state, shared));
      const { key, picture, times } = made;
      clock.addAll(times);
      const joined = waits || made.joined;
      if (joined) deps.onJoin();
      const renderMilliseconds = (times.prepare ?? 0) + (times.pipeline ?? 0);
      const from: PictureOrigin = joined ? { kind: 'joined' } : { kind: 'made', renderMilliseconds };
      return { picture, state: { ...state, key }, from };
    },
    remake: async (state, signal) => {
      const slowly = await options(state, { effort: 'slow', urgency: 'idle' }, signal);
      return (await deps.make(state.part, { ...slowly, find: async () => null }, signal)).picture;
    },
  };
};
