/** A parameter or a piece of the URL that cannot be used. The message is safe to show to the caller. */
export class BadValue extends Error {
  override readonly name = 'BadValue';
  /** The parameter's name in kebab case; `path` or `query` where no parameter is to blame. */
  readonly parameter: string;
  /** What it takes, e.g. `takes a whole number from 1 to 8192`. */
  readonly reason: string;

  constructor(parameter: string, reason: string) {
    super(`${parameter} ${reason}`);
    this.parameter = parameter;
    this.reason = reason;
  }
}
