import { appendItem, removeItem } from '../../reader/json-edit.ts';
import type { StatementView, TextValue } from '../../reader/policy-view.ts';
import type { ActionFacts } from '../../facts/action-facts.ts';
import { actionTakes } from '../../facts/action-takes.ts';
import type { LintScope } from '../lint-scope.ts';
import type { ResourceArn } from '../../match/resource-arn.ts';
import { reachOf, resourcesOf } from '../statement-reach.ts';
import { keepOnly, splitStatement } from '../split-statement.ts';

interface Resource {
  readonly value: TextValue;
  readonly arn: ResourceArn;
}
interface NamedAction {
  readonly value: TextValue;
  readonly facts: ActionFacts;
}

/** Whether actions and resources of a statement can meet at all, and whether they would better be apart. */
export const checkResourceFit = (scope: LintScope, statement: StatementView): void => {
  const resources = resourcesOf(statement);
  if (resources.length === 0 || resources.length !== statement.resource?.values.length) return;
  const reach = reachOf(statement);
  const named = reach.flatMap(({ value, isPattern, actions: [facts] }) =>
    !isPattern && facts ? [{ value, facts }] : [],
  );
  const idle = named.filter(
    ({ facts }) => facts.name.startsWith('s3:') && !resources.some(({ arn }) => actionTakes(facts, arn)),
  );
  // What is unknown here, of another service or misspelt, may be what the resource is for.
  const allKnown = reach.every(({ actions }) => actions.length > 0);
  const unused = allKnown
    ? resources.filter(
        ({ arn }) => !reach.some(({ actions }) => actions.some((facts) => actionTakes(facts, arn))),
      )
    : [];
  if (idle.length > 0)
    reportIdle(
      scope,
      statement,
      idle,
      resources,
      named.length === reach.length && idle.length === named.length,
    );
  else for (const resource of unused) reportUnused(scope, statement, resource);
  if (idle.length === 0 && unused.length === 0) checkMixture(scope, statement, named, resources);
};

const isAbout = ({ facts }: NamedAction, type: 'bucket' | 'object'): boolean =>
  facts.resourceTypes.includes(type);

/** Actions that no resource of the statement takes. */
const reportIdle = (
  scope: LintScope,
  statement: StatementView,
  idle: readonly NamedAction[],
  resources: readonly Resource[],
  isAll: boolean,
): void => {
  for (const action of isAll ? idle.slice(0, 1) : idle) {
    const onObjects = isAbout(action, 'object');
    const rule = onObjects ? 'S3R005' : 'S3R006';
    const at = isAll && resources[0] ? resources[0].value : action.value;
    const name = action.facts.name;
    const message = onObjects
      ? `${name} is about objects, and no object is named: BUCKET/* names all of them`
      : isAbout(action, 'bucket')
        ? `${name} is about the bucket itself: its ARN ends with the bucket's name`
        : `${name} does not apply to what is named here; its resource is ${action.facts.resourceTypes.length === 0 ? '*' : action.facts.resourceTypes.join(' or ')}`;
    scope.report(rule, at.node, at.path, message, fitFix(scope, statement, action, resources, isAll));
  }
};

/** Names what the action is about: in place of the resources that nothing takes, else beside them. */
const fitFix = (
  scope: LintScope,
  statement: StatementView,
  action: NamedAction,
  resources: readonly Resource[],
  isAll: boolean,
) => {
  const { text, fix, write } = scope;
  const list = statement.resource?.member.value;
  const type = isAbout(action, 'object') ? 'object' : isAbout(action, 'bucket') ? 'bucket' : null;
  if (!list || type === null) return [];
  const targets = [...new Set(resources.flatMap(({ arn }) => counterpart(arn, type) ?? []))];
  const [target] = targets;
  if (target === undefined) return [];
  if (isAll) return resources.length === 1 && resources[0] ? write(resources[0].value.node, target) : [];
  return fix(`Add ${target}`, appendItem(text, list, JSON.stringify(target)));
};

const counterpart = ({ partition, bucket, shape }: ResourceArn, type: 'bucket' | 'object'): string | null =>
  shape === 'bucket' || shape === 'object'
    ? `arn:${partition}:s3:::${bucket}${type === 'object' ? '/*' : ''}`
    : null;

const reportUnused = (scope: LintScope, statement: StatementView, { value, arn }: Resource): void => {
  const what =
    arn.shape === 'bucket' ? 'the bucket itself' : arn.shape === 'object' ? 'objects' : 'this resource';
  scope.report(
    'S3X004',
    value.node,
    value.path,
    `No action of this statement is about ${what}: the ARN has no effect here`,
    scope.fix('Remove the ARN', removeItem(statement.resource?.member.value, value.node)),
  );
};

/** Actions on the bucket and on objects together: a condition for the one would hit the other. */
const checkMixture = (
  scope: LintScope,
  statement: StatementView,
  named: readonly NamedAction[],
  resources: readonly Resource[],
): void => {
  if (statement.effect !== 'Allow' || named.length !== statement.action?.values.length) return;
  const onBucket = new Set(
    named.filter((action) => isAbout(action, 'bucket')).map(({ value }) => value.node),
  );
  const onObjects = new Set(
    named.filter((action) => isAbout(action, 'object')).map(({ value }) => value.node),
  );
  if (onBucket.size === 0 || onObjects.size === 0 || onBucket.size + onObjects.size !== named.length) return;
  const buckets = new Set(
    resources.filter(({ arn }) => arn.shape === 'bucket').map(({ value }) => value.node),
  );
  const objects = new Set(
    resources.filter(({ arn }) => arn.shape === 'object').map(({ value }) => value.node),
  );
  const separable = buckets.size > 0 && objects.size > 0 && buckets.size + objects.size === resources.length;
  scope.report(
    'S3X008',
    statement.action.member.name,
    statement.action.path,
    'Actions on the bucket and on objects share a statement: apart, the list can be limited to a prefix',
    separable
      ? scope.fix(
          'Split the statement',
          splitStatement(scope, statement, [
            [...keepOnly(statement.action, onObjects), ...keepOnly(statement.resource, objects)],
            [...keepOnly(statement.action, onBucket), ...keepOnly(statement.resource, buckets)],
          ]),
        )
      : [],
  );
};
