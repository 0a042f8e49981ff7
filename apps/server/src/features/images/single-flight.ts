interface Flight<T> {
  result: Promise<T>;
  waiters: number;
  abort: AbortController;
}

export interface SingleFlight<T> {
  /**
   * Joins the work under `key`, or starts it. The work's own signal aborts when the last waiter has left; a caller
   * whose `signal` aborts is rejected with its reason at once.
   */
  run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Whether work under `key` is on its way. */
  has(key: string): boolean;
  readonly size: number;
}

/** Equal work at the same moment is done once, e.g. when a page opens in a hundred browsers. */
export const createSingleFlight = <T>(): SingleFlight<T> => {
  const flights = new Map<string, Flight<T>>();

  const start = (key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> => {
    const abort = new AbortController();
    const flight: Flight<T> = { waiters: 0, abort, result: work(abort.signal) };
    flights.set(key, flight);
    const land = (): void => void flights.delete(key);
    flight.result.then(land, land);
    return flight;
  };

  const join = async (flight: Flight<T>, signal: AbortSignal): Promise<T> => {
    const left = Promise.withResolvers<never>();
    const leave = (): void => {
      flight.waiters -= 1;
      if (flight.waiters === 0) flight.abort.abort(signal.reason);
      left.reject(signal.reason);
    };
    flight.waiters += 1;
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([flight.result, left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };

  const run: SingleFlight<T>['run'] = async (key, signal, work) => {
    signal.throwIfAborted();
    const flight = flights.get(key) ?? start(key, work);
    try {
      return await join(flight, signal);
    } catch (error) {
      // Work that was called off may still end well, so it can be joined; where it does not, a caller who has not left
      // starts anew.
      if (flight.abort.signal.aborted && !signal.aborted) return run(key, signal, work);
      throw error;
    }
  };

  return {
    run,
    has: (key) => flights.has(key),
    get size() {
      return flights.size;
    },
  };
};
