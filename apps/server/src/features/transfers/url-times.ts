/**
 * How long a signed PUT is good for, at most. Long enough for a part on a slow line, short enough that a URL in somebody's
 * log is soon worth nothing; whoever is slower asks again.
 */
export const putSeconds = 15 * 60;

/**
 * What a PUT brings whose request reached the bucket just before its URL ran out: S3 looks at the time when a request begins
 * (AWS: Sharing objects with presigned URLs), and the bytes of one PUT are there within this time, or nearly never.
 */
const arrivalMilliseconds = 5 * 60_000;

/** From when on nothing comes any more by URLs that were good until then. */
export const settledAt = (urlsUntil: Date): Date => new Date(urlsUntil.getTime() + arrivalMilliseconds);

/** URLs that were good until then, or less long, bring nothing more. */
export const lapsedBefore = (now: Date): Date => new Date(now.getTime() - arrivalMilliseconds);

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

/** Until when a URL that is signed now is good. */
export const urlEnd = (expiresAt: Date, now: Date): Date =>
  new Date(now.getTime() + secondsOfPut(expiresAt, now) * 1000);
