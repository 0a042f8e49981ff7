/** So many points in so many seconds, counted per key over all processes. */
export interface RateLimitRule {
  /** Unique; part of the stored key, e.g. `sign-in-address`. */
  name: string;
  points: number;
  durationSeconds: number;
  /** How long a key that used up its points stays out; default: until the window ends. */
  blockSeconds?: number;
}

export interface RateLimitState {
  limit: number;
  remaining: number;
  /** Until the window ends. */
  resetSeconds: number;
}

export interface RateLimiter {
  /** Takes points of `key` (an address, an account, an actor). Throws AppError `tooManyRequests` with Retry-After when none are left. */
  consume(key: string, points?: number): Promise<RateLimitState>;
  /** Forgets what `key` has used, e.g. after a successful sign-in. */
  reset(key: string): Promise<void>;
}

/** Makes limiters that share one store. */
export type CreateRateLimiter = (rule: RateLimitRule) => RateLimiter;

/** RateLimit-* of draft-ietf-httpapi-ratelimit-headers-06. */
export const rateLimitHeaders = ({
  limit,
  remaining,
  resetSeconds,
}: RateLimitState): Record<string, string> => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(resetSeconds),
});
