import { formatValue, prependMember, removeMember, replaceNode } from '../../reader/json-edit.ts';
import type { JsonObject } from '../../reader/json-node.ts';
import { documentElements } from '../../reader/policy-view.ts';
import type { LintScope } from '../lint-scope.ts';
import { nearest } from '../nearest.ts';

export const currentVersion = '2012-10-17';
const oldVersion = '2008-10-17';

/** True when `${…}` in this policy is a variable. */
export const hasVariables = ({ policy }: LintScope): boolean =>
  policy.version?.value.type === 'string' && policy.version.value.value === currentVersion;

export const checkDocument = (scope: LintScope): void => {
  checkNames(scope, scope.policy.root, documentElements, '');
  checkVersion(scope);
  checkStatementList(scope);
};

/** Names that the policy language does not know; those that differ in case only are read for what they mean. */
export const checkNames = (
  { report, fix, write }: LintScope,
  object: JsonObject,
  names: readonly string[],
  path: string,
): void => {
  for (const member of object.members) {
    const written = member.name.value;
    if (names.includes(written)) continue;
    const meant = nearest(written, names);
    const isFree = meant !== null && !object.members.some(({ name }) => name.value === meant);
    report(
      'S3P002',
      member.name,
      path === '' ? written : `${path}.${written}`,
      meant === null
        ? `${JSON.stringify(written)} is no element of ${path === '' ? 'a policy' : 'a statement'}; IAM refuses the document`
        : `${JSON.stringify(written)} is not an element; ${meant} is`,
      [
        ...(isFree ? write(member.name, meant) : []),
        ...fix(`Remove ${written}`, removeMember(object, member)),
      ],
    );
  }
};

const checkVersion = ({ text, policy, report, fix, write }: LintScope): void => {
  const { root, version } = policy;
  if (version === null) {
    const at = { start: root.start, end: root.start + 1 };
    report(
      'S3P003',
      at,
      'Version',
      `Without Version the rules of ${oldVersion} apply, in which \${variables} are plain text`,
      fix(`Add Version ${currentVersion}`, prependMember(text, root, 'Version', currentVersion)),
    );
    return;
  }
  const written = version.value.type === 'string' ? version.value.value : null;
  if (written === currentVersion) return;
  const fixes = write(version.value, currentVersion, `Set Version ${currentVersion}`);
  if (written === oldVersion)
    report(
      'S3P004',
      version.value,
      'Version',
      `${oldVersion} is the old language: no variables and nothing newer`,
      fixes,
    );
  else
    report(
      'S3P005',
      version.value,
      'Version',
      `Version names the policy language and is ${currentVersion} (or ${oldVersion}), not the date of the document`,
      fixes,
    );
};

const checkStatementList = (scope: LintScope): void => {
  const { policy, report } = scope;
  const { root, statement, statements, strays } = policy;
  if (statement === null) {
    report(
      'S3P001',
      { start: root.start, end: root.start + 1 },
      'Statement',
      'The policy has no Statement',
      wrapStatement(scope),
    );
    return;
  }
  if (statements.length === 0 && strays.length === 0)
    report('S3P001', statement.value, 'Statement', 'The list of statements is empty');
  for (const stray of strays)
    report('S3P001', stray, 'Statement', 'A statement is an object with Effect, Action and Resource');
};

/** A bare statement gets the document around it. */
const wrapStatement = ({ text, policy: { root }, fix }: LintScope) => {
  if (!root.members.some(({ name }) => ['Effect', 'Action', 'NotAction'].includes(name.value))) return [];
  const marker = '\u0000';
  const frame = formatValue(text, root.start, { Version: currentVersion, Statement: [marker] });
  const body = text.slice(root.start, root.end);
  return fix('Put the statement into a policy', [
    replaceNode(
      root,
      frame.replace(JSON.stringify(marker), () => body),
    ),
  ]);
};
