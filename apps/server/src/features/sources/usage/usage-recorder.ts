import type { SourceId, TeamId, UsageCounts } from '@windlass/contract';
import type { Clock } from '../../../kernel/clock.ts';
import type { Log } from '../../../kernel/log.ts';
import { countsBy, usageNames } from './usage-counts.ts';

const hourMilliseconds = 60 * 60 * 1000;
const flushMilliseconds = 15_000;

/**
 * Counts what a source was asked for and what that took, in memory: it never waits and never fails. What is not named
 * counts nothing, so that work in the background can be told apart from a request.
 *
 * @example recordUsage(source, { requests: 1, diskHits: 1, bytesOut: picture.bytes.byteLength });
 */
export type RecordUsage = (
  source: { sourceId: SourceId; teamId: TeamId },
  counts: Partial<UsageCounts>,
) => void;

/** What one source was asked for in one hour, since it was last written. */
export interface CountedHour {
  teamId: TeamId;
  sourceId: SourceId;
  hour: Date;
  counts: UsageCounts;
}

export interface UsageRecorder extends AsyncDisposable {
  record: RecordUsage;
  /** Writes what was counted; at the usual times this happens by itself, and once more at the end. */
  flush(): Promise<void>;
}

export const createUsageRecorder = ({
  write,
  clock,
  log,
}: {
  /** Adds to what is there. All of it or nothing. */
  write(hours: readonly CountedHour[]): Promise<void>;
  clock: Clock;
  log: Pick<Log, 'warn'>;
}): UsageRecorder => {
  let counted = new Map<string, CountedHour>();
  let flushing = Promise.resolve();

  /** Runs with every request: it makes nothing but the first entry of an hour. */
  const add = (
    { teamId, sourceId }: { teamId: TeamId; sourceId: SourceId },
    hour: number,
    counts: Partial<UsageCounts>,
  ): void => {
    const key = `${sourceId} ${hour}`;
    let entry = counted.get(key);
    if (entry === undefined) {
      entry = { teamId, sourceId, hour: new Date(hour), counts: countsBy(() => 0) };
      counted.set(key, entry);
    }
    for (const name of usageNames) entry.counts[name] += counts[name] ?? 0;
  };

  const writeCounted = async (): Promise<void> => {
    if (counted.size === 0) return;
    const taken = [...counted.values()];
    counted = new Map();
    try {
      await write(
        taken.map((entry) => ({ ...entry, counts: countsBy((name) => Math.round(entry.counts[name])) })),
      );
    } catch (error) {
      // The database may be away for a moment: the next turn brings these too.
      for (const entry of taken) add(entry, entry.hour.getTime(), entry.counts);
      log.warn({ err: error }, 'usage could not be written; it is kept in memory until the next try');
    }
  };

  const flush = (): Promise<void> => (flushing = flushing.then(writeCounted));
  const timer = setInterval(() => void flush(), flushMilliseconds);
  timer.unref();

  return {
    record: (source, counts) => {
      const now = clock.now().getTime();
      add(source, now - (now % hourMilliseconds), counts);
    },
    flush,
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await flush();
    },
  };
};
