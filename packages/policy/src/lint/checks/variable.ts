import { prependMember, replaceNode } from '../../reader/json-edit.ts';
import type { StatementView, TextValue } from '../../reader/policy-view.ts';
import { conditionKeyFacts, conditionKeys } from '../../facts/key-facts.ts';
import type { LintScope } from '../lint-scope.ts';
import { nearest } from '../nearest.ts';
import { placeholderIn } from '../placeholder.ts';
import { currentVersion, hasVariables } from './document.ts';

const escapes = new Set<string>(['*', '?', '$']);
const keyNames = conditionKeys.map(({ name }) => name);

export const checkVariables = (scope: LintScope, statement: StatementView): void => {
  const texts = [
    ...(statement.resource?.values ?? []),
    ...(statement.notResource?.values ?? []),
    ...statement.conditions.flatMap(({ values }) => values),
  ];
  for (const value of texts) if (value.text.includes('${')) checkText(scope, statement, value);
};

const checkText = (scope: LintScope, statement: StatementView, value: TextValue): void => {
  const { report, fix, write, policy } = scope;
  const { text, node, path } = value;
  // The parameter of a template is filled in before IAM sees it.
  if (placeholderIn(text) !== null) return;
  let hasOne = false;
  for (let open = text.indexOf('${'); open !== -1; open = text.indexOf('${', open + 2)) {
    const close = text.indexOf('}', open);
    const next = text.indexOf('${', open + 2);
    const isClosed = close !== -1 && (next === -1 || close < next);
    const inner = isClosed ? text.slice(open + 2, close) : '';
    if (inner.trim() === '') {
      report(
        'S3C016',
        node,
        path,
        isClosed
          ? 'A variable without a name'
          : `The brace of this variable is not closed: ${text.slice(open, open + 40)}`,
        isClosed ? [] : fix('Close the brace', closeBrace(value, open)),
      );
      return;
    }
    hasOne = true;
    checkName(scope, statement, value, inner);
  }
  if (!hasOne || hasVariables(scope)) return;
  const { version } = policy;
  if (version && version.value.type === 'string' && version.value.value > currentVersion) return;
  report(
    'S3P006',
    node,
    path,
    `Variables need Version ${currentVersion}; without it this is the plain text ${JSON.stringify(text.slice(0, 80))}`,
    version
      ? write(version.value, currentVersion, `Set Version ${currentVersion}`)
      : fix(`Add Version ${currentVersion}`, addVersion(scope)),
  );
};

/** The name of a variable ends where no name goes on. */
const closeBrace = ({ node, text }: TextValue, open: number) => {
  let end = open + 2;
  while (end < text.length && /[A-Za-z0-9:_-]/.test(text[end] ?? '')) end += 1;
  return [replaceNode(node, JSON.stringify(`${text.slice(0, end)}}${text.slice(end)}`))];
};

const checkName = (
  scope: LintScope,
  statement: StatementView,
  { text, node, path }: TextValue,
  inner: string,
): void => {
  const { report, write, options } = scope;
  const comma = inner.indexOf(',');
  const name = (comma === -1 ? inner : inner.slice(0, comma)).trim();
  if (escapes.has(name)) return;
  const service = name.slice(0, Math.max(name.indexOf(':'), 0)).toLowerCase();
  const known =
    service !== '' && ((service !== 'aws' && service !== 's3') || conditionKeyFacts(name) !== null);
  if (!known) {
    const meant = nearest(name, keyNames) ?? nearest(`aws:${name}`, keyNames);
    const target = meant === null || meant.endsWith('/') ? null : meant;
    report(
      'S3C017',
      node,
      path,
      `There is no variable \${${name}}${target === null ? '' : `; the nearest is \${${target}}`}`,
      write(node, target && text.replace(name, () => target), `Write \${${target}}`),
    );
    return;
  }
  if (name.toLowerCase() === 'aws:username' && comma === -1 && hasVariables(scope) && !isForUsers(options))
    report(
      'S3C020',
      node,
      path,
      `\${${name}} has no value for roles and sessions: the statement then does not apply${statement.effect === 'Deny' ? ', and denies nothing' : ''}`,
    );
};

/**
 * Only users have the policy: those of a group, the one who is known to call, or the members of a gallery, whose folders
 * are named after them.
 */
const isForUsers = ({ kind, caller, capabilities = [] }: LintScope['options']): boolean =>
  kind === 'group' ||
  (caller === undefined
    ? capabilities.some((one) => one === 'galleryMember' || one === 'galleryAdmin')
    : caller.principal.includes(':user/'));

const addVersion = ({ policy, text }: LintScope) =>
  prependMember(text, policy.root, 'Version', currentVersion);
