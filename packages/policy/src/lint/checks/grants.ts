import { appendItem } from '../../reader/json-edit.ts';
import { plainValue } from '../../reader/json-node.ts';
import type { ElementView, StatementView } from '../../reader/policy-view.ts';
import { isPublicStatement } from '../../evaluate/public-statement.ts';
import type { ActionFacts } from '../../facts/action-facts.ts';
import { hasWildcard, matchesGlob } from '../../match/glob.ts';
import { isStar } from '../../match/arn-pattern.ts';
import type { LintScope } from '../lint-scope.ts';
import { allows, conditionOn, isDelegation, isGranted, namesEverybody, reachOf } from '../statement-reach.ts';
import { ceilingKinds, identityKinds } from './statement.ts';

/** What a statement gives away. */
export const checkGrants = (scope: LintScope, statement: StatementView): void => {
  if (statement.effect === 'Deny') checkLockOut(scope, statement);
  if (statement.effect !== 'Allow' || ceilingKinds.includes(scope.options.kind)) return;
  checkPublic(scope, statement);
  checkEscalation(scope, statement);
  if (scope.options.kind !== 'trust') {
    checkMultipart(scope, statement);
    checkKms(scope, statement);
  }
};

const publicRights: Readonly<Record<string, string>> = {
  Read: 'read',
  List: 'list',
  Write: 'write',
  Tagging: 'write',
  'Permissions management': 'change rights',
};

const checkPublic = ({ options, report }: LintScope, statement: StatementView): void => {
  if (options.kind !== 'bucket' && options.kind !== 'accessPoint' && options.kind !== 'trust') return;
  if (!namesEverybody(statement.principal) || !isPublicStatement(plainValue(statement.node))) return;
  const reached = reachOf(statement).flatMap(({ actions }) => actions);
  const rights = [...new Set(reached.map(({ accessLevel }) => publicRights[accessLevel] ?? 'act'))];
  const what =
    options.kind === 'trust' ? 'assume this role' : rights.length === 0 ? 'act' : rights.join(', ');
  const at = statement.principal?.member.value ?? statement.node;
  report(
    'S3X001',
    at,
    statement.principal?.path ?? statement.path,
    `Everybody in the world may ${what}${options.kind === 'trust' ? '' : ' here'}`,
  );
};

/** Only the root of the account can take such a policy away again. */
const checkLockOut = ({ options, report }: LintScope, statement: StatementView): void => {
  if (options.kind !== 'bucket' || statement.conditions.length > 0 || !namesEverybody(statement.principal))
    return;
  const keepsOut = ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'].every((action) =>
    denies(statement, action),
  );
  // NotResource that names the bucket leaves its policy alone.
  const onBucket = namesBucket(statement.resource) ?? namesBucket(statement.notResource) === false;
  if (!keepsOut || !onBucket) return;
  report(
    'S3X002',
    statement.principal?.member.value ?? statement.node,
    statement.path,
    'This denies changing the policy to everybody, the owner included: only the root user could delete it',
  );
};

/** Whether an element names a bucket itself; undefined where there is no such element. */
const namesBucket = (element: ElementView | null): boolean | undefined =>
  element?.values.some(({ text }) => isStar(text) || !text.includes('/'));

const denies = (statement: StatementView, action: string): boolean =>
  statement.action
    ? allows(statement, action)
    : statement.notAction !== null &&
      !statement.notAction.values.some(({ text }) => matchesGlob(text.toLowerCase(), action.toLowerCase()));

/** Who may do these can give itself, or the world, what the policy does not give; or lose what it guards. */
const escalating = new Set<string>([
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
  's3:PutBucketAcl',
  's3:PutObjectAcl',
  's3:PutObjectVersionAcl',
  's3:PutBucketPublicAccessBlock',
  's3:PutAccountPublicAccessBlock',
  's3:PutBucketOwnershipControls',
  's3:PutAccessPointPolicy',
  's3:PutLifecycleConfiguration',
  's3:PutReplicationConfiguration',
  's3:BypassGovernanceRetention',
]);

