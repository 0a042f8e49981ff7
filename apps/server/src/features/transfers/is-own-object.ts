/** What a look at a key found. */
export interface ObjectFacts {
  /** Bytes. */
  size: number;
  /** Without quotes; null where the bucket does not say. */
  etag: string | null;
  /** `Last-Modified`, in whole seconds; null where the bucket does not say. */
  storedAt: Date | null;
}

/** What we would have put there. */
export interface ExpectedObject {
  size: number;
  /** Of the receipt, without quotes; null where none is known. */
  etag: string | null;
  /** When the ticket was made: what lay there before is somebody else's. */
  ticketAt: Date;
}

/** `Last-Modified` has whole seconds, and the bucket's clock is not ours. */
export const storedToleranceMilliseconds = 2000;

/** Whether an object was stored for a ticket, and not before it; a bucket that does not say when leaves it open. */
export const isStoredAfter = (storedAt: Date | null, ticketAt: Date): boolean =>
  storedAt === null || storedAt.getTime() + storedToleranceMilliseconds >= ticketAt.getTime();

/**
 * Whether an object is the one that was uploaded by a ticket: as large, of its ETag, and not older than it. A receipt may be
 * the word of somebody who names the key of another's object: before anything is deleted, the object itself is asked.
 *
 * @example
 *   isOwnObject(
 *     { size: 5, etag: '5d41402abc4b2a76b9719d911017c592', storedAt: new Date('2026-11-27T10:00:00Z') },
 *     { size: 5, etag: null, ticketAt: new Date('2026-11-27T10:00:01.500Z') },
 *   ); // true
 */
export const isOwnObject = (facts: ObjectFacts, expected: ExpectedObject): boolean =>
  facts.size === expected.size &&
  (facts.etag === null || expected.etag === null || facts.etag === expected.etag) &&
  isStoredAfter(facts.storedAt, expected.ticketAt);
