/** Below it a gain is noise. */
const worthwhileGain = 1.05;
const shortestWindowMs = 400;
/** Windows for which a limit is kept before a higher one is tried again. */
const patience = 8;
/** Failures of requests that were under way together are one sign. */
const cutPauseMs = 2000;
/** As many as browsers have connections to one host: a page with small files is over before it has found that out. */
const start = 6;

export interface ConcurrencyControl {
  /** Requests that may be under way now. */
  limit(): number;
  /** @param bytes of the request that has ended @param now milliseconds of any steady clock */
  succeeded(bytes: number, now: number): void;
  /** A time-out, a refusal for load, a broken line. */
  failed(now: number): void;
}

/**
 * Finds how many requests at once are of use: one more as long as that makes the whole faster, back by one when it did not,
 * half when requests fail. Throughput is measured over windows in which every request that may run has ended about twice.
 */
export const createConcurrencyControl = ({ min, max }: { min: number; max: number }): ConcurrencyControl => {
  const bounded = (value: number): number => Math.min(max, Math.max(min, value));
  let limit = bounded(start);
  let window: { since: number; bytes: number; requests: number } | null = null;
  /** The rate that the last step up has to beat, while it is on trial. */
  let toBeat: number | null = null;
  let windowsToKeep = 0;
  let lastCut = Number.NEGATIVE_INFINITY;

  const decide = (rate: number): void => {
    if (toBeat !== null && rate < toBeat * worthwhileGain) {
      limit = bounded(limit - 1);
      toBeat = null;
      windowsToKeep = patience;
      return;
    }
    if (windowsToKeep > 0) {
      windowsToKeep -= 1;
      return;
    }
    toBeat = limit < max ? rate : null;
    limit = bounded(limit + 1);
  };

  return {
    limit: () => limit,
    succeeded(bytes, now) {
      if (window === null) {
        window = { since: now, bytes: 0, requests: 0 };
        return;
      }
      window.bytes += bytes;
      window.requests += 1;
      const elapsed = now - window.since;
      if (elapsed < shortestWindowMs || window.requests < 2 * limit) return;
      decide(window.bytes / elapsed);
      window = null;
    },
    failed(now) {
      if (now - lastCut < cutPauseMs) return;
      lastCut = now;
      limit = bounded(Math.floor(limit / 2));
      window = null;
      toBeat = null;
      windowsToKeep = patience;
    },
  };
};
