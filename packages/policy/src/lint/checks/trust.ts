import { appendMember } from '../../reader/json-edit.ts';
import type { StatementView } from '../../reader/policy-view.ts';
import { isStar } from '../../match/arn-pattern.ts';
import { splitArn } from '../../match/arn.ts';
import type { LintScope } from '../lint-scope.ts';
import { allows, conditionOn, isDemand } from '../statement-reach.ts';

/** Whether the role can be assumed by somebody who only talks our service, or his own project, into it. */
export const checkTrust = (scope: LintScope, statement: StatementView): void => {
  if (scope.options.kind !== 'trust' || statement.effect !== 'Allow' || !statement.principal) return;
  if (allows(statement, 'sts:AssumeRole')) checkExternalId(scope, statement);
  if (allows(statement, 'sts:AssumeRoleWithWebIdentity')) checkSubject(scope, statement);
};

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
const checkExternalId = ({ text, options, report, fix }: LintScope, statement: StatementView): void => {
  const foreign = statement.principal?.principals.find(
    ({ type, value }) => type?.value === 'AWS' && accountOf(value.text) !== options.accountId,
  );
  if (!foreign) return;
  const condition = conditionOn(statement, 'sts:externalid');
  if (condition && isDemand(condition) && condition.values.some(({ text: value }) => !isStar(value))) return;
  // Within an organization nobody is a stranger's deputy.
  const inside = conditionOn(statement, 'aws:principalorgid', 'aws:principalorgpaths');
  if (inside && isDemand(inside)) return;
  const rule = { 'sts:ExternalId': 'REPLACE-WITH-THE-ID-OF-THIS-CONNECTION' };
  const existing = statement.condition;
  report(
    'S3X014',
    foreign.value.node,
    foreign.value.path,
    'Another account may assume this role for anybody who knows its ARN: demand an external ID with sts:ExternalId',
    existing
      ? []
      : fix('Demand an external ID', appendMember(text, statement.node, 'Condition', { StringEquals: rule })),
  );
};

const accountOf = (principal: string): string => splitArn(principal)?.[4] ?? principal;

/** Providers that say who is meant by other keys than `sub`. */
const otherSubjects: Readonly<Record<string, string>> = { 'cognito-identity.amazonaws.com': 'amr' };

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html */
const checkSubject = ({ report }: LintScope, statement: StatementView): void => {
  for (const { type, value } of statement.principal?.principals ?? []) {
    if (type?.value !== 'Federated') continue;
    const issuer = value.text.includes(':oidc-provider/')
      ? value.text.slice(value.text.indexOf(':oidc-provider/') + ':oidc-provider/'.length)
      : value.text;
    const pinned = (claim: string): boolean => {
      const condition = conditionOn(statement, `${issuer.toLowerCase()}:${claim}`);
      return (
        condition !== undefined &&
        isDemand(condition) &&
        condition.values.length > 0 &&
        condition.values.every(({ text }) => !isOpen(text))
      );
    };
    const missing = ['aud', otherSubjects[issuer] ?? 'sub'].filter((claim) => !pinned(claim));
    if (missing.length > 0)
      report(
        'S3X014',
        value.node,
        value.path,
        `Whoever ${issuer} vouches for may assume this role: demand ${missing.map((claim) => `${issuer}:${claim}`).join(' and ')}`,
      );
  }
};

/** `*` and `repo:*` let in every project of the provider. */
const isOpen = (text: string): boolean => /^(?:[a-z]+:)?\*+$/.test(text);
