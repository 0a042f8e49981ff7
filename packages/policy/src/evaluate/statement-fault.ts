import type { PolicyKind } from '../document/policy-document.ts';
import { recordOf } from './element-values.ts';

type Element = Readonly<Record<string, unknown>>;

const has = (statement: Element, element: string): boolean => statement[element] !== undefined;

/** Kinds of policy that say whom they are about; the others hang on the one they are about. */
const kindsWithPrincipal: ReadonlySet<PolicyKind> = new Set([
  'bucket',
  'accessPoint',
  'vpcEndpoint',
  'rcp',
  'trust',
]);

const exactlyOne = (statement: Element, element: string): string | null => {
  const both = has(statement, element) && has(statement, `Not${element}`);
  if (both) return `it has ${element} and Not${element}`;
  return has(statement, element) || has(statement, `Not${element}`) ? null : `it has no ${element}`;
};

const principalFault = (statement: Element, kind: PolicyKind): string | null => {
  if (kindsWithPrincipal.has(kind)) return exactlyOne(statement, 'Principal');
  return has(statement, 'Principal') || has(statement, 'NotPrincipal')
    ? 'this kind of policy has no Principal'
    : null;
};

/**
 * Why IAM would not take a statement, which then counts for nothing; null for one that it takes.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export const statementFault = (statement: Element, kind: PolicyKind): string | null => {
  if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny')
    return 'its Effect is neither Allow nor Deny';
  const condition = statement['Condition'];
  if (
    condition !== undefined &&
    Object.values(recordOf(condition) ?? { none: null }).some((keys) => recordOf(keys) === null)
  )
    return 'its Condition is not operators over keys';
  return (
    exactlyOne(statement, 'Action') ??
    // The role itself is the resource of its trust policy.
    (kind === 'trust' ? null : exactlyOne(statement, 'Resource')) ??
    principalFault(statement, kind)
  );
};
