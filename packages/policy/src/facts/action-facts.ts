import { hasWildcard, matchesGlob } from '../match/glob.ts';
import { actionTable, commonKeys, resourceTypeTable } from './facts-table.ts';
import { conditionKeys } from './key-facts.ts';

/** AWS: the kind of access an action gives. */
export const accessLevels = ['List', 'Read', 'Tagging', 'Write', 'Permissions management'] as const;
export type AccessLevel = (typeof accessLevels)[number];

export interface ResourceTypeFacts {
  /** As AWS names it, e.g. `bucket`, `object`, `accesspoint`, `accesspointobject`. */
  readonly name: string;
  /** With `*` where a name goes: `arn:*:s3:::*` for a bucket. */
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

export interface ActionFacts {
  /** As AWS spells it: `s3:PutObject`. */
  readonly name: string;
  readonly accessLevel: AccessLevel;
  /** Empty for actions that know no resource but `*`. */
  readonly resourceTypes: readonly string[];
  /** Keys of the action and of all its resource types, without the global ones; a family ends in `/` or `:`. */
  readonly conditionKeys: readonly string[];
}

const keysOf = (numbers: string): string[] =>
  numbers === '-' || numbers === ''
    ? []
    : numbers.split('.').map((number) => conditionKeys[Number.parseInt(number, 36)]?.name ?? '');

/** Resource types of S3. */
export const resourceTypes: readonly ResourceTypeFacts[] = resourceTypeTable.split('\n').map((line) => {
  const [name = '', arn = '', keys = ''] = line.split(' ');
  return { name, arn, conditionKeys: keysOf(keys) };
});

const common = keysOf(commonKeys);

const readLine = (line: string): ActionFacts[] => {
  const [service = '', level = '', typeNumbers = '', numbers = '', ...names] = line.split(' ');
  const types =
    typeNumbers === '-'
      ? []
      : [...typeNumbers].flatMap((number) => resourceTypes[Number.parseInt(number, 36)] ?? []);
  const own = numbers.startsWith('+') ? [...common, ...keysOf(numbers.slice(1))] : keysOf(numbers);
  const keys = [...new Set([...own, ...types.flatMap((type) => type.conditionKeys)])];
  return names.map((name) => ({
    name: `${service}:${name}`,
    accessLevel: accessLevels.find((known) => known.startsWith(level)) ?? 'Write',
    resourceTypes: types.map((type) => type.name),
    conditionKeys: keys,
  }));
};

/** All of S3, and of KMS and STS what policies about buckets and roles need. */
export const actions: readonly ActionFacts[] = actionTable.split('\n').flatMap(readLine);

const byName = new Map(actions.map((facts) => [facts.name.toLowerCase(), facts]));

/** Facts about one action, however it is spelt; null for what is no action or is of a service that is not in the table. */
export const actionFacts = (name: string): ActionFacts | null => byName.get(name.toLowerCase()) ?? null;

/**
 * The actions that an `Action` element reaches, as far as the table knows them.
 *
 * @example matchActions('s3:*MultipartUpload').map(({ name }) => name) // ['s3:AbortMultipartUpload']
 */
export const matchActions = (pattern: string): readonly ActionFacts[] => {
  if (!hasWildcard(pattern)) {
    const facts = actionFacts(pattern);
    return facts === null ? [] : [facts];
  }
  const folded = pattern.toLowerCase();
  return [...byName].flatMap(([name, facts]) => (matchesGlob(folded, name) ? facts : []));
};
