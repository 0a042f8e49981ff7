import { z } from 'zod';
import type { LifecycleDocument } from '@windlass/policy/generate';

/** Of a rule, what decides which objects it deletes and when (S3 API: LifecycleRule). The rest is the provider's own. */
const ruleSchema = z.looseObject({
  ID: z.string().optional(),
  Status: z.string().optional(),
  /** Before there were filters. */
  Prefix: z.string().optional(),
  Filter: z
    .looseObject({
      Prefix: z.string().optional(),
      Tag: z.unknown().optional(),
      ObjectSizeGreaterThan: z.number().optional(),
      ObjectSizeLessThan: z.number().optional(),
      And: z
        .looseObject({
          Prefix: z.string().optional(),
          Tags: z.array(z.unknown()).optional(),
          ObjectSizeGreaterThan: z.number().optional(),
          ObjectSizeLessThan: z.number().optional(),
        })
        .optional(),
    })
    .optional(),
  Expiration: z.looseObject({ Days: z.number().optional() }).optional(),
});
type Rule = z.output<typeof ruleSchema>;

/** What rules do to the objects below a prefix: whether one deletes them all in time, or the nearest to it. */
export type LifecycleVerdict =
  | { kind: 'covered' | 'late' | 'disabled' | 'partial'; rule: string; days: number }
  | { kind: 'missing' };

const prefixOf = ({ Prefix, Filter }: Rule): string => Filter?.And?.Prefix ?? Filter?.Prefix ?? Prefix ?? '';

/** By tag or by size: objects that nobody tags, or of another size, stay. */
const isNarrowed = ({ Filter }: Rule): boolean =>
  Filter !== undefined &&
  [
    Filter.Tag,
    Filter.ObjectSizeGreaterThan,
    Filter.ObjectSizeLessThan,
    Filter.And?.Tags?.[0],
    Filter.And?.ObjectSizeGreaterThan,
    Filter.And?.ObjectSizeLessThan,
  ].some((condition) => condition !== undefined);

/** Null where a rule has nothing to do with these objects, or deletes nothing by age. */
const judgeRule = (rule: Rule, wanted: { prefix: string; days: number }): LifecycleVerdict | null => {
  const days = rule.Expiration?.Days;
  if (days === undefined) return null;
  const prefix = prefixOf(rule);
  const covers = wanted.prefix.startsWith(prefix);
  if (!covers && !prefix.startsWith(wanted.prefix)) return null;
  const named = { rule: rule.ID ?? '', days };
  if (!covers || isNarrowed(rule)) return { kind: 'partial', ...named };
  if (rule.Status !== 'Enabled') return { kind: 'disabled', ...named };
  return { kind: days <= wanted.days ? 'covered' : 'late', ...named };
};

const byMerit = ['covered', 'late', 'disabled', 'partial'] as const;

/**
 * Whether a bucket's lifecycle rules delete everything below `prefix` within `days` of its upload. S3 counts from the day
 * after (AWS: Lifecycle configuration elements, Expiration), so an object may stay a day longer than the number says.
 *
 * @example judgeLifecycle([{ ID: 'all', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 14 } }], { prefix: 'orders/', days: 30 })
 * // { kind: 'covered', rule: 'all', days: 14 }
 */
export const judgeLifecycle = (
  rules: readonly unknown[],
  wanted: { prefix: string; days: number },
): LifecycleVerdict => {
  const verdicts = rules.flatMap((rule) => {
    const parsed = ruleSchema.safeParse(rule);
    const verdict = parsed.success ? judgeRule(parsed.data, wanted) : null;
    return verdict === null || verdict.kind === 'missing' ? [] : [verdict];
  });
  for (const kind of byMerit) {
    // Of several that delete, the first to do so is the one that counts.
    const [first] = verdicts.filter((one) => one.kind === kind).toSorted((a, b) => a.days - b.days);
    if (first !== undefined) return first;
  }
  return { kind: 'missing' };
};

/** The rule that deletes orders' files, as PutBucketLifecycleConfiguration takes it, beside whatever rules there are. */
export const lifecycleRuleFor = (wanted: { prefix: string; days: number }): string => {
  const document: LifecycleDocument = {
    Rules: [
      {
        ID: `windlass-orders-${wanted.days}-days`,
        Status: 'Enabled',
        Filter: { Prefix: wanted.prefix },
        Expiration: { Days: wanted.days },
      },
    ],
  };
  return JSON.stringify(document, null, 2);
};
