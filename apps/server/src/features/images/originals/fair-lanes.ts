import { AppError } from '../../../kernel/app-error.ts';

/** A place among what runs now. Disposed, it lets the next one in. */
export interface LanePass extends Disposable {
  /** Gives back what is not needed after all. */
  shrinkTo(bytes: number): void;
}

export interface FairLanes {
  /**
   * Waits for a turn of this lane. Rejects with the signal's reason.
   *
   * @throws AppError unavailable when too much waits already, or the turn does not come in time
   */
  enter(lane: string, bytes: number, signal: AbortSignal): Promise<LanePass>;
  stats(): { running: number; waiting: number; bytes: number };
}

export interface FairLanesOptions {
  maxRunning: number;
  maxRunningPerLane: number;
  maxBytes: number;
  maxBytesPerLane: number;
  maxWaitingPerLane: number;
  maxWaitMilliseconds: number;
}

const tooBusy = (): AppError =>
  new AppError('unavailable', 'Too many originals are asked for at this origin.');

interface Turn {
  bytes: number;
  grant(): void;
}

interface Lane {
  running: number;
  bytes: number;
  waiting: Set<Turn>;
}

/**
 * Bounds work by number and bytes, together and for each lane, and lets the lanes in by turns: whoever has a slow bucket,
 * or a thousand requests at once, waits behind itself alone.
 */
export const createFairLanes = (options: FairLanesOptions): FairLanes => {
  // In the order of turns: a lane that was let in goes to the end.
  const lanes = new Map<string, Lane>();
  let running = 0;
  let bytes = 0;

  const count = (lane: Lane, runningMore: number, bytesMore: number): void => {
    lane.running += runningMore;
    lane.bytes += bytesMore;
    running += runningMore;
    bytes += bytesMore;
  };

  /** The first turn that may go by what its own lane has running. */
  const next = (): { name: string; lane: Lane; turn: Turn } | undefined => {
    for (const [name, lane] of lanes) {
      const [turn] = lane.waiting;
      if (turn === undefined || lane.running >= options.maxRunningPerLane) continue;
      if (lane.bytes + turn.bytes <= options.maxBytesPerLane) return { name, lane, turn };
    }
    return undefined;
  };

  const serve = (): void => {
    for (let first = next(); first !== undefined; first = next()) {
      const { name, lane, turn } = first;
      // Small ones do not overtake a large one here, or it would never find room.
      if (running >= options.maxRunning || bytes + turn.bytes > options.maxBytes) return;
      lane.waiting.delete(turn);
      lanes.delete(name);
      lanes.set(name, lane);
      count(lane, 1, turn.bytes);
      turn.grant();
    }
  };

  const forgetIfIdle = (name: string, lane: Lane): void => {
    if (lane.running === 0 && lane.waiting.size === 0) lanes.delete(name);
  };

  const open = (name: string, lane: Lane, granted: number): LanePass => {
    let held = granted;
    let done = false;
    const shrinkTo = (wanted: number): void => {
      const kept = Math.min(held, wanted);
      count(lane, 0, kept - held);
      held = kept;
      serve();
    };
    return {
      shrinkTo,
      [Symbol.dispose]: () => {
        if (done) return;
        done = true;
        count(lane, -1, 0);
        shrinkTo(0);
        forgetIfIdle(name, lane);
      },
    };
  };

  return {
    enter: async (name, wanted, signal) => {
      signal.throwIfAborted();
      const lane = lanes.get(name) ?? { running: 0, bytes: 0, waiting: new Set<Turn>() };
      if (lane.waiting.size >= options.maxWaitingPerLane) {
        throw tooBusy();
      }
      lanes.set(name, lane);
      // What is larger than a whole lane goes alone.
      const granted = Math.min(wanted, options.maxBytesPerLane, options.maxBytes);
      const turn = Promise.withResolvers<void>();
      const place: Turn = { bytes: granted, grant: turn.resolve };
      const leave = (reason: unknown): void => {
        // Once granted it waits no more, and the caller gives it back.
        if (!lane.waiting.delete(place)) return;
        turn.reject(reason);
        forgetIfIdle(name, lane);
        serve();
      };
      const onAbort = (): void => leave(signal.reason);
      lane.waiting.add(place);
      signal.addEventListener('abort', onAbort, { once: true });
      const late = setTimeout(() => leave(tooBusy()), options.maxWaitMilliseconds);
      serve();
      try {
        await turn.promise;
      } finally {
        clearTimeout(late);
        signal.removeEventListener('abort', onAbort);
      }
      return open(name, lane, granted);
    },
    stats: () => ({
      running,
      waiting: [...lanes.values()].reduce((sum, lane) => sum + lane.waiting.size, 0),
      bytes,
    }),
  };
};
