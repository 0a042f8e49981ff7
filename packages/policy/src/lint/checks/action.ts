import { removeItem, removeMember, replaceNode } from '../../reader/json-edit.ts';
import type { ElementView, StatementView, TextValue } from '../../reader/policy-view.ts';
import { actions, matchActions } from '../../facts/action-facts.ts';
import { serviceExists } from '../../facts/service-exists.ts';
import { isStar } from '../../match/arn-pattern.ts';
import { hasWildcard } from '../../match/glob.ts';
import { actionsOfApiName } from '../api-names.ts';
import type { LintScope } from '../lint-scope.ts';
import { nearest } from '../nearest.ts';
import { isDelegation } from '../statement-reach.ts';
import { ceilingKinds } from './statement.ts';

const s3Names = actions.filter(({ name }) => name.startsWith('s3:')).map(({ name }) => name);

export const checkActions = (scope: LintScope, statement: StatementView): void => {
  for (const element of [statement.action, statement.notAction])
    for (const value of element?.values ?? []) if (element) checkAction(scope, statement, element, value);
  if (statement.effect === 'Allow') checkBreadth(scope, statement);
};

const checkAction = (
  scope: LintScope,
  statement: StatementView,
  element: ElementView,
  value: TextValue,
): void => {
  const { report, fix, write } = scope;
  const { text, node, path } = value;
  if (isStar(text)) return;
  const colon = text.indexOf(':');
  if (colon === -1) {
    const meant = text === '' ? null : nearestAction(`s3:${text}`);
    const rule = text.trim() === '' ? 'S3A006' : 'S3A005';
    const message =
      rule === 'S3A006'
        ? 'The name of the action is empty'
        : `An action has its service before it${meant === null ? ', as in s3:GetObject' : `: ${meant}`}`;
    report(rule, node, path, message, write(node, meant));
    return;
  }
  const service = text.slice(0, colon);
  const name = text.slice(colon + 1);
  if (name.trim() === '') {
    report(
      'S3A006',
      node,
      path,
      `No action follows ${JSON.stringify(text)}`,
      fix('Remove it', removeValue(statement, element, value)),
    );
    return;
  }
  if (hasWildcard(service)) return;
  if (!serviceExists(service)) {
    const meant = nearestAction(`s3:${name}`);
    report(
      'S3A004',
      node,
      path,
      `AWS has no service ${JSON.stringify(service)}${meant === null ? '' : `; was ${meant} meant?`}`,
      write(node, meant),
    );
    return;
  }
  if (service.toLowerCase() !== 's3' || matchActions(text).length > 0) return;
  checkUnknown(scope, statement, element, value);
};

const checkUnknown = (
  scope: LintScope,
  statement: StatementView,
  element: ElementView,
  value: TextValue,
): void => {
  const { report, fix, write } = scope;
  const { text, node, path } = value;
  if (hasWildcard(text)) {
    report(
      'S3A009',
      node,
      path,
      `No action of S3 fits ${text}`,
      fix('Remove it', removeValue(statement, element, value)),
    );
    return;
  }
  const api = actionsOfApiName(text);
  if (api) {
    const needed = api.actions.join(' and ');
    const rule = api.call === 'HeadObject' ? 'S3A001' : 'S3A003';
    report(
      rule,
      node,
      path,
      `${api.call} is a call, not an action: it is authorised as ${needed}`,
      fix(`Write ${needed}`, writeActions(element, value, api.actions)),
    );
    return;
  }
  const meant = nearestAction(text.replaceAll(' ', ''));
  report(
    'S3A002',
    node,
    path,
    `S3 has no action ${JSON.stringify(text)}${meant === null ? '' : `; the nearest is ${meant}`}`,
    write(node, meant),
  );
};

/** The actions in place of the value; one that is in the list already is not written twice. */
const writeActions = (element: ElementView, value: TextValue, names: readonly string[]) => {
  const present = new Set(element.values.map(({ text }) => text.toLowerCase()));
  const wanted = names.filter((name) => !present.has(name.toLowerCase()));
  if (element.member.value.type !== 'array')
    return names.length === 1
      ? [replaceNode(value.node, JSON.stringify(names[0]))]
      : [replaceNode(value.node, JSON.stringify(names))];
  const [first, ...others] = wanted;
  if (first === undefined) return removeItem(element.member.value, value.node);
  // Further ones go behind the replaced text in one edit: two edits at one place would lose their order.
  const rest = others.map((name) => `, ${JSON.stringify(name)}`).join('');
  return [replaceNode(value.node, JSON.stringify(first) + rest)];
};

const removeValue = (statement: StatementView, element: ElementView, value: TextValue) =>
  element.values.length === 1 || element.member.value.type !== 'array'
    ? removeMember(statement.node, element.member)
    : removeItem(element.member.value, value.node);

const nearestAction = (text: string): string | null => {
  const api = actionsOfApiName(text);
  return api?.actions[0] ?? nearest(text, s3Names);
};

const checkBreadth = ({ options, report }: LintScope, statement: StatementView): void => {
  if (ceilingKinds.includes(options.kind) || isDelegation(statement)) return;
  for (const { text, node, path } of statement.action?.values ?? []) {
    if (isStar(text)) report('S3A008', node, path, 'This allows every action of every service of AWS');
    else if (/^s3:\*+$/i.test(text))
      report(
        'S3A007',
        node,
        path,
        'This allows everything in S3: also to change policy, ACL and lifecycle, and to delete',
      );
  }
  const { notAction } = statement;
  if (notAction)
    report(
      'S3A008',
      notAction.member.name,
      notAction.path,
      'Allow with NotAction allows every action that it does not name, of all services',
    );
};
