import { appendMember, removeMember } from '../../reader/json-edit.ts';
import type { ConditionView, StatementView } from '../../reader/policy-view.ts';
import {
  conditionOperator,
  operatorNames,
  setQualifiers,
  type ConditionOperator,
} from '../../evaluate/condition-operators.ts';
import { conditionKeyFacts, conditionKeys, type ConditionKeyFacts } from '../../facts/key-facts.ts';
import { moveToOperator, removeCondition } from '../condition-edits.ts';
import type { LintScope } from '../lint-scope.ts';
import { nearest } from '../nearest.ts';
import { conditionOn } from '../statement-reach.ts';

const keyNames = conditionKeys.map(({ name }) => name);
/** Keys that tell AWS accounts apart and are the same for every request to one bucket. */
const ownAccountKeys = new Set<string>([
  'aws:resourceaccount',
  's3:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
]);

export const checkConditionKeys = (scope: LintScope, statement: StatementView): void => {
  checkEmpty(scope, statement);
  for (const condition of statement.conditions) {
    const operator = checkOperator(scope, condition);
    const facts = checkKey(scope, condition);
    if (operator && facts) checkUse(scope, statement, condition, operator, facts);
    checkRelevance(scope, statement, condition);
  }
};

const checkEmpty = ({ report, fix }: LintScope, statement: StatementView): void => {
  const { condition } = statement;
  if (condition?.value.type !== 'object') return;
  const path = `${statement.path}.Condition`;
  if (condition.value.members.length === 0)
    report(
      'S3C018',
      condition.value,
      path,
      'An empty Condition says nothing',
      fix('Remove Condition', removeMember(statement.node, condition)),
    );
  for (const block of condition.value.members)
    if (block.value.type === 'object' && block.value.members.length === 0)
      report(
        'S3C018',
        block.value,
        `${path}.${block.name.value}`,
        `${block.name.value} has no condition key`,
        fix(
          `Remove ${block.name.value}`,
          condition.value.members.length === 1
            ? removeMember(statement.node, condition)
            : removeMember(condition.value, block),
        ),
      );
  for (const view of statement.conditions)
    if (view.member.value.type === 'array' && view.member.value.items.length === 0)
      report(
        'S3C018',
        view.member.value,
        view.path,
        `${view.key.value} has no value to compare with`,
        fix(`Remove ${view.key.value}`, removeCondition(statement, view)),
      );
};

const checkOperator = (
  { report, write }: LintScope,
  { operator, block, member, path }: ConditionView,
): ConditionOperator | null => {
  const known = conditionOperator(operator.value);
  if (known !== null) return known;
  // One finding for the operator, not one for each key under it.
  if (block.value.type === 'object' && block.value.members[0] !== member) return null;
  if (operator.value.toLowerCase().endsWith('nullifexists')) {
    report(
      'S3C010',
      operator,
      path,
      'Null asks whether a key is there; IfExists makes no sense with it',
      write(operator, 'Null'),
    );
    return null;
  }
  const meant = nearestOperator(operator.value);
  report(
    'S3C004',
    operator,
    path,
    `There is no condition operator ${JSON.stringify(operator.value)}${meant === null ? '' : `; the nearest is ${meant}`}`,
    write(operator, meant),
  );
  return null;
};

const ifExists = 'IfExists';

/** Judged part by part, so that a slip in one does not hide the others. */
const nearestOperator = (written: string): string | null => {
  const colon = written.indexOf(':');
  const set = colon === -1 ? '' : nearest(written.slice(0, colon), setQualifiers);
  const rest = written.slice(colon + 1);
  const optional = rest.toLowerCase().endsWith(ifExists.toLowerCase());
  const base = nearest(optional ? rest.slice(0, -ifExists.length) : rest, operatorNames);
  return set === null || base === null
    ? null
    : `${set === '' ? '' : `${set}:`}${base}${optional ? ifExists : ''}`;
};

const checkKey = ({ report, write }: LintScope, { key, path }: ConditionView): ConditionKeyFacts | null => {
  const facts = conditionKeyFacts(key.value);
  if (facts !== null) return facts;
  const written = key.value.toLowerCase();
  const colon = written.indexOf(':');
  // Keys of identity providers and of other services are not in the table, and may well be right.
  if (colon > 0 && !written.startsWith('s3:') && !written.startsWith('aws:')) return null;
  const meant =
    nearest(written, keyNames) ??
    keyNames.find((name) => [`s3:${written}`, `aws:${written}`].includes(name.toLowerCase())) ??
    null;
  const global = written.startsWith('aws:');
  const family = meant?.endsWith('/') === true;
  report(
    global ? 'S3C006' : 'S3C005',
    key,
    path,
    `${global ? 'AWS has no global condition key' : 'S3 has no condition key'} ${JSON.stringify(key.value)}${meant === null ? '' : `; the nearest is ${meant}`}`,
    family ? [] : write(key, meant),
  );
  return null;
};

