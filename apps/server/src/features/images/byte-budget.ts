/** Bytes that one picture's original may hold on to. */
export interface ByteLease extends Disposable {
  /** Gives back what is not needed after all. */
  shrinkTo(bytes: number): void;
}

export interface ByteBudget {
  /** Waits in line; undefined when the line is too long. Rejects with the signal's reason. */
  lease(bytes: number, signal: AbortSignal): Promise<ByteLease | undefined>;
  readonly used: number;
}

interface InLine {
  bytes: number;
  grant(): void;
}

/** Bounds how many bytes of originals are in memory at once, whatever the number of requests. */
export const createByteBudget = (totalBytes: number, maxInLine: number): ByteBudget => {
  const line = new Set<InLine>();
  let used = 0;

  const serve = (): void => {
    for (const first of line) {
      if (used + first.bytes > totalBytes) return;
      line.delete(first);
      used += first.bytes;
      first.grant();
    }
  };

  const open = (granted: number): ByteLease => {
    let held = granted;
    const shrinkTo = (bytes: number): void => {
      const kept = Math.min(held, bytes);
      used -= held - kept;
      held = kept;
      serve();
    };
    return { shrinkTo, [Symbol.dispose]: () => shrinkTo(0) };
  };

  return {
    get used() {
      return used;
    },
    lease: async (wanted, signal) => {
      signal.throwIfAborted();
      const bytes = Math.min(wanted, totalBytes);
      if (line.size >= maxInLine) return undefined;
      const turn = Promise.withResolvers<void>();
      const place: InLine = { bytes, grant: turn.resolve };
      const drop = (): void => {
        // Once granted it is no longer in line, and the caller gives it back.
        if (line.delete(place)) turn.reject(signal.reason);
        serve();
      };
      line.add(place);
      serve();
      signal.addEventListener('abort', drop, { once: true });
      try {
        await turn.promise;
      } finally {
        signal.removeEventListener('abort', drop);
      }
      return open(bytes);
    },
  };
};