const checkEscalation = ({ report }: LintScope, statement: StatementView): void => {
  if (isDelegation(statement)) return;
  for (const { value, actions } of reachOf(statement)) {
    // The whole of S3 has a finding of its own.
    if (isStar(value.text) || /^s3:\*+$/i.test(value.text)) continue;
    const names = actions.map(({ name }) => name).filter((name) => escalating.has(name));
    if (names.length === 0) continue;
    const within = hasWildcard(value.text) ? `${value.text} has ${names.join(', ')} in it: ` : '';
    report(
      'S3X005',
      value.node,
      value.path,
      `${within}who may do this can widen rights or undo what protects the data`,
    );
  }
};

const resumeActions = ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];

const checkMultipart = (
  { text, policy, options, report, fix }: LintScope,
  statement: StatementView,
): void => {
  // Who asks for uploads in one piece needs none of it.
  if (
    options.capabilities?.every((capability) => capability === 'ingest' || capability === 'deliver') === true
  )
    return;
  const put = reachOf(statement).find(
    ({ value, actions }) => !isStar(value.text) && actions.some(({ name }) => name === 's3:PutObject'),
  );
  if (!put || !statement.resource) return;
  const missing = resumeActions.filter(
    (action) => !policy.statements.some((other) => isGranted(other, action, statement.resource)),
  );
  const list = statement.action?.member.value;
  if (missing.length === 0 || !list) return;
  const added = missing.map((action) => JSON.stringify(action));
  report(
    'S3X007',
    put.value.node,
    put.value.path,
    `Without ${missing.join(' and ')} a broken upload in parts can be neither resumed nor given up`,
    fix(
      'Add the actions',
      appendItem(text, list, added.join(', '), list.type === 'array' ? put.value.node : list),
    ),
  );
};

const kmsAlgorithms = new Set<string>(['aws:kms', 'aws:kms:dsse']);

/** Objects under a KMS key are written and read with rights on the key. The key's own policy may give them, so this is a hint. */
const checkKms = (scope: LintScope, statement: StatementView): void => {
  const { options, policy, report, text, fix } = scope;
  if (!identityKinds.includes(options.kind)) return;
  const algorithm = conditionOn(statement, 's3:x-amz-server-side-encryption');
  const keyId = conditionOn(statement, 's3:x-amz-server-side-encryption-aws-kms-key-id');
  const usesKms =
    options.kmsKey !== undefined ||
    keyId !== undefined ||
    algorithm?.values.some(({ text: value }) => kmsAlgorithms.has(value)) === true;
  if (!usesKms) return;
  const reach = reachOf(statement);
  const reaches = (action: string): ActionFacts | undefined =>
    reach.flatMap(({ actions }) => actions).find(({ name }) => name === action);
  const needed = [
    ...(reaches('s3:PutObject') ? ['kms:GenerateDataKey', 'kms:Decrypt'] : []),
    ...(reaches('s3:GetObject') ? ['kms:Decrypt'] : []),
  ].filter((action) => !policy.statements.some((other) => other.effect === 'Allow' && allows(other, action)));
  const [first] = needed;
  if (first === undefined) return;
  const actions = [...new Set(needed)];
  const key = options.kmsKey ?? keyId?.values[0]?.text;
  const list = policy.statement?.value;
  const added = JSON.stringify({ Effect: 'Allow', Action: actions, Resource: key });
  report(
    'S3X009',
    reach[0]?.value.node ?? statement.node,
    reach[0]?.value.path ?? statement.path,
    `Objects encrypted with KMS also need ${actions.join(' and ')} on the key`,
    key === undefined || !key.startsWith('arn:') || !list
      ? []
      : fix('Add the rights on the key', appendItem(text, list, added)),
  );
};
