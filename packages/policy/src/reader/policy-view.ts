import type { JsonMember, JsonNode, JsonObject, JsonString } from './json-node.ts';

/** A text in a policy with its place. Numbers and booleans count as their text, as they do for IAM. */
export interface TextValue {
  readonly text: string;
  readonly node: JsonNode;
  readonly path: string;
}

/** An element of a statement that holds texts: Action, Resource and their negations. */
export interface ElementView {
  readonly name: string;
  readonly member: JsonMember;
  readonly path: string;
  readonly values: readonly TextValue[];
  /** Items that are no texts. */
  readonly strays: readonly JsonNode[];
}

export interface PrincipalView {
  /** `AWS`, `Service`, …, as written; null for `"Principal": "*"`. */
  readonly type: JsonString | null;
  readonly value: TextValue;
}

export interface PrincipalElementView extends ElementView {
  readonly principals: readonly PrincipalView[];
}

/** One condition key under one operator. */
export interface ConditionView {
  readonly operator: JsonString;
  readonly key: JsonString;
  readonly member: JsonMember;
  /** The operator's member, which may hold more keys. */
  readonly block: JsonMember;
  readonly values: readonly TextValue[];
  readonly path: string;
}

export interface StatementView {
  readonly index: number;
  readonly node: JsonObject;
  readonly path: string;
  /** Null when it is missing or misspelt. */
  readonly effect: 'Allow' | 'Deny' | null;
  readonly sid: TextValue | null;
  readonly action: ElementView | null;
  readonly notAction: ElementView | null;
  readonly resource: ElementView | null;
  readonly notResource: ElementView | null;
  readonly principal: PrincipalElementView | null;
  readonly notPrincipal: PrincipalElementView | null;
  readonly condition: JsonMember | null;
  readonly conditions: readonly ConditionView[];
  /** Members by their name as the policy language spells it. */
  readonly members: ReadonlyMap<string, JsonMember>;
}

export interface PolicyView {
  readonly root: JsonObject;
  readonly version: JsonMember | null;
  readonly statement: JsonMember | null;
  readonly statements: readonly StatementView[];
  /** Where `Statement` holds something that is no statement. */
  readonly strays: readonly JsonNode[];
}

export const documentElements = ['Version', 'Id', 'Statement'] as const;
export const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;

/**
 * A policy read into its elements, each with its place. Nothing is refused: what does not fit is left for the checks to
 * say. Names that differ in case are read for what they mean.
 */
export const viewPolicy = (root: JsonObject): PolicyView => {
  const members = membersByName(root, documentElements);
  const statement = members.get('Statement') ?? null;
  const list =
    statement === null ? [] : statement.value.type === 'array' ? statement.value.items : [statement.value];
  const alone = statement?.value.type !== 'array';
  return {
    root,
    version: members.get('Version') ?? null,
    statement,
    statements: list.flatMap((node, index) =>
      node.type === 'object' ? [viewStatement(node, index, alone ? 'Statement' : `Statement[${index}]`)] : [],
    ),
    strays: list.filter(({ type }) => type !== 'object'),
  };
};

const membersByName = (node: JsonObject, names: readonly string[]): Map<string, JsonMember> => {
  const found = new Map<string, JsonMember>();
  for (const member of node.members) {
    const written = member.name.value.toLowerCase();
    const name = names.find((known) => known.toLowerCase() === written);
    if (name !== undefined) found.set(name, member);
  }
  return found;
};

const viewStatement = (node: JsonObject, index: number, path: string): StatementView => {
  const members = membersByName(node, statementElements);
  const element = (name: string): ElementView | null => {
    const member = members.get(name);
    return member
      ? { name, member, path: `${path}.${name}`, ...textsOf(member.value, `${path}.${name}`) }
      : null;
  };
  const principals = (name: string): PrincipalElementView | null => {
    const member = members.get(name);
    return member ? viewPrincipals(name, member, `${path}.${name}`) : null;
  };
  const effect = members.get('Effect')?.value;
  const sid = members.get('Sid')?.value;
  const condition = members.get('Condition') ?? null;
  return {
    index,
    node,
    path,
    effect:
      effect?.type === 'string' && (effect.value === 'Allow' || effect.value === 'Deny')
        ? effect.value
        : null,
    sid: sid?.type === 'string' ? { text: sid.value, node: sid, path: `${path}.Sid` } : null,
    action: element('Action'),
    notAction: element('NotAction'),
    resource: element('Resource'),
    notResource: element('NotResource'),
    principal: principals('Principal'),
    notPrincipal: principals('NotPrincipal'),
    condition,
    conditions: condition ? viewConditions(condition, `${path}.Condition`) : [],
    members,
  };
};

const textOf = (node: JsonNode): string | null =>
  node.type === 'array' || node.type === 'object' || node.value === null ? null : String(node.value);

const textsOf = (node: JsonNode, path: string): { values: TextValue[]; strays: JsonNode[] } => {
  const values: TextValue[] = [];
  const strays: JsonNode[] = [];
  for (const [index, item] of (node.type === 'array' ? node.items : [node]).entries()) {
    const text = textOf(item);
    if (text === null) strays.push(item);
    else values.push({ text, node: item, path: node.type === 'array' ? `${path}[${index}]` : path });
  }
  return { values, strays };
};

const viewPrincipals = (name: string, member: JsonMember, path: string): PrincipalElementView => {
  if (member.value.type !== 'object') {
    const { values, strays } = textsOf(member.value, path);
    return { name, member, path, values, strays, principals: values.map((value) => ({ type: null, value })) };
  }
  const read = member.value.members.map((entry) => ({
    type: entry.name,
    ...textsOf(entry.value, step(path, entry.name.value)),
  }));
  return {
    name,
    member,
    path,
    values: read.flatMap(({ values }) => values),
    strays: read.flatMap(({ strays }) => strays),
    principals: read.flatMap(({ type, values }) => values.map((value) => ({ type, value }))),
  };
};

const viewConditions = (condition: JsonMember, path: string): ConditionView[] =>
  (condition.value.type === 'object' ? condition.value.members : []).flatMap((block) =>
    (block.value.type === 'object' ? block.value.members : []).map((member) => {
      const here = step(step(path, block.name.value), member.name.value);
      const { values } = textsOf(member.value, here);
      return { operator: block.name, key: member.name, member, block, values, path: here };
    }),
  );

/** One step of a JSON path; names with other signs than letters and digits go into brackets. */
const step = (path: string, name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
