/**
 * How long a signed PUT is good for, at most. Long enough for a part on a slow line, short enough that a URL in somebody's
 * log is soon worth nothing; whoever is slower asks again.
 */
export const putSeconds = 15 * 60;

/**
 * How long an upload stays open, if its grant does. The lifecycle rule that the guide offers deletes what is left after
 * seven days: until then it is ours to do.
 */
const openMilliseconds = 6 * 24 * 60 * 60_000;

export const uploadExpiry = (grantExpiresAt: Date, now: Date): Date =>
  new Date(Math.min(grantExpiresAt.getTime(), now.getTime() + openMilliseconds));

/** Whole seconds, at least one, since S3 takes no URL for less. */
export const secondsOfPut = (expiresAt: Date, now: Date): number =>
  Math.max(1, Math.min(putSeconds, Math.floor((expiresAt.getTime() - now.getTime()) / 1000)));
