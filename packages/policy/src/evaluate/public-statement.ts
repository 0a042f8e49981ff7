import { hasWildcard } from '../match/glob.ts';
import { parseIpRange } from '../match/ip-range.ts';
import { conditionOperator } from './condition-operators.ts';
import { recordOf, textsOf } from './element-values.ts';
import { principalsOf } from './match-principal.ts';

/**
 * Keys whose fixed value keeps a grant to everybody from being public.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html, "The meaning of public"
 */
const narrowingKeys = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

/** Ranges wider than these many bits are still the public. */
const narrowestPublicPrefix = { ipv4: 8, ipv6: 32 } as const;

/** A variable takes its value from the caller, who is then as good as anybody (AWS asks for a fixed value). */
const hasVariable = (value: string): boolean => value.includes('${');

const isNarrow = (key: string, value: string): boolean => {
  if (hasVariable(value)) return false;
  // AWS lets the name of the access point be a wildcard as long as the account is fixed.
  if (key === 's3:dataaccesspointarn') return !hasWildcard(value.slice(0, value.lastIndexOf(':')));
  if (key !== 'aws:sourceip') return value !== '' && !hasWildcard(value);
  const range = parseIpRange(value);
  const narrowest = narrowestPublicPrefix[value.includes(':') ? 'ipv6' : 'ipv4'];
  return range !== null && range.prefixLength >= narrowest;
};

const narrows = (operatorName: string, keys: unknown): boolean => {
  const operator = conditionOperator(operatorName);
  if (operator === null || operator.negated || operator.ifExists || operator.set === 'ForAllValues')
    return false;
  if (operator.family === 'Null') return false;
  return Object.entries(recordOf(keys) ?? {}).some(([key, value]) => {
    const values = textsOf(value);
    const folded = key.toLowerCase();
    return narrowingKeys.has(folded) && values.length > 0 && values.every((text) => isNarrow(folded, text));
  });
};

/** Whether a statement of a resource policy grants to everybody, as Block Public Access understands it. */
export const isPublicStatement = (statement: unknown): boolean => {
  const element = recordOf(statement);
  if (element?.['Effect'] !== 'Allow') return false;
  if (element['NotPrincipal'] === undefined && !principalsOf(element['Principal']).includes('*'))
    return false;
  return !Object.entries(recordOf(element['Condition']) ?? {}).some(([operator, keys]) =>
    narrows(operator, keys),
  );
};
