import type { RequestContext } from '../evaluate/access-request.ts';
import { conditionOperator } from '../evaluate/condition-operators.ts';
import { recordOf, textsOf } from '../evaluate/element-values.ts';
import { expandVariables } from '../match/policy-variables.ts';
import type { StatementParts } from './statement-parts.ts';
import { trialValue } from './trial-resources.ts';

const mostContexts = 10;

/**
 * Requests' contexts to try: a plain one, and for each statement with conditions one in which all of them hold, and ones
 * in which one of its keys is absent or has another value.
 */
export const trialContexts = (statements: readonly StatementParts[], account: string): RequestContext[] => {
  const plain: RequestContext = {
    'aws:username': trialValue,
    'aws:userid': trialValue,
    'aws:SecureTransport': 'true',
    'aws:SourceIp': '203.0.113.10',
    'aws:ResourceAccount': account,
    'aws:PrincipalAccount': account,
  };
  const contexts = [plain];
  for (const { statement } of statements) {
    const conditions = conditionsOf(statement.Condition);
    if (conditions.length === 0) continue;
    const holding = merge(
      plain,
      conditions.map(({ key, holds }) => [key, holds]),
    );
    contexts.push(holding);
    for (const { key, fails } of conditions)
      contexts.push(merge(holding, [[key, fails]]), merge(holding, [[key, null]]));
  }
  const unique = new Map(contexts.map((context) => [JSON.stringify(context), context]));
  return [...unique.values()].slice(0, mostContexts);
};

interface Trial {
  readonly key: string;
  /** A value with which the condition holds; null for absence. */
  readonly holds: string | null;
  readonly fails: string | null;
}

const conditionsOf = (element: unknown): Trial[] =>
  Object.entries(recordOf(element) ?? {}).flatMap(([name, keys]) =>
    Object.entries(recordOf(keys) ?? {}).map(([key, value]) => ({
      key,
      ...trialOf(name, textsOf(value)[0] ?? ''),
    })),
  );

const trialOf = (name: string, value: string): Omit<Trial, 'key'> => {
  const operator = conditionOperator(name);
  if (operator?.family === 'Null')
    return value === 'true' ? { holds: null, fails: trialValue } : { holds: trialValue, fails: null };
  const match = matching(value);
  const other = otherThan(value, operator?.family ?? 'String');
  return operator?.negated === true ? { holds: other, fails: match } : { holds: match, fails: other };
};

/** A value that the pattern matches; of a range of addresses its first. */
const matching = (value: string): string =>
  (expandVariables(value, () => trialValue).text ?? value)
    .replace(/\/\d+$/, '/')
    .replaceAll('*', trialValue)
    .replaceAll('?', 'w')
    .replace(/^([\d.]+)\/$/, '$1');

const otherThan = (value: string, family: string): string => {
  switch (family) {
    case 'Bool':
      return value.toLowerCase() === 'true' ? 'false' : 'true';
    case 'IpAddress':
      return value.startsWith('198.51.100.') ? '192.0.2.7' : '198.51.100.7';
    case 'Numeric':
      return String(Number(value) + 1);
    case 'Date':
      return '2001-01-01T00:00:00Z';
    case 'ARN':
      return 'arn:aws:s3:::windlass-other';
    default:
      return `${trialValue}-other`;
  }
};

const merge = (
  context: RequestContext,
  entries: readonly (readonly [string, string | null])[],
): RequestContext => {
  const merged = new Map(
    Object.entries(context).map(([key, value]) => [key.toLowerCase(), [key, value] as const]),
  );
  for (const [key, value] of entries)
    if (value === null) merged.delete(key.toLowerCase());
    else merged.set(key.toLowerCase(), [key, value]);
  return Object.fromEntries(merged.values());
};
