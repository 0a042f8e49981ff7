import type { StatementView } from '../../reader/policy-view.ts';
import { conditionOperator } from '../../evaluate/condition-operators.ts';
import type { LintScope } from '../lint-scope.ts';
import { namesEverybody } from '../statement-reach.ts';

/** Keys that tell from where a request comes. */
const networkKeys = new Set<string>([
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceip',
  'aws:vpcsourceip',
  'aws:sourcevpcarn',
  'aws:vpceaccount',
  'aws:vpceorgid',
]);

/**
 * A Deny for everybody who does not come from a certain network. Such a fence is right for many, and keeps out a service
 * that was connected to the bucket as well, this one among them.
 */
export const checkOwnCaller = ({ options, report }: LintScope, statement: StatementView): void => {
  if (statement.effect !== 'Deny' || statement.conditions.length === 0) return;
  if (options.kind === 'bucket' && !namesEverybody(statement.principal)) return;
  const fences = statement.conditions.filter(
    ({ key, operator }) =>
      networkKeys.has(key.value.toLowerCase()) && conditionOperator(operator.value)?.negated === true,
  );
  const [fence] = fences;
  // With a condition on anything else it may let our calls pass, and nothing is said.
  if (!fence || fences.length !== statement.conditions.length) return;
  const known = options.caller?.context;
  if (
    known &&
    fences.some(({ key }) =>
      Object.keys(known).some((name) => name.toLowerCase() === key.value.toLowerCase()),
    )
  )
    return;
  report(
    'S3X013',
    fence.key,
    fence.path,
    `This denies every call that does not come from ${fence.values[0]?.text ?? 'there'}: also those of a service that you connect`,
  );
};
