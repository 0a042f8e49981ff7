import { join } from 'node:path';
import { setImmediate } from 'node:timers';
import { AppError } from '../../../kernel/app-error.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { TimeoutError, withTimeout } from '../../../kernel/timing.ts';
import { createNegativeCache } from '../cache/negative-cache.ts';
import { createSingleFlight } from '../single-flight.ts';
import { openHashedFolders } from '../storage/hashed-folders.ts';
import { takeSlotFolder } from '../storage/slot-folder.ts';
import { downloadInto } from './download.ts';
import { createFairLanes, type LanePass } from './fair-lanes.ts';
import type { HeldOriginal, KnownOriginal, Originals } from './held-original.ts';
import { createKnownOriginals } from './known-originals.ts';
import { createOriginalStore, type StoredOriginal } from './original-store.ts';
import type { Origin, OriginFacts, OriginObject } from './origin.ts';
import { placeOf, versionOf } from './version.ts';

export interface OriginalsOptions {
  /** May be shared with other processes: each takes a slot of its own. */
  folder: string;
  /** Of this process, on disk. Originals that are held stay above it. */
  maxBytes: number;
  clock: Clock;
  log: { warn(facts: object, message: string): void };
  /** Downloads at the same time. Default 32, and 8 from one origin. */
  maxFetches?: number;
  maxFetchesPerOrigin?: number;
  /** Of one download, as a whole. Default 60 s. */
  fetchTimeoutMilliseconds?: number;
  /** Of one HEAD. Default 10 s. */
  checkTimeoutMilliseconds?: number;
  /** Originals that something is known of. Default 50,000, some 25 MB. */
  maxKnown?: number;
}

export interface StoredOriginals extends Originals {
  /** Settled when the files of an earlier process are known. Until then they count as absent. */
  readonly scanned: Promise<void>;
  stats(): ReturnType<Originals['stats']> & {
    evictions: number;
    /** Downloads. */
    running: number;
    waiting: number;
  };
}

interface Fetched {
  stored: StoredOriginal;
  origin: OriginFacts;
}

const notFoundMilliseconds = 10_000;
const failedMilliseconds = 2000;
const maxFailures = 20_000;
const saveMilliseconds = 5 * 60_000;
/** Downloads may take up to half of the budget, and those of one origin an eighth of it. */
const downloadShare = 1 / 2;
const originShare = 1 / 8;

/**
 * Originals as files in a folder, fetched once for all who ask and streamed there: none is ever in memory. One version of
 * each is kept, the latest; a version that is held stays on disk until the last holder lets go of it.
 */
