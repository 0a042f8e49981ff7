const firstMs = 500;
const longestMs = 30_000;

/**
 * How long to wait before a request is sent again: twice as long each time, half of it by chance, so that those who were
 * refused together do not come back together; never less than what the other side asked for.
 *
 * @param tries that have failed, from 1
 * @param random 0 to 1
 * @returns milliseconds
 */
export const backOffMs = (tries: number, retryAfterMs: number | null, random = Math.random()): number => {
  const full = Math.min(longestMs, firstMs * 2 ** (tries - 1));
  return Math.max(full * (0.5 + random / 2), Math.min(retryAfterMs ?? 0, 2 * longestMs));
};

/** `Retry-After` in milliseconds: seconds, or a date (RFC 9110, section 10.2.3); null for none or nonsense. */
export const retryAfterMsOf = (header: string | null, now = Date.now()): number | null => {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
};
