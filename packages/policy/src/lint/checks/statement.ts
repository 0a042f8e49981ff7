import { prependMember, removeMember } from '../../reader/json-edit.ts';
import type { PolicyKind } from '../../document/policy-document.ts';
import { statementElements, type ElementView, type StatementView } from '../../reader/policy-view.ts';
import type { LintScope } from '../lint-scope.ts';
import { checkNames } from './document.ts';

/** Policies of an identity: the identity is the principal. */
export const identityKinds: readonly PolicyKind[] = ['identity', 'group', 'boundary', 'session', 'scp'];
/** Policies that draw a limit and grant nothing by themselves; broad patterns are their normal form. */
export const ceilingKinds: readonly PolicyKind[] = ['boundary', 'scp', 'rcp', 'vpcEndpoint'];

export const checkStatement = (scope: LintScope, statement: StatementView): void => {
  const names =
    scope.options.kind === 'trust'
      ? statementElements.filter((name) => name !== 'Resource' && name !== 'NotResource')
      : statementElements;
  checkNames(scope, statement.node, names, statement.path);
  checkEffect(scope, statement);
  checkPairs(scope, statement);
  checkTypes(scope, statement);
  checkSid(scope, statement);
};

const checkEffect = ({ text, report, fix, write }: LintScope, statement: StatementView): void => {
  const member = statement.members.get('Effect');
  const at = openingOf(statement);
  if (!member) {
    report(
      'S3P007',
      at,
      `${statement.path}.Effect`,
      'The statement does not say Allow or Deny',
      ['Allow', 'Deny'].flatMap((effect) =>
        fix(`Add Effect ${effect}`, prependMember(text, statement.node, 'Effect', effect)),
      ),
    );
    return;
  }
  if (statement.effect !== null) return;
  const written = member.value.type === 'string' ? member.value.value.trim().toLowerCase() : '';
  const meant = written.startsWith('allow') ? 'Allow' : written.startsWith('den') ? 'Deny' : null;
  report(
    'S3P008',
    member.value,
    `${statement.path}.Effect`,
    `Effect is Allow or Deny, written exactly so${meant === null ? '' : `; here ${meant} was probably meant`}`,
    write(member.value, meant),
  );
};

const checkPairs = ({ options, report, fix }: LintScope, statement: StatementView): void => {
  const pairs = [
    [statement.action, statement.notAction],
    [statement.resource, statement.notResource],
    [statement.principal, statement.notPrincipal],
  ] as const;
  for (const [element, negation] of pairs) {
    if (element === null || negation === null) continue;
    report(
      'S3P011',
      negation.member.name,
      negation.path,
      `A statement has ${element.name} or ${negation.name}, not both`,
      [negation, element].flatMap(({ name, member }) =>
        fix(`Remove ${name}`, removeMember(statement.node, member)),
      ),
    );
  }
  const placeOf = (element: ElementView | null, negation: ElementView | null) =>
    (element ?? negation)?.member.value ?? openingOf(statement);
  if (isMissing(statement.action, statement.notAction))
    report(
      'S3P009',
      placeOf(statement.action, statement.notAction),
      `${statement.path}.Action`,
      'The statement names no action',
    );
  if (options.kind !== 'trust' && isMissing(statement.resource, statement.notResource))
    report(
      'S3P010',
      placeOf(statement.resource, statement.notResource),
      `${statement.path}.Resource`,
      'The statement names no resource',
    );
};

const isMissing = (element: ElementView | null, negation: ElementView | null): boolean =>
  (element === null && negation === null) || [element, negation].some(isEmpty);

const isEmpty = (element: ElementView | null): boolean =>
  element !== null && element.values.length === 0 && element.strays.length === 0;

const checkTypes = ({ report }: LintScope, statement: StatementView): void => {
  for (const element of [statement.action, statement.notAction, statement.resource, statement.notResource])
    for (const stray of element?.strays ?? [])
      report('S3P001', stray, element?.path ?? '', `${element?.name} is a text or a list of texts`);
  for (const value of [
    statement.action,
    statement.notAction,
    statement.resource,
    statement.notResource,
  ].flatMap((element) => element?.values ?? []))
    if (value.node.type !== 'string')
      report('S3P001', value.node, value.path, 'A text in double quotes belongs here');
  const sid = statement.members.get('Sid');
  if (sid && statement.sid === null) report('S3P001', sid.value, `${statement.path}.Sid`, 'Sid is a text');
  const { condition } = statement;
  if (condition && condition.value.type !== 'object')
    report(
      'S3P001',
      condition.value,
      `${statement.path}.Condition`,
      'Condition is an object: operator, key, values',
    );
  else if (condition?.value.type === 'object')
    for (const block of condition.value.members)
      if (block.value.type !== 'object')
        report(
          'S3P001',
          block.value,
          `${statement.path}.Condition.${block.name.value}`,
          'An operator holds condition keys with their values',
        );
};

const checkSid = ({ options, report, write }: LintScope, statement: StatementView): void => {
  const { sid } = statement;
  if (sid === null) return;
  // S3 takes blanks and more in the Sid of a bucket policy; IAM does not.
  const strict = [...identityKinds, 'trust'].includes(options.kind);
  if (!strict || /^[A-Za-z0-9]*$/.test(sid.text)) return;
  const clean = sid.text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  report(
    'S3P013',
    sid.node,
    sid.path,
    `The Sid ${JSON.stringify(sid.text)} has other characters than letters and digits`,
    write(sid.node, clean === '' ? null : clean),
  );
};

/** Sids must differ from each other. Empty ones are none. */
export const checkSidTwins = ({ policy, report, write }: LintScope): void => {
  const seen = new Set<string>();
  const all = new Set(policy.statements.map(({ sid }) => sid?.text));
  for (const statement of policy.statements) {
    const { sid } = statement;
    if (sid === null || sid.text === '') continue;
    if (seen.has(sid.text)) {
      let number = 2;
      while (all.has(`${sid.text}${number}`)) number += 1;
      const free = `${sid.text}${number}`;
      all.add(free);
      report(
        'S3P012',
        sid.node,
        sid.path,
        `Another statement has the Sid ${JSON.stringify(sid.text)} already`,
        write(sid.node, free),
      );
    }
    seen.add(sid.text);
  }
};

/** The brace that opens a statement: where something is missing, the statement as a whole is too much to underline. */
export const openingOf = ({ node }: StatementView): { start: number; end: number } => ({
  start: node.start,
  end: node.start + 1,
});