const checkUse = (
  scope: LintScope,
  statement: StatementView,
  condition: ConditionView,
  operator: ConditionOperator,
  facts: ConditionKeyFacts,
): void => {
  checkSet(scope, statement, condition, operator, facts);
  checkType(scope, statement, condition, operator, facts);
};

const checkSet = (
  { text, report, fix }: LintScope,
  statement: StatementView,
  condition: ConditionView,
  operator: ConditionOperator,
  facts: ConditionKeyFacts,
): void => {
  const written = condition.operator.value;
  const bare = written.slice(written.indexOf(':') + 1);
  if (operator.set === 'ForAllValues' && !facts.multiValued) {
    report(
      'S3C014',
      condition.operator,
      condition.path,
      `${facts.name} has one value; ForAllValues only adds that a request without it passes`,
      fix(`Write ${bare}`, moveToOperator(text, statement, condition, bare)),
    );
    return;
  }
  const guarded = statement.conditions.some(
    (other) =>
      conditionOperator(other.operator.value)?.family === 'Null' &&
      other.key.value.toLowerCase() === condition.key.value.toLowerCase() &&
      other.values.every((value) => value.text.toLowerCase() === 'false'),
  );
  if (operator.set === 'ForAllValues' && statement.effect === 'Allow' && !guarded)
    report(
      'S3C014',
      condition.operator,
      condition.path,
      `A request without ${facts.name} passes ForAllValues: add Null with false to demand the key`,
      fix('Demand the key with Null', nullGuard(text, statement, condition)),
    );
  if (facts.multiValued && operator.set === null && operator.family !== 'Null')
    report(
      'S3C015',
      condition.operator,
      condition.path,
      `${facts.name} may have several values: say ForAnyValue or ForAllValues`,
      ['ForAnyValue', 'ForAllValues'].flatMap((set) =>
        fix(`Write ${set}:${written}`, moveToOperator(text, statement, condition, `${set}:${written}`)),
      ),
    );
};

const nullGuard = (text: string, { condition }: StatementView, { key }: ConditionView) => {
  if (condition?.value.type !== 'object') return [];
  const existing = condition.value.members.find(({ name }) => name.value === 'Null');
  if (existing)
    return existing.value.type === 'object' ? appendMember(text, existing.value, key.value, 'false') : [];
  return appendMember(text, condition.value, 'Null', { [key.value]: 'false' });
};

const checkType = (
  { text, report, fix }: LintScope,
  statement: StatementView,
  condition: ConditionView,
  { family }: ConditionOperator,
  facts: ConditionKeyFacts,
): void => {
  const type = facts.type === 'IPAddress' ? 'IpAddress' : facts.type;
  const usable =
    family === type ||
    family === 'Null' ||
    family === 'Binary' ||
    // An ARN compares as text too, and a time may be given in seconds.
    (family === 'String' && type === 'ARN') ||
    (family === 'Numeric' && type === 'Date');
  if (usable) return;
  const written = condition.operator.value;
  const target = sameMeaning(written, family, type);
  report(
    'S3C008',
    condition.operator,
    condition.path,
    `${facts.name} is of type ${facts.type}, which ${written} does not compare`,
    target === null ? [] : fix(`Write ${target}`, moveToOperator(text, statement, condition, target)),
  );
};

/** The operator of the other type that asks the same. */
const sameMeaning = (written: string, from: string, to: string): string | null => {
  if (to === 'Bool')
    return /StringEquals(?:IgnoreCase)?/i.test(written)
      ? written.replace(/StringEquals(?:IgnoreCase)?/i, 'Bool')
      : null;
  if (to === 'IpAddress')
    return /String(?:Equals|Like)/i.test(written)
      ? written.replace(/String(?:Equals|Like)/i, 'IpAddress')
      : /StringNot(?:Equals|Like)/i.test(written)
        ? written.replace(/StringNot(?:Equals|Like)/i, 'NotIpAddress')
        : null;
  const target = written.replace(from === 'ARN' ? 'Arn' : from, to === 'ARN' ? 'Arn' : to);
  return conditionOperator(target) === null ? null : target;
};

const checkRelevance = (
  { options, report, fix }: LintScope,
  statement: StatementView,
  condition: ConditionView,
): void => {
  const name = condition.key.value.toLowerCase();
  const isOwn = options.kind === 'bucket' || options.kind === 'accessPoint';
  if (isOwn && ownAccountKeys.has(name))
    report(
      'S3C023',
      condition.key,
      condition.path,
      `${condition.key.value} is the same for every request to this bucket: it belongs into policies of identities`,
      fix(`Remove ${condition.key.value}`, removeCondition(statement, condition)),
    );
  if (
    name === 'aws:vpcsourceip' &&
    !conditionOn(
      statement,
      'aws:sourcevpc',
      'aws:sourcevpce',
      'aws:sourcevpcarn',
      'aws:vpceaccount',
      'aws:vpceorgid',
    )
  )
    report(
      'S3C022',
      condition.key,
      condition.path,
      'Private addresses repeat in every VPC: name the VPC too, with aws:SourceVpc or aws:SourceVpce',
    );
};
