import { appendMember, removeMember, replaceNode } from '../../reader/json-edit.ts';
import type { PrincipalElementView, PrincipalView, StatementView } from '../../reader/policy-view.ts';
import { splitArn } from '../../match/arn.ts';
import { isAccountId } from '../../evaluate/principal.ts';
import { hasWildcard } from '../../match/glob.ts';
import type { LintScope } from '../lint-scope.ts';
import { nearest } from '../nearest.ts';
import { placeholderIn } from '../placeholder.ts';
import { identityKinds, openingOf } from './statement.ts';

const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;
type PrincipalType = (typeof principalTypes)[number];

export const checkPrincipals = (scope: LintScope, statement: StatementView): void => {
  const { options, report, fix, text } = scope;
  const elements = [statement.principal, statement.notPrincipal].filter((element) => element !== null);
  if (identityKinds.includes(options.kind)) {
    for (const element of elements)
      report(
        'S3P014',
        element.member.name,
        element.path,
        'Here the principal is who has the policy; only policies of a bucket, role or endpoint name one',
        fix(`Remove ${element.name}`, removeMember(statement.node, element.member)),
      );
    return;
  }
  if (elements.length === 0) {
    const harmless = statement.effect === 'Deny' || options.kind === 'rcp' || options.kind === 'vpcEndpoint';
    const named = options.caller?.principal;
    const principal = harmless ? '*' : named === undefined ? null : { AWS: named };
    report(
      'S3P015',
      openingOf(statement),
      `${statement.path}.Principal`,
      'The statement does not say whom it is about',
      principal === null
        ? []
        : fix(
            'Add Principal',
            appendMember(text, statement.node, 'Principal', principal, statement.members.get('Effect')),
          ),
    );
  }
  for (const element of elements) {
    if (element.principals.length === 0)
      report('S3P018', element.member.value, element.path, `${element.name} names nobody`);
    for (const stray of element.strays) report('S3P018', stray, element.path, 'A principal is a text');
    checkTypes(scope, element);
    for (const principal of element.principals) checkPrincipal(scope, statement, element, principal);
  }
  if (statement.effect === 'Allow' && statement.notPrincipal)
    report(
      'S3R017',
      statement.notPrincipal.member.name,
      statement.notPrincipal.path,
      'Allow with NotPrincipal lets in everybody else in the world, also anonymous callers',
      statement.principal
        ? []
        : fix('Name who may: Principal', [replaceNode(statement.notPrincipal.member.name, '"Principal"')]),
    );
};

const checkTypes = ({ report, write }: LintScope, element: PrincipalElementView): void => {
  if (element.member.value.type !== 'object') return;
  for (const { name } of element.member.value.members) {
    if (isPrincipalType(name.value)) continue;
    const meant = nearest(name.value, principalTypes);
    report(
      'S3P017',
      name,
      `${element.path}.${name.value}`,
      `There is no principal type ${JSON.stringify(name.value)}; there are ${principalTypes.join(', ')}`,
      write(name, meant),
    );
  }
};

const isPrincipalType = (name: string): name is PrincipalType =>
  principalTypes.some((known) => known === name);

const checkPrincipal = (
  scope: LintScope,
  statement: StatementView,
  element: PrincipalElementView,
  { type, value }: PrincipalView,
): void => {
  const { report, fix } = scope;
  if (type === null) {
    if (value.text === '*') return;
    const form =
      formFault('AWS', value.text) === null
        ? 'AWS'
        : formFault('Service', value.text) === null
          ? 'Service'
          : null;
    const placeholder = placeholderIn(value.text) !== null;
    report(
      'S3P018',
      value.node,
      value.path,
      'Only "*" stands by itself; any other principal has its type before it, as in {"AWS": "…"}',
      form === null && !placeholder
        ? []
        : fix(`Put it under ${form ?? 'AWS'}`, [
            {
              start: value.node.start,
              end: value.node.start,
              text: `{${JSON.stringify(form ?? 'AWS')}: `,
            },
            { start: value.node.end, end: value.node.end, text: '}' },
          ]),
    );
    return;
  }
  if (!isPrincipalType(type.value) || placeholderIn(value.text) !== null) return;
  if (type.value === 'AWS' && value.text !== '*' && hasWildcard(value.text)) {
    report(
      'S3P016',
      value.node,
      value.path,
      'A principal is one identity or "*"; a pattern belongs into a condition on aws:PrincipalArn',
      byPrincipalArn(scope, statement, element, value.text),
    );
    return;
  }
  const fault = formFault(type.value, value.text);
  if (fault !== null) report('S3P018', value.node, value.path, fault);
};

/** Everybody, and the pattern as a condition: what was meant, in the form that IAM has for it. */
const byPrincipalArn = (
  { text, fix }: LintScope,
  statement: StatementView,
  element: PrincipalElementView,
  pattern: string,
) => {
  if (element.principals.length !== 1 || element.name !== 'Principal' || splitArn(pattern) === null)
    return [];
  const { condition } = statement;
  const rule = { 'aws:PrincipalArn': pattern };
  if (condition && condition.value.type !== 'object') return [];
  if (
    condition?.value.type === 'object' &&
    condition.value.members.some(({ name }) => name.value === 'ArnLike')
  )
    return [];
  return fix('Move the pattern into a condition', [
    replaceNode(element.member.value, '"*"'),
    ...(condition?.value.type === 'object'
      ? appendMember(text, condition.value, 'ArnLike', rule)
      : appendMember(text, statement.node, 'Condition', { ArnLike: rule })),
  ]);
};

const uniqueId = /^A[A-Z]{3}[A-Z0-9]{12,28}$/;

/** What is wrong with a principal; null for a form that exists. */
const formFault = (type: PrincipalType, text: string): string | null => {
  switch (type) {
    case 'AWS':
      // An identity that was deleted is shown by its unique id.
      return text === '*' || isAccountId(text) || uniqueId.test(text) ? null : arnFault(text);
    case 'Service':
      return /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.internal)$/.test(text)
        ? null
        : 'A service is named like s3.amazonaws.com';
    case 'Federated':
      return /^[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:\/.*)?$/.test(text) ||
        /^arn:[a-z-]+:iam::\d{12}:(?:saml|oidc)-provider\/.+$/.test(text)
        ? null
        : 'A federated principal is the ARN of a SAML or OIDC provider, or its domain';
    case 'CanonicalUser':
      return /^[0-9a-f]{64}$/.test(text) ? null : 'A canonical user is 64 hexadecimal digits';
  }
};

const arnFault = (text: string): string | null => {
  const fields = splitArn(text);
  if (fields === null || fields[0] !== 'arn')
    return 'An AWS principal is "*", twelve digits of an account, or the ARN of a user, role, session or account';
  const [, , service = '', region = '', account = '', rest = ''] = fields;
  const isOriginAccess =
    account === 'cloudfront' && rest.startsWith('user/CloudFront Origin Access Identity ');
  if (region !== '' || !(isAccountId(account) || isOriginAccess))
    return 'The ARN of a principal has no region and the twelve digits of its account';
  if (service === 'iam' && rest.startsWith('group/'))
    return 'A group is no principal; name its users or a role';
  const forms =
    service === 'iam'
      ? /^(?:root|(?:user|role)\/.+)$/
      : /^(?:assumed-role\/[^/]+\/.+|federated-user\/.+|self)$/;
  return (service === 'iam' || service === 'sts') && forms.test(rest)
    ? null
    : 'The ARN of a principal ends in root, user/NAME, role/NAME, assumed-role/ROLE/SESSION or federated-user/NAME';
};
