import { join } from 'node:path';
import { AppError } from '../../../kernel/app-error.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { createSingleFlight } from '../single-flight.ts';
import { openHashedFolders } from '../storage/hashed-folders.ts';
import { createRunningWork } from '../storage/running-work.ts';
import { takeSlotFolder } from '../storage/slot-folder.ts';
import type { HeldOriginal, KnownOriginal, Originals } from './held-original.ts';
import { createKnownOriginals } from './known-originals.ts';
import { createOriginalChecks } from './original-checks.ts';
import { createOriginFailures } from './origin-failures.ts';
import { createOriginalFetches, type Fetched } from './original-fetches.ts';
import { createOriginalStore } from './original-store.ts';
import { placeOf, versionOf } from './version.ts';

export interface OriginalsOptions {
  /** May be shared with other processes: each takes a slot of its own. */
  folder: string;
  /** Of this process, on disk. What is held stays, also above it. */
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
  /** `fetches` since the start, of which some are `running`; others are `waiting` for their turn. */
  stats(): ReturnType<Originals['stats']> & { evictions: number; running: number; waiting: number };
}

const saveMilliseconds = 5 * 60_000;
/** Downloads may take up to half of the budget, and those of one origin an eighth of it. */
const downloadShare = 1 / 2;
const originShare = 1 / 8;
const waitingLimits = { maxWaitingPerLane: 512, maxWaitMilliseconds: 30_000 };
/** A HEAD costs its origin little, and moves no bytes. */
const checkLimits = { maxRunning: 256, maxRunningPerLane: 32, maxBytes: 0, maxBytesPerLane: 0 };

/**
 * Originals as files in a folder, fetched once for all who ask and streamed there: none is ever in memory. One version of
 * each is kept, the latest; a version that is held stays on disk until the last holder lets go of it.
 *
 * @example
 * await using originals = await createOriginals({ folder, maxBytes: 4 * GiB, clock, log });
 * const { origin: version } = await originals.check(origin, 'a.jpg', signal);
 * using held = await originals.hold(origin, 'a.jpg', { signal, maxBytes: 50 * MiB, version });
 */
export const createOriginals = async ({
  folder,
  maxBytes,
  clock,
  log,
  maxFetches = 32,
  maxFetchesPerOrigin = 8,
  fetchTimeoutMilliseconds = 60_000,
  checkTimeoutMilliseconds = 10_000,
  maxKnown = 50_000,
}: OriginalsOptions): Promise<StoredOriginals> => {
  const slot = await takeSlotFolder(folder);
  const knownPath = join(slot.path, 'known.jsonl');
  const closing = new AbortController();
  const { track, settled } = createRunningWork();
  const warn = (error: unknown, message: string): void => log.warn({ err: error }, message);

  const store = createOriginalStore({ files: await openHashedFolders(slot.path), maxBytes, warn });
  const known = createKnownOriginals(maxKnown);
  const failures = createOriginFailures(clock);
  const fetches = createOriginalFetches({
    store,
    known,
    failures,
    clock,
    warn,
    lanes: {
      ...waitingLimits,
      maxRunning: maxFetches,
      maxRunningPerLane: maxFetchesPerOrigin,
      maxBytes: maxBytes * downloadShare,
      maxBytesPerLane: maxBytes * originShare,
    },
    timeoutMilliseconds: fetchTimeoutMilliseconds,
  });
  const checkAtOrigin = createOriginalChecks({
    known,
    failures,
    clock,
    lanes: { ...waitingLimits, ...checkLimits },
    timeoutMilliseconds: checkTimeoutMilliseconds,
  });
  const checkFlights = createSingleFlight<KnownOriginal>();
  const fetchFlights = createSingleFlight<Fetched>();
  const untilClosed = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, closing.signal]);

  const scan = async (): Promise<void> => {
    await known.load(knownPath, clock.now().getTime());
    await store.scan(closing.signal);
  };
  const scanned = track(scan().catch((error: unknown) => warn(error, 'originals on disk cannot be listed')));
  const save = (): Promise<void> =>
    track(
      known.save(knownPath).catch((error: unknown) => warn(error, 'what is known of originals is not kept')),
    );
  const saving = setInterval(() => void save(), saveMilliseconds).unref();

  const handOut = ({ stored, origin }: Fetched): HeldOriginal => {
    const latest = known.get(stored.place);
    let held = true;
    return {
      file: store.fileOf(stored.original),
      origin,
      mezzanine: stored.mezzanine === null ? null : store.fileOf(stored.mezzanine),
      // What a render learned, it learned of one version.
      facts: latest !== null && versionOf(latest.origin) === versionOf(origin) ? latest.facts : null,
      [Symbol.dispose]: () => {
        if (held) store.release(stored);
        held = false;
      },
    };
  };

  /** What is gone at its origin is not served from here either. */
  const forgetMissing = (place: string, error: unknown): never => {
    if (error instanceof AppError && error.code === 'notFound') {
      known.delete(place);
      store.drop(place);
    }
    throw error;
  };

  return {
    scanned,
    known: (origin, key) => known.get(placeOf(origin, key)),
    check: async (origin, key, signal, purgedSince) => {
      const place = placeOf(origin, key);
      failures.throwRemembered(place, purgedSince);
      return checkFlights.run(place, signal, (shared) =>
        track(checkAtOrigin(origin, key, place, untilClosed(shared))).catch((error: unknown) =>
          forgetMissing(place, error),
        ),
      );
    },
    hold: async (origin, key, { signal, maxBytes: maxOriginalBytes, version, purgedSince }) => {
      const place = placeOf(origin, key);
      const name = version === null ? null : versionOf(version);
      const stored = await store.hold(place, name);
      if (stored !== null && version !== null) {
        if (stored.original.bytes <= maxOriginalBytes) return handOut({ stored, origin: version });
        store.release(stored);
        throw new AppError('payloadTooLarge', `The original has more than ${maxOriginalBytes} bytes.`);
      }
      const failureKey = `${place} ${name} ${maxOriginalBytes}`;
      failures.throwRemembered(failureKey, purgedSince);
      const request = { origin, key, version, maxBytes: maxOriginalBytes, failureKey };
      const fetched = await fetchFlights.run(failureKey, signal, (shared) =>
        track(fetches.fetch(request, untilClosed(shared))).catch((error: unknown) =>
          forgetMissing(place, error),
        ),
      );
      store.share(fetched.stored);
      return handOut(fetched);
    },
    learn: (origin, key, facts) => known.learn(placeOf(origin, key), facts),
    putMezzanine: async (origin, key, version, bytes) => {
      await track(store.putMezzanine(placeOf(origin, key), versionOf(version), bytes));
    },
    forget: (origin, key) => {
      const place = placeOf(origin, key);
      known.delete(place);
      failures.forget(place);
      store.drop(place);
    },
    stats: () => ({ ...store.stats(), ...fetches.stats() }),
    [Symbol.asyncDispose]: async () => {
      clearInterval(saving);
      closing.abort(new AppError('unavailable', 'The server is stopping.'));
      await settled();
      await save();
      await store.settled();
      await slot[Symbol.asyncDispose]();
    },
  };
};
