import { conditionOperator } from '../evaluate/condition-operators.ts';
import { matchActions } from '../facts/action-facts.ts';
import { keyPresence } from '../facts/key-presence.ts';
import { replaceNode } from '../reader/json-edit.ts';
import type { ConditionView, StatementView } from '../reader/policy-view.ts';
import type { TextEdit } from '../reader/text-edit.ts';
import { removeCondition } from './condition-edits.ts';
import type { Fix } from './finding.ts';
import type { LintScope } from './lint-scope.ts';
import { splitStatement } from './split-statement.ts';
import { reachOf, resourcesOf, type ActionReach } from './statement-reach.ts';

/**
 * `s3:prefix` on an action about objects: what was meant is a limit on keys, and that is what Resource and NotResource
 * are for. A negated operator in a Deny fences the prefixes in; everything else names them.
 */
export const fenceFix = (scope: LintScope, statement: StatementView, condition: ConditionView): Fix[] => {
  const { resource } = statement;
  const operator = stringOperator(condition);
  if (operator === null || resource === null || statement.notResource) return [];
  const { objects, isKnown } = partsOf(statement);
  if (!isKnown) return [];
  const fence = operator.negated;
  // What an Allow does not fence in it must not allow, and NotResource would allow all other buckets.
  if (fence && statement.effect === 'Allow') return [];
  const arns = objects.flatMap((object) =>
    condition.values.map(({ text }) => object.slice(0, -1) + keyPattern(text)),
  );
  const own = fence && reachOf(statement).some(reachesBuckets) ? objects.map(bucketOf) : [];
  const single = resource.member.value.type !== 'array';
  const edits: TextEdit[] = [
    replaceNode(resource.member.name, JSON.stringify(fence ? 'NotResource' : 'Resource')),
    replaceNode(resource.member.value, written([...own, ...arns], single)),
    ...removeCondition(statement, condition),
  ];
  return scope.fix(fence ? 'Replace the condition by NotResource' : 'Put the prefix into Resource', edits);
};

/**
 * The fence in a Deny on lists and objects together, made of two: objects by NotResource, lists by the condition. In a
 * bucket policy only: for an identity NotResource would deny all other buckets with it.
 */
export const fenceSplit = (scope: LintScope, statement: StatementView, condition: ConditionView): Fix[] => {
  const { resource, action } = statement;
  if (scope.options.kind !== 'bucket' || statement.effect !== 'Deny' || statement.notResource) return [];
  if (resource === null || action === null || stringOperator(condition)?.negated !== true) return [];
  const { objects, buckets, isKnown } = partsOf(statement);
  // To list from the root is no permission to write there.
  const prefixes = condition.values.map(({ text }) => text).filter((text) => text !== '');
  if (!isKnown || buckets.length === 0 || prefixes.length === 0) return [];
  const reach = reachOf(statement);
  const onObjects = reach.filter(({ actions }) =>
    actions.some(({ resourceTypes }) => resourceTypes.includes('object')),
  );
  const onLists = reach
    .flatMap(({ actions }) => actions.map(({ name }) => name))
    .filter((name) => keyPresence(name, condition.key.value) !== 'never');
  if (onObjects.length === 0 || onLists.length === 0) return [];
  const fenced = objects.flatMap((object) =>
    prefixes.map((prefix) => object.slice(0, -1) + keyPattern(prefix)),
  );
  const own = onObjects.some(reachesBuckets) ? buckets : [];
  return scope.fix(
    'Deny objects by NotResource, lists by the condition',
    splitStatement(scope, statement, [
      [
        replaceNode(action.member.value, written(onObjects.map(({ value }) => value.text))),
        replaceNode(resource.member.name, JSON.stringify('NotResource')),
        replaceNode(resource.member.value, written([...own, ...fenced])),
        ...removeCondition(statement, condition),
      ],
      [
        replaceNode(action.member.value, written(onLists)),
        replaceNode(resource.member.value, written(buckets)),
      ],
    ]),
  );
};

/** The operator of a condition that compares `s3:prefix` with texts; null for every other condition. */
const stringOperator = (condition: ConditionView) => {
  const operator = conditionOperator(condition.operator.value);
  return condition.key.value.toLowerCase() === 's3:prefix' &&
    operator?.family === 'String' &&
    condition.values.length > 0
    ? operator
    : null;
};

/** The ARNs of a statement; known when they are nothing but whole buckets: `BUCKET` and `BUCKET/*`. */
const partsOf = (statement: StatementView) => {
  const resources = resourcesOf(statement);
  const objects = resources.filter(({ arn }) => arn.shape === 'object');
  const buckets = resources.filter(({ arn }) => arn.shape === 'bucket');
  return {
    objects: objects.map(({ value }) => value.text),
    buckets: buckets.map(({ value }) => value.text),
    isKnown:
      objects.length > 0 &&
      objects.every(({ arn }) => arn.key === '*') &&
      objects.length + buckets.length === statement.resource?.values.length,
  };
};

/** A pattern that reaches bucket actions would deny them all, if NotResource did not name the bucket. */
const reachesBuckets = ({ isPattern, value }: ActionReach): boolean =>
  isPattern && matchActions(value.text).some(({ resourceTypes }) => resourceTypes.includes('bucket'));

/** `arn:aws:s3:::media/*` as `arn:aws:s3:::media`. */
const bucketOf = (objects: string): string => objects.slice(0, -'/*'.length);

/** A value of `s3:prefix` as a pattern for keys: `uploads/` lists what `uploads/*` names. */
const keyPattern = (prefix: string): string =>
  prefix.endsWith('*') ? prefix : prefix === '' || prefix.endsWith('/') ? `${prefix}*` : `${prefix}/*`;

const written = (texts: readonly string[], single = true): string => {
  const different = [...new Set(texts)];
  const value = single && different.length === 1 ? different[0] : different;
  return JSON.stringify(value).replaceAll('","', '", "');
};
