import type { ConditionElement, PrincipalElement, Statement } from '../document/policy-document.ts';
import type { Grant, Right } from '../jobs/grants.ts';
import { oneOrMany } from './one-or-many.ts';
import { literal, type ResourceNames } from './resource-names.ts';

export interface StatementShape {
  readonly names: ResourceNames;
  /** What stands for the folder of the user who asks: `${aws:username}`, another variable, or a name. */
  readonly ownFolder: string;
  /** In resource policies. */
  readonly principal?: PrincipalElement;
  /** Added to every statement. */
  readonly condition?: ConditionElement;
}

/** IAM actions of each right, in the order in which they are written. */
export const actionsOfRight: Readonly<Record<Right, readonly string[]>> = {
  read: ['s3:GetObject'],
  write: ['s3:PutObject'],
  resume: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
  delete: ['s3:DeleteObject'],
  list: ['s3:ListBucket'],
  locate: ['s3:GetBucketLocation'],
};

/** Words of a Sid: it tells a person what the statement is for. */
const sidWords = { read: 'Read', write: 'Upload', resume: 'Resume', delete: 'Delete' } as const;
type ObjectRight = keyof typeof sidWords;
// `Object.keys` loses the keys' type; the literal above has no others.
const objectRights = Object.keys(sidWords) as ObjectRight[];

/** Allow statements for grants: one for all rights that reach the same keys, and those on the bucket apart from them. */
export const grantStatements = (grants: readonly Grant[], shape: StatementShape): Statement[] => [
  ...objectStatements(grants, shape),
  ...listStatements(grants, shape),
  ...locateStatements(grants, shape),
];

const objectStatements = (grants: readonly Grant[], shape: StatementShape): Statement[] => {
  const groups = new Map<string, { rights: ObjectRight[]; patterns: string[] }>();
  for (const right of objectRights) {
    const patterns = patternsOf(grants, right, shape.ownFolder);
    if (patterns.length === 0) continue;
    const id = JSON.stringify(patterns);
    const group = groups.get(id) ?? { rights: [], patterns };
    group.rights.push(right);
    groups.set(id, group);
  }
  return [...groups.values()].map(({ rights, patterns }) =>
    allow(
      shape,
      sidOf(rights),
      rights.flatMap((right) => actionsOfRight[right]),
      patterns.map(shape.names.object),
    ),
  );
};

/** `Resume` says nothing beside `Upload`. */
const sidOf = (rights: readonly ObjectRight[]): string => {
  const words = rights.filter((right) => right !== 'resume' || !rights.includes('write'));
  return words.map((right) => sidWords[right]).join('');
};

const listStatements = (grants: readonly Grant[], shape: StatementShape): Statement[] => {
  const patterns = patternsOf(grants, 'list', shape.ownFolder);
  if (patterns.length === 0) return [];
  // A request that lists everything has no prefix at all, and a condition on the prefix would refuse it.
  const bounded = !patterns.includes('*');
  return [
    allow(
      shape,
      'List',
      actionsOfRight.list,
      [shape.names.bucket],
      bounded ? { StringLike: { 's3:prefix': oneOrMany(patterns) } } : {},
    ),
  ];
};

/** Apart from the listing: its request has no prefix, so that the listing's condition would refuse it. */
const locateStatements = (grants: readonly Grant[], shape: StatementShape): Statement[] =>
  grants.some(({ right }) => right === 'locate')
    ? [allow(shape, 'Locate', actionsOfRight.locate, [shape.names.bucket])]
    : [];

const allow = (
  { principal, condition = {} }: StatementShape,
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  own: ConditionElement = {},
): Statement => {
  const conditions = { ...own, ...condition };
  return {
    Sid: sid,
    Effect: 'Allow',
    ...(principal !== undefined && { Principal: principal }),
    Action: oneOrMany(actions),
    Resource: oneOrMany(resources),
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
};

/** Patterns of keys for one right, without those that lie within another. */
export const patternsOf = (grants: readonly Grant[], right: Right, ownFolder: string): string[] => {
  const mine = grants.filter((grant) => grant.right === right);
  return mine
    .filter((grant) => !mine.some((other) => other !== grant && contains(other, grant)))
    .map(({ prefix, own }) => `${literal(prefix)}${own ? `${ownFolder}/` : ''}*`);
};

const contains = (outer: Grant, inner: Grant): boolean =>
  !outer.own && inner.prefix.startsWith(outer.prefix) && (inner.own || inner.prefix !== outer.prefix);
