import { removeItem } from '../../reader/json-edit.ts';
import type { ElementView, StatementView } from '../../reader/policy-view.ts';
import { conditionOperator } from '../../evaluate/condition-operators.ts';
import { policyNames } from '../../evaluate/policy-names.ts';
import { keyPresence } from '../../facts/key-presence.ts';
import { isUnknownTo, providerProfiles } from '../../providers/profiles.ts';
import type { ProviderProfile } from '../../providers/provider-profile.ts';
import { removeCondition } from '../condition-edits.ts';
import type { LintScope } from '../lint-scope.ts';
import { isTrueWhenMissing, reachOf } from '../statement-reach.ts';

/** What the provider, where one is named, cannot express. */
export const checkProvider = (scope: LintScope): void => {
  const { options, policy, report } = scope;
  if (options.provider === undefined) return;
  const profile = providerProfiles[options.provider];
  if (!profile.policyKinds.includes(options.kind)) {
    const at = { start: policy.root.start, end: policy.root.start + 1 };
    report(
      'S3X012',
      at,
      '',
      `${profile.name} does not take this kind of document (${policyNames[options.kind]}). ${profile.notes[0] ?? ''}`.trim(),
    );
    return;
  }
  for (const statement of policy.statements) {
    for (const element of [statement.action, statement.notAction]) checkActions(scope, profile, element);
    checkElements(scope, profile, statement);
    checkConditions(scope, profile, statement);
  }
};

const checkActions = (
  { report, fix }: LintScope,
  profile: ProviderProfile,
  element: ElementView | null,
): void => {
  for (const value of element?.values ?? []) {
    if (!isUnknownTo(profile.unknownActions, value.text)) continue;
    const consequence = profile.refusesUnknownActions === true ? ' and refuses the whole document' : '';
    report(
      'S3X012',
      value.node,
      value.path,
      `${profile.name} does not know ${value.text}${consequence}`,
      fix('Remove the action', removeItem(element?.member.value, value.node)),
    );
  }
};

const checkElements = ({ report }: LintScope, profile: ProviderProfile, statement: StatementView): void => {
  for (const name of profile.brokenElements) {
    const member = statement.members.get(name);
    if (member)
      report(
        'S3X012',
        member.name,
        `${statement.path}.${name}`,
        `${profile.name} takes ${name} and does not follow it`,
      );
  }
  if (profile.variables !== 'none') return;
  for (const value of [
    ...(statement.resource?.values ?? []),
    ...statement.conditions.flatMap(({ values }) => values),
  ])
    if (value.text.includes('${'))
      report('S3X012', value.node, value.path, `${profile.name} has no variables in policies`);
};

const checkConditions = (
  { report, fix }: LintScope,
  profile: ProviderProfile,
  statement: StatementView,
): void => {
  for (const condition of statement.conditions) {
    const { key, operator, path } = condition;
    const family = conditionOperator(operator.value)?.family;
    if (profile.unknownOperators.some((name) => name === family || name === operator.value))
      report('S3X012', operator, path, `${profile.name} does not follow ${operator.value}`);
    if (isUnknownTo(profile.unknownConditionKeys, key.value))
      report(
        'S3X012',
        key,
        path,
        `${profile.name} does not know ${key.value}`,
        fix(`Remove ${key.value}`, removeCondition(statement, condition)),
      );
    else if (
      profile.absentKeyNegated !== true &&
      isTrueWhenMissing(condition) &&
      mayBeMissing(statement, key.value)
    )
      report(
        'S3X012',
        operator,
        path,
        `On AWS ${operator.value} is true for a missing key; ${profile.name} ${profile.absentKeyNegated === false ? 'takes it for false' : 'may take it for false'}`,
      );
  }
};

const mayBeMissing = (statement: StatementView, key: string): boolean =>
  reachOf(statement).some(({ actions }) => actions.some(({ name }) => keyPresence(name, key) !== 'always'));
