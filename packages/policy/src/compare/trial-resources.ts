import type { ActionFacts } from '../facts/action-facts.ts';
import { actionTakes } from '../facts/action-takes.ts';
import { readResourceArn } from '../match/resource-arn.ts';
import { splitArn } from '../match/arn.ts';
import { matchesArn } from '../match/arn-pattern.ts';
import { expandVariables, type Expand } from '../match/policy-variables.ts';

/** What every variable stands for in a trial. */
export const trialValue = 'windlass-trial';

const expand: Expand = (template) => {
  const expansion = expandVariables(template, () => trialValue);
  return expansion.text === null ? null : expansion;
};

/** More than these say nothing new, and each costs two evaluations in each context. */
const mostResources = 12;

/**
 * Resources to try an action on, for one pattern: its wildcards filled in several ways, and those of all other patterns
 * that it overlaps, so that a difference inside it is met.
 */
export const trialResources = (
  facts: ActionFacts,
  pattern: string,
  others: readonly string[],
  bucket: string,
): string[] => {
  const own = fillings(pattern, bucket);
  const inner = others.filter((other) => other !== pattern).flatMap((other) => fillings(other, bucket));
  const fitting = [...new Set([...own, ...inner])].filter(
    (resource) =>
      fits(facts, resource) && (pattern === '*' || matchesArn(pattern, splitArn(resource), expand)),
  );
  return fitting.slice(0, mostResources);
};

/** Texts that a pattern matches. */
const fillings = (pattern: string, bucket: string): string[] => {
  if (pattern === '*')
    return [
      `arn:aws:s3:::${bucket}/${trialValue}`,
      `arn:aws:s3:::${bucket}`,
      `arn:aws:s3:::${bucket}-other/${trialValue}`,
      `arn:aws:s3:::${bucket}-other`,
      '*',
    ];
  const expanded = expand(pattern);
  if (expanded === null) return [];
  const { text, literals } = expanded;
  const fill = (star: string): string =>
    [...text].length === text.length
      ? [...text].map((character, index) => filled(character, literals?.has(index) === true, star)).join('')
      : // Beyond the basic plane characters are two units; wildcards are never among them.
        text.replaceAll('*', star).replaceAll('?', 'w');
  return [fill(trialValue), fill(''), fill(`${trialValue}/deep`)];
};

const filled = (character: string, isLiteral: boolean, star: string): string => {
  if (isLiteral) return character;
  if (character === '*') return star;
  return character === '?' ? 'w' : character;
};

/** Whether S3 would ever ask about this action on this resource. */
const fits = (facts: ActionFacts, resource: string): boolean => {
  if (resource === '*') return facts.resourceTypes.length === 0;
  const arn = readResourceArn(resource);
  if (arn === null) return false;
  return facts.name.startsWith('s3:') ? actionTakes(facts, arn) : arn.service !== 's3';
};
