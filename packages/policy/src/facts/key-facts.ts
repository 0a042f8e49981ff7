import { keyTable } from './facts-table.ts';

export const keyTypes = ['String', 'Numeric', 'Bool', 'Date', 'ARN', 'IPAddress'] as const;
export type KeyType = (typeof keyTypes)[number];

/** What AWS's service authorization reference says about a condition key. */
export interface ConditionKeyFacts {
  /** As AWS spells it; a family of keys ends in `/` or `:`, e.g. `s3:RequestObjectTag/`. */
  readonly name: string;
  readonly type: KeyType;
  /** Whether a request may carry several values, so that `ForAnyValue` or `ForAllValues` is needed. */
  readonly multiValued: boolean;
}

const arrayPrefix = 'ArrayOf';

const readLine = (line: string): ConditionKeyFacts[] => {
  const [service = '', type = '', ...names] = line.split(' ');
  const multiValued = type.startsWith(arrayPrefix);
  const bare = multiValued ? type.slice(arrayPrefix.length) : type;
  return names.map((name) => ({
    name: `${service}:${name}`,
    type: keyTypes.find((known) => known === bare) ?? 'String',
    multiValued,
  }));
};

/** Every key that S3 or a trust policy can see, in the order of the table, and the global ones. */
export const conditionKeys: readonly ConditionKeyFacts[] = keyTable.split('\n').flatMap(readLine);

const byName = new Map(conditionKeys.map((facts) => [facts.name.toLowerCase(), facts]));

/**
 * The facts about a condition key, however it is spelt; null for a key that does not exist.
 *
 * @example conditionKeyFacts('S3:requestObjectTag/team')?.name // 's3:RequestObjectTag/'
 */
export const conditionKeyFacts = (key: string): ConditionKeyFacts | null => {
  const name = key.toLowerCase();
  const exact = byName.get(name);
  if (exact !== undefined) return exact;
  const slash = name.indexOf('/');
  const colon = name.indexOf(':', name.indexOf(':') + 1);
  const end = slash >= 0 ? slash : colon;
  return (end > 0 && end < name.length - 1 && byName.get(name.slice(0, end + 1))) || null;
};
