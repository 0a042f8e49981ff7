import { splitArn } from '../match/arn.ts';
import { listOf, recordOf, textsOf } from './element-values.ts';
import { isAccountId, type Principal } from './principal.ts';

/**
 * How a resource policy reaches the caller, which decides what limits the grant:
 * - `direct`: it names the user, the session or everybody. Boundary and session policy do not limit it in the same account.
 * - `role`: it names the role of the session. They do.
 * - `account`: it names the account, which only hands the decision to the account's own policies.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export type Reach = 'direct' | 'role' | 'account';

/** The account that a principal value names as a whole: `111122223333` or `arn:aws:iam::111122223333:root`. */
export const accountOfPrincipal = (value: string): string | null => {
  if (isAccountId(value)) return value;
  const fields = splitArn(value);
  return fields?.[2] === 'iam' && fields[5] === 'root' ? (fields[4] ?? null) : null;
};

const reachOfAws = (value: string, caller: Principal): Reach | null => {
  if (value === '*' || value === caller.name) return 'direct';
  if (value === caller.roleArn) return 'role';
  if (caller.account === null || accountOfPrincipal(value) !== caller.account) return null;
  return caller.kind === 'root' ? 'direct' : 'account';
};

const stronger = (a: Reach | null, b: Reach | null): Reach | null => {
  if (a === 'direct' || b === 'direct') return 'direct';
  return a === 'role' || b === 'role' ? 'role' : (a ?? b);
};

/** A principal of another type than AWS (Service, Federated, CanonicalUser) reaches only a caller of just that name. */
const reachOfOther = (value: string, caller: Principal): Reach | null =>
  value === '*' || value === caller.name ? 'direct' : null;

/** How a `Principal` element reaches the caller; null where it does not. */
export const reachOf = (element: unknown, caller: Principal): Reach | null => {
  if (element === '*') return 'direct';
  let reach: Reach | null = null;
  for (const [type, values] of Object.entries(recordOf(element) ?? {}))
    for (const value of textsOf(values))
      reach = stronger(reach, (type === 'AWS' ? reachOfAws : reachOfOther)(value, caller));
  return reach;
};

/**
 * Whether a `NotPrincipal` element spares the caller. In a Deny a listed account spares its root user alone, not its
 * users; in an Allow it leaves out all of the account. A boundary makes a Deny reach its bearer whatever is listed.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export const isSpared = (
  element: unknown,
  caller: Principal,
  effect: 'Allow' | 'Deny',
  hasBoundary: boolean,
): boolean => {
  if (effect === 'Deny' && hasBoundary) return false;
  const reach = reachOf(element, caller);
  return reach !== null && (effect === 'Allow' || reach !== 'account');
};

/** How many principals an element names, for sentences. */
export const principalsOf = (element: unknown): readonly string[] =>
  element === '*'
    ? ['*']
    : listOf(recordOf(element) ?? []).flatMap((record) =>
        Object.values(recordOf(record) ?? {}).flatMap(textsOf),
      );
