/** A rule of a bucket's lifecycle configuration, as far as it is carried out here. */
export interface LifecycleRule {
  id: string;
  enabled: boolean;
  prefix: string;
  /** Only objects larger than this many bytes. */
  sizeGreaterThan: number | undefined;
  /** Only objects smaller than this many bytes. */
  sizeLessThan: number | undefined;
  expirationDays: number | undefined;
  expirationDate: Date | undefined;
  /** Incomplete multipart uploads end this many days after they began. */
  abortIncompleteDays: number | undefined;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** ECMA-262: the greatest time that a Date can hold. */
const lastInstant = 8.64e15;

/** AWS: the days are added to the time, and the result is rounded up to the next midnight UTC. */
export const midnightAfter = (time: Date, days: number): Date =>
  new Date(
    Math.min((Math.floor(time.getTime() / dayMilliseconds) + days + 1) * dayMilliseconds, lastInstant),
  );

const appliesTo = (rule: LifecycleRule, object: { key: string; size: number }): boolean =>
  rule.enabled &&
  object.key.startsWith(rule.prefix) &&
  (rule.sizeGreaterThan === undefined || object.size > rule.sizeGreaterThan) &&
  (rule.sizeLessThan === undefined || object.size < rule.sizeLessThan);

/** When a rule ends an object; undefined when it does not. */
export const expiryOf = (
  rule: LifecycleRule,
  object: { key: string; size: number; lastModified: Date },
): Date | undefined => {
  if (!appliesTo(rule, object)) return undefined;
  if (rule.expirationDate !== undefined) return rule.expirationDate;
  return rule.expirationDays === undefined
    ? undefined
    : midnightAfter(object.lastModified, rule.expirationDays);
};

/** When a rule ends an upload that was not completed; undefined when it does not. */
export const abortOf = (rule: LifecycleRule, upload: { key: string; initiatedAt: Date }): Date | undefined =>
  rule.enabled && rule.abortIncompleteDays !== undefined && upload.key.startsWith(rule.prefix)
    ? midnightAfter(upload.initiatedAt, rule.abortIncompleteDays)
    : undefined;

/**
 * The value of `x-amz-expiration` of an object: of several rules the earliest counts, as on AWS. Undefined when no rule
 * ends the object.
 *
 *     expiry-date="Fri, 21 Dec 2012 00:00:00 GMT", rule-id="picture%20rule"
 */
export const expirationHeader = (
  rules: readonly LifecycleRule[],
  object: { key: string; size: number; lastModified: Date },
): string | undefined => {
  let first: { at: Date; id: string } | undefined;
  for (const rule of rules) {
    const at = expiryOf(rule, object);
    if (at !== undefined && (first === undefined || at < first.at)) first = { at, id: rule.id };
  }
  if (first === undefined) return undefined;
  return `expiry-date="${first.at.toUTCString()}", rule-id="${encodeURIComponent(first.id)}"`;
};
