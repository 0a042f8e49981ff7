import type { Clock } from '../../../kernel/clock.ts';

/** Keeps callers away from what keeps failing. */
export interface CircuitBreaker {
  /** False while it pauses. After the pause one call may try; the others wait for how that ends. */
  allows(): boolean;
  succeeded(): void;
  failed(): void;
  readonly paused: boolean;
}

export interface CircuitBreakerOptions {
  clock: Clock;
  /** So many failures one after another begin a pause. */
  failuresInARow: number;
  pauseMilliseconds: number;
}

export const createCircuitBreaker = ({
  clock,
  failuresInARow,
  pauseMilliseconds,
}: CircuitBreakerOptions): CircuitBreaker => {
  let failures = 0;
  let pausedUntil = -Infinity;
  const now = (): number => clock.now().getTime();
  const pause = (): void => {
    pausedUntil = now() + pauseMilliseconds;
  };

  return {
    allows: () => {
      if (failures < failuresInARow) return true;
      if (now() < pausedUntil) return false;
      // The one that tries holds the others off for another pause, in case it never comes back.
      pause();
      return true;
    },
    succeeded: () => {
      failures = 0;
    },
    failed: () => {
      failures += 1;
      if (failures >= failuresInARow) pause();
    },
    get paused() {
      return failures >= failuresInARow && now() < pausedUntil;
    },
  };
};
