/** What code needs of a logger. Facts come first, the sentence second; a `Secret` among the facts stays hidden. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  /** A logger that adds these facts to each of its lines. */
  child(facts: Record<string, unknown>): Log;
}

const nothing = (): void => {};

/** For tests and tools that have nowhere to log to. */
export const silentLog: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silentLog,
};
