import { evaluateCall, type CallEvaluation } from '../../calls/evaluate-call.ts';
import { appendItem, formatValue, removeItem } from '../../reader/json-edit.ts';
import { plainValue } from '../../reader/json-node.ts';
import type { PolicyDocument } from '../../document/policy-document.ts';
import type { PolicySet } from '../../evaluate/access-request.ts';
import { isAccountId } from '../../evaluate/principal.ts';
import type { NeedRow } from '../../jobs/need-row.ts';
import { needsOf } from '../../jobs/needs.ts';
import { accountOfArn } from '../../match/arn.ts';
import { providerProfiles } from '../../providers/profiles.ts';
import type { StatementView } from '../../reader/policy-view.ts';
import type { LintScope } from '../lint-scope.ts';
import { conditionOn, resourcesOf } from '../statement-reach.ts';
import { literal } from '../../generate/resource-names.ts';

/** Stands for an account where none is known; documentation uses it, and no decision depends on which it is. */
const someAccount = '111122223333';
const otherAccount = '444455556666';
/** Name of the user in whose folder `needsOf` looks. */
const someUser = 'member';

/** The policy by itself against what the jobs need, call by call: what is missing, and what is too much. */
export const checkCapabilities = (scope: LintScope): void => {
  const { bucket, capabilities, prefix = '', outputPrefix, provider } = scope.options;
  if (bucket === undefined || capabilities === undefined || capabilities.length === 0) return;
  // Calls on the bucket by its own name say nothing about what is given through an access point.
  if (scope.policy.statements.some(namesAccessPoint)) return;
  const setting = settingOf(scope);
  if (setting === null) return;
  const skipped = provider === undefined ? [] : providerProfiles[provider].probesToSkip;
  const rows = needsOf(capabilities, {
    bucket,
    prefix,
    ...(outputPrefix !== undefined && { outputPrefix }),
    user: setting.user,
    writeOnce: scope.policy.statements.some(demandsNewNames),
  })
    .filter(({ id }) => !skipped.includes(id))
    .map((row) => ({ row, answer: evaluateCall(row.call, setting.caller, setting.policies) }));
  reportMissing(scope, rows);
  reportExcess(scope, rows);
};

const namesAccessPoint = (statement: StatementView): boolean =>
  resourcesOf(statement).some(({ arn }) => arn.shape === 'accesspoint' || arn.shape === 'accesspointobject');

/** Who writes such a fence sends `If-None-Match: *` with uploads. */
const demandsNewNames = (statement: StatementView): boolean =>
  statement.effect === 'Deny' && conditionOn(statement, 's3:if-none-match') !== undefined;

interface Judged {
  readonly row: NeedRow;
  readonly answer: CallEvaluation;
}

/** Who calls, and the policy in its place. Null where the policy decides nothing by itself. */
const settingOf = ({ options, policy }: LintScope) => {
  // Read from text, of any shape: the evaluation takes for nothing what IAM would refuse.
  const document = plainValue(policy.root) as PolicyDocument;
  const owner = options.accountId ?? someAccount;
  if (options.kind === 'identity' || options.kind === 'group' || options.kind === 'session') {
    const principal = options.caller?.principal ?? `arn:aws:iam::${owner}:user/${someUser}`;
    const policies: PolicySet = { identity: [document] };
    // Asked within the caller's own account: across accounts the bucket policy, which is not here, would have to agree.
    const resourceAccount = accountOfArn(principal) || owner;
    return { caller: { principal, resourceAccount, ...context(options) }, policies, user: userOf(principal) };
  }
  if (options.kind !== 'bucket') return null;
  const named = policy.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principal }) => principal?.principals ?? [])
    .find(
      ({ type, value }) =>
        type?.value === 'AWS' && (isAccountId(value.text) || isAccountId(accountOfArn(value.text))),
    );
  const principal = options.caller?.principal ?? callerOf(named?.value.text);
  if (principal === null) return null;
  // In the owner's account the caller's own policies would have a say too; from another account both sides must allow,
  // and with everything allowed on its side the bucket policy alone decides.
  const resourceAccount = accountOfArn(principal) === owner ? otherAccount : owner;
  const everything: PolicyDocument = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
  };
  const policies: PolicySet = { identity: [everything], bucketPolicy: document };
  return { caller: { principal, resourceAccount, ...context(options) }, policies, user: userOf(principal) };
};

