/** Every way in which a render can fail. */
export const renderFailures = [
  /** The bytes are no image of a format that is taken, or are broken. */
  'not-an-image',
  /** Bytes, pixels, frames or memory beyond the limits. */
  'too-large',
  /** A plan that the encoder refuses. */
  'bad-value',
  /** Too many wait, it would wait too long, or the pool is closing. */
  'busy',
  /** It had its time and did not end: the picture's fault, and it would be so again. */
  'deadline',
  /** The child process died. */
  'crashed',
  /** Nobody waits for it any more. */
  'aborted',
] as const;
export type RenderFailure = (typeof renderFailures)[number];

interface RenderErrorOptions extends ErrorOptions {
  retryAfterSeconds?: number;
}

/** The message is safe to show: it never holds bytes, paths or a stack. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
  readonly reason: RenderFailure;
  /** Only with `busy`: whole seconds until trying again makes sense, at least 1. */
  readonly retryAfterSeconds: number | undefined;

  constructor(reason: RenderFailure, message: string, options: RenderErrorOptions = {}) {
    super(message, options);
    this.reason = reason;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
