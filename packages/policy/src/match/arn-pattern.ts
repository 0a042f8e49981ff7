import { matchesGlob } from './glob.ts';
import { splitFields } from './arn.ts';
import type { Expand } from './policy-variables.ts';

/** Whether a pattern is `*`, or several of them. */
export const isStar = (pattern: string): boolean => {
  for (let at = 0; at < pattern.length; at += 1) if (pattern[at] !== '*') return false;
  return pattern.length > 0;
};

/**
 * Whether an ARN matches a pattern, field by field: a `*` reaches over slashes and line breaks, never over the colons
 * between the fields, though it does over colons inside the resource. AWS completes a pattern with too few fields by stars.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 *
 * @param fields of the ARN, from `splitArn`; null for a text that is none, which only `*` matches
 * @param expand puts in the variables of the pattern
 */
export const matchesArn = (pattern: string, fields: readonly string[] | null, expand: Expand): boolean => {
  if (isStar(pattern)) return true;
  if (fields === null) return false;
  const patternFields = splitFields(pattern);
  for (const [at, field] of fields.entries()) {
    const patternField = patternFields[at] ?? '*';
    if (patternField === field || patternField === '*') continue;
    const expanded = expand(patternField);
    if (expanded === null || !matchesGlob(expanded.text, field, expanded.literals)) return false;
  }
  return true;
};