const context = ({ caller }: LintScope['options']) => (caller?.context ? { context: caller.context } : {});

const userOf = (principal: string): string => principal.slice(principal.lastIndexOf('/') + 1);

/** An identity of the account where the policy names the account. */
const callerOf = (named: string | undefined): string | null => {
  if (named === undefined) return null;
  if (isAccountId(named)) return `arn:aws:iam::${named}:user/${someUser}`;
  return named.endsWith(':root') ? `${named.slice(0, -'root'.length)}user/${someUser}` : named;
};

const reportMissing = (scope: LintScope, rows: readonly Judged[]): void => {
  const { policy, report } = scope;
  const said = new Set<string>();
  for (const { row, answer } of rows) {
    // Where a variable has no value, such as a tag of a session that is not known, it cannot be said.
    const isUncertain = answer.actions.some(({ evaluation }) => evaluation.uncertain.length > 0);
    if (row.kind !== 'must' || answer.decision === 'Allowed' || isUncertain) continue;
    const refused = answer.actions.find(({ evaluation }) => evaluation.decision === answer.decision);
    const denying = refused?.evaluation.decidedBy ?? null;
    const place =
      denying?.policy === scope.options.kind
        ? policy.statements.find(({ index }) => index === denying.statementIndex)
        : undefined;
    const key = `${refused?.action ?? ''} ${place?.index ?? ''}`;
    if (!refused || said.has(key)) continue;
    said.add(key);
    const at = place?.node ?? policy.root;
    report(
      'S3X010',
      { start: at.start, end: at.start + 1 },
      place?.path ?? 'Statement',
      `${row.title}: not allowed. ${answer.reason}`,
      place || refused.evaluation.decision === 'ExplicitlyDenied'
        ? []
        : addStatement(scope, refused.action, row),
    );
  }
};

/** The action on what the job works on. Lists stay within the prefix by their condition. */
const addStatement = (scope: LintScope, action: string, { call }: NeedRow) => {
  const { text, policy, options, fix } = scope;
  const list = policy.statement?.value;
  if (!list || options.kind === 'bucket') return [];
  const { bucket = '', prefix = '' } = options;
  const onObjects = call.key !== undefined;
  const below = literal(
    call.key?.startsWith(options.outputPrefix ?? prefix) === true ? (options.outputPrefix ?? prefix) : prefix,
  );
  const limited = action === 's3:ListBucket' && prefix !== '';
  const statement = {
    Effect: 'Allow',
    Action: action,
    Resource: onObjects ? `arn:aws:s3:::${bucket}/${below}*` : `arn:aws:s3:::${bucket}`,
    ...(limited && { Condition: { StringLike: { 's3:prefix': `${below}*` } } }),
  };
  return fix(
    `Allow ${action}`,
    appendItem(text, list, formatValue(text, policy.statements[0]?.node.start ?? list.start, statement)),
  );
};

const reportExcess = (scope: LintScope, rows: readonly Judged[]): void => {
  const { policy, options, report, fix } = scope;
  const needed = new Set(
    rows
      .filter(({ row }) => row.kind === 'must')
      .flatMap(({ answer }) => answer.actions.map(({ action }) => action)),
  );
  const said = new Set<string>();
  for (const { row, answer } of rows) {
    if (row.kind !== 'mustNot' || answer.decision !== 'Allowed') continue;
    for (const { action, evaluation } of answer.actions) {
      const granting = evaluation.trace.find(
        (entry) => entry.policy === options.kind && entry.effect === 'Allow' && entry.matched,
      );
      const statement = policy.statements.find(({ index }) => index === granting?.statementIndex);
      const key = `${action} ${statement?.index ?? ''}`;
      if (said.has(key)) continue;
      said.add(key);
      const value = statement?.action?.values.find(({ text }) => text.toLowerCase() === action.toLowerCase());
      const list = statement?.action?.member.value;
      const at = value?.node ?? statement?.action?.member.name ?? policy.root;
      report(
        'S3X011',
        at,
        value?.path ?? statement?.path ?? 'Statement',
        `${row.title}: allowed by ${action}, and the job does not need it`,
        needed.has(action) ? [] : fix(`Remove ${action}`, removeItem(list, value?.node)),
      );
    }
  }
};
