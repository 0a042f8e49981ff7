import { setImmediate } from 'node:timers';
import { AppError } from '../../../kernel/app-error.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { isDiskFull } from '../storage/disk-full.ts';
import { downloadInto } from './download.ts';
import { createFairLanes, type FairLanesOptions, type LanePass } from './fair-lanes.ts';
import type { KnownOriginals } from './known-originals.ts';
import type { OriginFailures } from './origin-failures.ts';
import type { OriginalStore, StoredOriginal } from './original-store.ts';
import type { Origin, OriginFacts, OriginObject } from './origin.ts';
import { placeOf, versionOf } from './version.ts';

export interface Fetched {
  /** Held until the next turn of the event loop: whoever waits takes a hold of their own before. */
  stored: StoredOriginal;
  origin: OriginFacts;
}

export interface FetchRequest {
  origin: Origin;
  key: string;
  /** The version that is expected; null for whatever there is. */
  version: OriginFacts | null;
  maxBytes: number;
  /** Where a failure of it is remembered. */
  failureKey: string;
}

export interface OriginalFetches {
  /** @throws AppError, as the origin does; unavailable where too much waits, or the disk is full */
  fetch(request: FetchRequest, signal: AbortSignal): Promise<Fetched>;
  stats(): { fetches: number; running: number; waiting: number };
}

export interface OriginalFetchesOptions {
  store: OriginalStore;
  known: KnownOriginals;
  failures: OriginFailures;
  clock: Clock;
  warn(error: unknown, message: string): void;
  lanes: FairLanesOptions;
  timeoutMilliseconds: number;
}

type Limits = Pick<Parameters<Origin['open']>[1], 'signal' | 'maxBytes'>;

/** Brings originals from their origins onto the disk. */
export const createOriginalFetches = ({
  store,
  known,
  failures,
  clock,
  warn,
  lanes: laneOptions,
  timeoutMilliseconds,
}: OriginalFetchesOptions): OriginalFetches => {
  const lanes = createFairLanes(laneOptions);
  let fetches = 0;

  /** What is on disk, in the words of its origin. */
  const keptFacts = (place: string): OriginFacts | null => {
    const version = store.versionAt(place);
    const latest = known.get(place);
    return version !== null && latest !== null && versionOf(latest.origin) === version ? latest.origin : null;
  };

  const writeDown = async (
    place: string,
    object: OriginObject,
    askedAt: number,
    limits: Limits,
  ): Promise<Fetched> => {
    const { etag, lastModified, size } = object;
    const facts = { etag, lastModified, size };
    const version = versionOf(facts);
    // A slow download may end after a newer version was seen: it is then for those who wait for it, and for nobody else.
    const isLatest = (): boolean => versionOf(known.remember(place, facts, askedAt).origin) === version;
    try {
      const stored = await store.add(place, version, isLatest, (file) => downloadInto(file, object, limits));
      return { stored, origin: facts };
    } catch (error) {
      object.body.destroy();
      limits.signal.throwIfAborted();
      if (error instanceof AppError) throw error;
      warn(error, 'an original could not be written to disk');
      if (isDiskFull(error)) store.makeRoom(2 * (size ?? limits.maxBytes));
      throw new AppError('unavailable', 'There is no room for the original.', { cause: error });
    }
  };

  const download = async (
    { origin, key, version }: FetchRequest,
    pass: LanePass,
    limits: Limits,
  ): Promise<Fetched> => {
    const place = placeOf(origin, key);
    const open = async (ifChanged: OriginFacts | null): Promise<OriginObject | null> => {
      const object = await origin.open(key, { ...limits, ...(ifChanged === null ? {} : { ifChanged }) });
      // A connection may end before the file for it is open. Whoever reads the body then still meets the error.
      object?.body.on('error', () => {});
      return object;
    };
    fetches += 1;
    const askedAt = clock.now().getTime();
    // Where nobody named a version, the one on disk may still be it.
    const kept = version === null ? keptFacts(place) : null;
    let object = await open(kept);
    if (object === null && kept !== null) {
      const stored = await store.hold(place, versionOf(kept));
      if (stored !== null) {
        known.remember(place, kept, askedAt);
        return { stored, origin: kept };
      }
      // It was evicted while the origin was asked.
      object = await open(null);
    }
    if (object === null) {
      throw new AppError('originFailed', 'The origin answered to a condition that was not set.');
    }
    if (object.size !== null) pass.shrinkTo(object.size);
    return writeDown(place, object, askedAt, limits);
  };

  return {
    fetch: async (request, signal) => {
      using pass = await lanes.enter(request.origin.id, request.version?.size ?? request.maxBytes, signal);
      return await failures.ask(request.failureKey, timeoutMilliseconds, signal, async (bounded) => {
        const fetched = await download(request, pass, { signal: bounded, maxBytes: request.maxBytes });
        // Also where it came too late and nobody waits. Those who do go on in the microtasks before this.
        setImmediate(() => store.release(fetched.stored));
        return fetched;
      });
    },
    stats: () => {
      const { running, waiting } = lanes.stats();
      return { fetches, running, waiting };
    },
  };
};
