import type { ConditionView, StatementView, TextValue } from '../../reader/policy-view.ts';
import { conditionOperator, type ConditionOperator } from '../../evaluate/condition-operators.ts';
import { parseInstant } from '../../match/instant.ts';
import { ipRangeIncludes, parseIpRange } from '../../match/ip-range.ts';
import { moveToOperator } from '../condition-edits.ts';
import type { LintScope } from '../lint-scope.ts';
import { placeholderIn } from '../placeholder.ts';
import { isOpenEnded, siblingOf } from './resource.ts';

/** Source: RFC 1918, RFC 6598, RFC 3927, RFC 4193 and the loopback blocks. */
const privateRanges = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1',
].flatMap((range) => parseIpRange(range) ?? []);

export const checkConditionValues = (scope: LintScope, statement: StatementView): void => {
  for (const condition of statement.conditions) {
    const operator = conditionOperator(condition.operator.value);
    const key = condition.key.value.toLowerCase();
    for (const value of condition.values) {
      if (placeholderIn(value.text) !== null) continue;
      if (operator) checkByFamily({ scope, condition, value }, operator);
      if (value.text.includes('${')) continue;
      if (key === 'aws:sourcevpc' || key === 'aws:sourcevpce') checkVpcId({ scope, condition, value }, key);
    }
    if (operator?.family === 'String') checkWildcards(scope, statement, condition);
    if (key === 's3:prefix') checkPrefix(scope, statement, condition, operator);
  }
};

interface Place {
  readonly scope: LintScope;
  readonly condition: ConditionView;
  readonly value: TextValue;
}

const checkByFamily = (place: Place, { family }: ConditionOperator): void => {
  const { scope, value } = place;
  const { text, node, path } = value;
  if (text.includes('${')) return;
  if (family === 'Bool' || family === 'Null') checkBoolean(place);
  else if (family === 'IpAddress') checkAddress(place);
  else if (family === 'Date' && Number.isNaN(parseInstant(text)))
    scope.report(
      'S3C013',
      node,
      path,
      `${JSON.stringify(text)} is no date: write it as 2026-11-22T10:00:00Z`,
    );
};

const checkBoolean = ({ scope, condition, value }: Place): void => {
  const { text, node, path } = value;
  if (/^(?:true|false)$/i.test(text)) return;
  const meant = /^(?:yes|y|on|1)$/i.test(text) ? 'true' : /^(?:no|n|off|0)$/i.test(text) ? 'false' : null;
  scope.report(
    'S3C009',
    node,
    path,
    `${condition.operator.value} compares with true or false, not with ${JSON.stringify(text)}`,
    scope.write(node, meant),
  );
};

const checkAddress = ({ scope, condition, value }: Place): void => {
  const { text, node, path } = value;
  const range = parseIpRange(text);
  if (range === null) {
    scope.report(
      'S3C011',
      node,
      path,
      `${JSON.stringify(text)} is no IP address and no range like 203.0.113.0/24`,
    );
    return;
  }
  if (condition.key.value.toLowerCase() !== 'aws:sourceip') return;
  if (privateRanges.some((known) => ipRangeIncludes(known, range)))
    scope.report(
      'S3C012',
      node,
      path,
      `S3 sees public addresses in aws:SourceIp; ${text} is private and never comes (aws:VpcSourceIp has it, through a VPC endpoint)`,
    );
};

const checkVpcId = ({ scope, condition, value }: Place, key: string): void => {
  const prefix = key === 'aws:sourcevpc' ? 'vpc' : 'vpce';
  const operator = condition.operator.value;
  if (conditionOperator(operator)?.family !== 'String') return;
  const body = value.text.startsWith(`${prefix}-`) ? value.text.slice(prefix.length + 1) : null;
  const like = /like/i.test(operator);
  if (body !== null && (like ? /^[0-9a-z*?]+$/ : /^[0-9a-z]{7,17}$/).test(body)) return;
  if (like && /^[*?]/.test(value.text)) return;
  scope.report(
    'S3C019',
    value.node,
    value.path,
    `${condition.key.value} holds ids like ${prefix}-0a1b2c3d4e5f67890`,
  );
};

/** Only the Like operators follow wildcards; `ArnEquals` does too, and is no String operator. */
const checkWildcards = (scope: LintScope, statement: StatementView, condition: ConditionView): void => {
  const written = condition.operator.value;
  if (/like/i.test(written)) return;
  // `${*}` and `${?}` write the characters themselves.
  const wild = condition.values.find(({ text }) =>
    /[*?]/.test(text.replaceAll('${*}', '').replaceAll('${?}', '')),
  );
  if (!wild) return;
  const target = written.replace(/Equals(?:IgnoreCase)?/i, 'Like');
  scope.report(
    'S3C007',
    wild.node,
    wild.path,
    `${written} takes * and ? literally; ${target} follows them`,
    /ignorecase/i.test(written)
      ? []
      : scope.fix(`Write ${target}`, moveToOperator(scope.text, statement, condition, target)),
  );
};

const checkPrefix = (
  scope: LintScope,
  statement: StatementView,
  condition: ConditionView,
  operator: ConditionOperator | null,
): void => {
  for (const { text, node, path } of condition.values) {
    const isLike = /like/i.test(condition.operator.value);
    if (statement.effect === 'Allow' && isLike && operator?.negated === false && isOpenEnded(text))
      scope.report(
        'S3R010',
        node,
        path,
        `${text} also lists ${siblingOf(text)}: close the prefix with a slash`,
        scope.write(node, `${text.slice(0, -1)}/*`, `Write ${text.slice(0, -1)}/*`),
      );
    if (text.startsWith('/'))
      scope.report(
        'S3R011',
        node,
        path,
        'Prefixes have no slash at their beginning unless the keys have',
        scope.write(node, text.replace(/^\/+/, ''), 'Remove the slash'),
      );
  }
};
