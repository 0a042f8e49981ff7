import { z } from 'zod';
import type { NamedRule } from '../../platform/s3/index.ts';
import { sameJson } from './same-json.ts';

/** Rules as they were recorded. What is in one is the provider's. */
export const recordedRules = z.array(z.looseObject({ ID: z.string().optional() }));

/** Rules of a bucket belong to many: only those of a name are replaced, in their place; new ones go to the end. */
export const mergeRules = (there: readonly NamedRule[], wanted: readonly NamedRule[]): NamedRule[] => [
  ...there.map((rule) => wanted.find(({ ID }) => ID === rule.ID) ?? rule),
  ...wanted.filter(({ ID }) => there.every((rule) => rule.ID !== ID)),
];

/** Those of the wanted that are there under their name, whatever they say. */
export const namedLike = (there: readonly NamedRule[], wanted: readonly NamedRule[]): NamedRule[] =>
  there.filter(({ ID }) => wanted.some((rule) => rule.ID === ID));

/**
 * Takes out of a list what was merged into it, and puts back what stood there under the same names. What was changed
 * since stays; every other rule is left as it is.
 *
 * @example unmergeRules([foreign, ours], { before: [], after: [ours] }) // { rules: [foreign], changed: [] }
 */
export const unmergeRules = (
  there: readonly NamedRule[],
  { before, after }: { before: readonly NamedRule[]; after: readonly NamedRule[] },
): { rules: NamedRule[]; changed: string[] } => {
  const changed: string[] = [];
  const rules = there.flatMap((rule) => {
    const ours = after.find(({ ID }) => ID === rule.ID);
    if (ours === undefined) return [rule];
    if (!sameRule(rule, ours)) {
      changed.push(rule.ID ?? '');
      return [rule];
    }
    return before.filter(({ ID }) => ID === rule.ID);
  });
  return { rules, changed };
};

/** Providers add elements, fill in defaults and order lists anew: a rule is the same when it says all that ours says. */
export const sameRule = (there: NamedRule, wanted: NamedRule): boolean =>
  Object.entries(wanted).every(([name, value]) => sameJson(inOrder(valueOf(there, name)), inOrder(value)));

const inOrder = (value: unknown): unknown =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.toSorted() : value;

/** Older servers tell the prefix of a lifecycle rule beside the filter (S3 API: LifecycleRule, Prefix, deprecated). */
const valueOf = (rule: NamedRule, name: string): unknown =>
  name === 'Filter' && rule['Filter'] === undefined && typeof rule['Prefix'] === 'string'
    ? { Prefix: rule['Prefix'] }
    : rule[name];
