/**
 * An order's number: the year (UTC) and a count of the team's own, which may have gaps.
 *
 * @example orderNumber(new Date('2026-11-23T09:00:00Z'), 42) // '26-00042'
 */
export const orderNumber = (at: Date, count: number): string =>
  `${String(at.getUTCFullYear() % 100).padStart(2, '0')}-${String(count).padStart(5, '0')}`;

/** Below the connection's prefix: the order's files, and manifest.json. */
export const orderPrefix = (number: string): string => `orders/${number}/`;
