import type { Clock } from '../../apps/server/src/kernel/clock.ts';

/** A clock that stands still until it is moved. */
export interface MovingClock extends Clock {
  forward(time: { days?: number; minutes?: number; seconds?: number }): void;
}

export const createMovingClock = (start = new Date()): MovingClock => {
  let milliseconds = start.getTime();
  return {
    now: () => new Date(milliseconds),
    forward: ({ days = 0, minutes = 0, seconds = 0 }) => {
      milliseconds += ((days * 24 * 60 + minutes) * 60 + seconds) * 1000;
    },
  };
};
