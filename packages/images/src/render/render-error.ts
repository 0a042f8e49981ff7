/** Every way in which a render can fail. */
export const renderFailures = [
  /** The bytes are no image of a format that is taken, or are broken. */
  'not-an-image',
  /** Bytes, pixels or frames beyond the limits. */
  'too-large',
  /** A plan that the encoder refuses. */
  'bad-value',
  /** The queue is full, or the pool is closing. */
  'busy',
  /** It took longer than allowed and was killed. */
  'deadline',
  /** The child process died. */
  'crashed',
  /** Nobody waits for it any more. */
  'aborted',
] as const;
export type RenderFailure = (typeof renderFailures)[number];

/** The message is safe to show: it never holds bytes, paths or a stack. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
  readonly reason: RenderFailure;

  constructor(reason: RenderFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
