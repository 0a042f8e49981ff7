interface Flight<T> {
  result: Promise<T>;
  waiters: number;
  abort: AbortController;
}

export interface SingleFlight<T> {
  /** Joins the work under `key`, or starts it. The work's own signal aborts when the last waiter has left. */
  run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  readonly size: number;
}

/** Equal work at the same moment is done once, e.g. when a page opens in a hundred browsers. */
export const createSingleFlight = <T>(): SingleFlight<T> => {
  const flights = new Map<string, Flight<T>>();

  const start = (key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> => {
    const abort = new AbortController();
    const flight: Flight<T> = { waiters: 0, abort, result: work(abort.signal) };
    flights.set(key, flight);
    const land = (): void => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.result.then(land, land);
    return flight;
  };

  return {
    get size() {
      return flights.size;
    },
    run: async (key, signal, work) => {
      signal.throwIfAborted();
      const flight = flights.get(key) ?? start(key, work);
      flight.waiters += 1;
      const leave = (): void => {
        flight.waiters -= 1;
        if (flight.waiters > 0) return;
        // Whoever comes next must not join work that was called off.
        if (flights.get(key) === flight) flights.delete(key);
        flight.abort.abort();
      };
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await flight.result;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
  };
};