export const createOriginals = async (options: OriginalsOptions): Promise<StoredOriginals> => {
  const { clock, log, maxBytes, maxFetches = 32, maxFetchesPerOrigin = 8 } = options;
  const { fetchTimeoutMilliseconds = 60_000, checkTimeoutMilliseconds = 10_000, maxKnown = 50_000 } = options;
  const slot = await takeSlotFolder(options.folder);
  const knownPath = join(slot.path, 'known.jsonl');
  const closing = new AbortController();
  const warn = (error: unknown, message: string): void => log.warn({ err: error }, message);

  const store = createOriginalStore({ files: await openHashedFolders(slot.path), maxBytes, warn });
  const known = createKnownOriginals(maxKnown);
  const failures = createNegativeCache<AppError>({ maxEntries: maxFailures, clock });
  const checks = createSingleFlight<KnownOriginal>();
  const fetches = createSingleFlight<Fetched>();
  const lanes = createFairLanes({
    maxRunning: maxFetches,
    maxRunningPerLane: maxFetchesPerOrigin,
    maxBytes: maxBytes * downloadShare,
    maxBytesPerLane: maxBytes * originShare,
    maxWaitingPerLane: 256,
  });
  const running = new Set<Promise<unknown>>();
  let fetchCount = 0;
  const now = (): number => clock.now().getTime();

  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    const done = (): void => void running.delete(work);
    work.then(done, done);
    return work;
  };

  const scan = async (): Promise<void> => {
    await known.load(knownPath);
    await store.scan(closing.signal);
  };
  const scanned = track(scan().catch((error: unknown) => warn(error, 'originals on disk cannot be listed')));
  const save = (): Promise<void> =>
    track(known.save(knownPath).catch((error: unknown) => warn(error, 'facts of originals are not kept')));
  const saving = setInterval(() => void save(), saveMilliseconds).unref();

  /** Runs a call to an origin; its failure is remembered for a moment under `failureKey`. */
  const ask = async <T>(
    failureKey: string,
    milliseconds: number,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    try {
      return await withTimeout(milliseconds, 'the origin', (bounded) => track(work(bounded)), signal);
    } catch (error) {
      signal.throwIfAborted();
      const failure = failureOf(error);
      if (failure === null) throw error;
      const isMissing = failure.code === 'notFound';
      failures.set(failureKey, failure, isMissing ? notFoundMilliseconds : failedMilliseconds);
      throw failure;
    }
  };

  const throwRemembered = (failureKey: string): void => {
    const failure = failures.get(failureKey);
    if (failure !== undefined) throw failure;
  };

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
    limits: { signal: AbortSignal; maxBytes: number },
  ): Promise<Fetched> => {
    const { etag, lastModified, size } = object;
    const facts = { etag, lastModified, size };
    const version = versionOf(facts);
    const isLatest = (): boolean => versionOf(known.remember(place, facts, askedAt).origin) === version;
    try {
      const stored = await store.add(place, version, isLatest, (file) => downloadInto(file, object, limits));
      return { stored, origin: facts };
    } catch (error) {
      object.body.destroy();
      limits.signal.throwIfAborted();
      if (error instanceof AppError) throw error;
      warn(error, 'an original could not be written to disk');
      store.makeRoom(2 * (size ?? limits.maxBytes));
      throw new AppError('unavailable', 'There is no room for the original.', { cause: error });
    }
  };

  const download = async (
    origin: Origin,
    key: string,
    version: OriginFacts | null,
    pass: LanePass,
    limits: { signal: AbortSignal; maxBytes: number },
  ): Promise<Fetched> => {
    const place = placeOf(origin, key);
    const open = (ifChanged: OriginFacts | null): Promise<OriginObject | null> =>
      origin.open(key, { ...limits, ...(ifChanged === null ? {} : { ifChanged }) });
    fetchCount += 1;
    const askedAt = now();
    // Where nobody named a version, the one on disk may still be it.
    const kept = version === null ? keptFacts(place) : null;
    let object = await open(kept);
    if (object === null && kept !== null) {
      const stored = await store.hold(place, versionOf(kept) ?? '');
      known.remember(place, kept, askedAt);
      if (stored !== null) return { stored, origin: kept };
      // It was evicted while the origin was asked.
      object = await open(null);
    }
    if (object === null)
      throw new AppError('originFailed', 'The origin answered a condition that was not set.');
    if (object.size !== null) pass.shrinkTo(object.size);
    return writeDown(place, object, askedAt, limits);
  };

  /** Once for all who wait. */
  const fetchFor = async (
    origin: Origin,
    key: string,
    version: OriginFacts | null,
    maxOriginalBytes: number,
    failureKey: string,
    signal: AbortSignal,
  ): Promise<Fetched> => {
    const ends = AbortSignal.any([signal, closing.signal]);
    using pass = await lanes.enter(origin.id, version?.size ?? maxOriginalBytes, ends);
    return await ask(failureKey, fetchTimeoutMilliseconds, ends, async (bounded) => {
      const limits = { signal: bounded, maxBytes: maxOriginalBytes };
      const fetched = await download(origin, key, version, pass, limits);
      // Everybody who waits takes a hold of their own in the microtasks that follow; a result that came too late has
      // nobody waiting.
      setImmediate(() => store.release(fetched.stored));
      return fetched;
    });
  };

  const handOut = ({ stored, origin }: Fetched): HeldOriginal => {
    let held = true;
    return {
      file: store.fileOf(stored.original),
      origin,
      mezzanine: stored.mezzanine === null ? null : store.fileOf(stored.mezzanine),
      facts: factsOf(known.get(stored.place), origin),
      [Symbol.dispose]: () => {
        if (held) store.release(stored);
        held = false;
      },
    };
  };

  return {
    scanned,
    known: (origin, key) => known.get(placeOf(origin, key)),
    check: async (origin, key, signal) => {
      const place = placeOf(origin, key);
      throwRemembered(place);
      return checks.run(place, signal, (shared) =>
        ask(place, checkTimeoutMilliseconds, AbortSignal.any([shared, closing.signal]), async (bounded) => {
          const askedAt = now();
          return known.remember(place, await origin.head(key, { signal: bounded }), askedAt);
        }),
      );
    },
    hold: async (origin, key, { signal, maxBytes: maxOriginalBytes, version }) => {
      const place = placeOf(origin, key);
      const name = version === null ? null : versionOf(version);
      const stored = name === null ? null : await store.hold(place, name);
      if (stored !== null && version !== null) {
        if (stored.original.bytes <= maxOriginalBytes) return handOut({ stored, origin: version });
        store.release(stored);
        throw new AppError('payloadTooLarge', `The original has more than ${maxOriginalBytes} bytes.`);
      }
      const flightKey = `${place} ${name ?? ''} ${maxOriginalBytes}`;
      throwRemembered(flightKey);
      const fetched = await fetches.run(flightKey, signal, (shared) =>
        fetchFor(origin, key, version, maxOriginalBytes, flightKey, shared),
      );
      signal.throwIfAborted();
      store.share(fetched.stored);
      return handOut(fetched);
    },
    learn: (origin, key, facts) => known.learn(placeOf(origin, key), facts),
    putMezzanine: async (origin, key, version, bytes) => {
      const name = versionOf(version);
      if (name === null) return;
      await track(store.putMezzanine(placeOf(origin, key), name, bytes));
    },
    forget: (origin, key) => {
      const place = placeOf(origin, key);
      known.delete(place);
      failures.delete(place);
      store.drop(place);
    },
    stats: () => {
      const { running: runningFetches, waiting } = lanes.stats();
      return { ...store.stats(), fetches: fetchCount, running: runningFetches, waiting };
    },
    [Symbol.asyncDispose]: async () => {
      clearInterval(saving);
      closing.abort(new AppError('unavailable', 'The server is stopping.'));
      while (running.size > 0) await Promise.allSettled(running);
      await save();
      await store.settled();
      await slot[Symbol.asyncDispose]();
    },
  };
};

/** What a render learned counts for the version it saw. */
const factsOf = (known: KnownOriginal | null, origin: OriginFacts): KnownOriginal['facts'] =>
  known !== null && versionOf(known.origin) === versionOf(origin) ? known.facts : null;

/** An origin's failure, in the words of the catalogue; null for what says nothing of the origin. */
const failureOf = (error: unknown): AppError | null => {
  if (error instanceof TimeoutError) {
    return new AppError('originTimeout', 'The original did not come in time.', { cause: error });
  }
  return error instanceof AppError && error.code !== 'unavailable' ? error : null;
};
