import { requiredActions } from '../../calls/required-actions.ts';
import { needsOf } from '../../jobs/needs.ts';
import type { ConditionView, StatementView } from '../../reader/policy-view.ts';
import type { LintScope } from '../lint-scope.ts';
import { isDemand, isGranted, type ActionReach } from '../statement-reach.ts';

/** What a client sends only when it wants to. */
const optionalKeys = /^s3:(?:x-amz-|object-lock-|requestobjecttag|prefix$|delimiter$|if-)/;

/** An Allow that demands what requests may leave away. Silent where it is known that nothing needed is refused by it. */
export const checkOptionalKey = (
  scope: LintScope,
  statement: StatementView,
  condition: ConditionView,
  reach: readonly ActionReach[],
): void => {
  const key = condition.key.value.toLowerCase();
  if (statement.effect !== 'Allow' || !isDemand(condition) || !optionalKeys.test(key)) return;
  const actions = new Set(reach.flatMap((value) => value.actions.map(({ name }) => name)));
  if (isSentByJobs(scope, actions, key)) return;
  const isList = key === 's3:prefix' && actions.has('s3:ListBucket');
  if (isList && canBeTestedOtherwise(scope, statement)) return;
  const message = isList
    ? 'A list without a prefix is refused, and HeadBucket with it, which sends none: test the connection with ListObjectsV2 and a prefix'
    : `A request that does not send ${condition.key.value.slice('s3:'.length)} is refused`;
  scope.report('S3C021', condition.key, condition.path, message);
};

/** The jobs are known, and whenever one of them makes a call for these actions, the call carries the key. */
const isSentByJobs = ({ options }: LintScope, actions: ReadonlySet<string>, key: string): boolean => {
  const { bucket = 'bucket', capabilities, prefix = '', outputPrefix } = options;
  if (capabilities === undefined || capabilities.length === 0) return false;
  return needsOf(capabilities, { bucket, prefix, outputPrefix })
    .filter(({ kind }) => kind === 'must')
    .flatMap(({ call }) => requiredActions(call))
    .every(
      ({ action, context }) =>
        !actions.has(action) || Object.keys(context).some((sent) => sent.toLowerCase() === key),
    );
};

/** Whoever may ask for the region of the bucket learns by it whether bucket and keys are right, and needs no HeadBucket. */
const canBeTestedOtherwise = ({ policy }: LintScope, statement: StatementView): boolean =>
  policy.statements.some(
    (other) =>
      isGranted(other, 's3:GetBucketLocation', statement.resource) &&
      other.conditions.every(({ key }) => !optionalKeys.test(key.value.toLowerCase())),
  );
