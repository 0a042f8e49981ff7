import type { PolicyDocument } from '@windlass/policy';
import { accountId } from './arns.ts';

/** Where a policy will stand decides which elements it must and must not have. */
export type PolicyUse =
  | { readonly kind: 'identity' | 'session' | 'boundary' | 'trust' }
  | { readonly kind: 'bucket'; readonly bucket: string; readonly isPrincipal: (arn: string) => boolean };

export type ReadPolicy =
  | { readonly document: PolicyDocument; readonly problem?: never }
  /** One sentence for whoever wrote the policy. */
  | { readonly problem: string; readonly document?: never };

type Fields = Readonly<Record<string, unknown>>;

/** Thrown inside this module only. */
class Problem extends Error {}

/**
 * Reads a policy and refuses what AWS refuses when one is put: text that is no JSON, elements that are missing, unknown or
 * out of place. What is legal and merely unwise is kept.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicy(text: string, use: PolicyUse): ReadPolicy {
  try {
    const document = parse(text);
    checkDocument(document, use);
    // Every element was checked to have the form that the type says.
    return { document: document as unknown as PolicyDocument };
  } catch (error) {
    if (error instanceof Problem) return { problem: error.message };
    throw error;
  }
}

function parse(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Problem("Policies must be valid JSON and the first byte must be '{'", { cause });
  }
  if (!isObject(value)) throw new Problem("Policies must be valid JSON and the first byte must be '{'");
  return value;
}

const versions: ReadonlySet<unknown> = new Set([undefined, '2012-10-17', '2008-10-17']);

function checkDocument(document: Fields, use: PolicyUse): void {
  onlyFields(document, ['Version', 'Id', 'Statement']);
  if (!versions.has(document['Version'])) {
    throw new Problem('The policy must contain a valid version string: 2012-10-17 or 2008-10-17');
  }
  if (document['Statement'] === undefined) throw new Problem('Missing required field Statement');
  const statements = listOf(document['Statement']);
  if (statements.length === 0) throw new Problem('Could not parse the policy: Statement is empty!');
  const sids = new Set<unknown>();
  for (const statement of statements) {
    if (!isObject(statement)) throw new Problem('A statement must be an object');
    checkStatement(statement, use);
    const sid = statement['Sid'];
    if (sid === undefined || sid === '') continue;
    if (typeof sid !== 'string') throw new Problem('Sid must be a string');
    if (sids.has(sid)) throw new Problem('Statement IDs (SID) in a single policy must be unique.');
    sids.add(sid);
  }
}

function checkStatement(statement: Fields, use: PolicyUse): void {
  onlyFields(statement, [
    'Sid',
    'Effect',
    'Principal',
    'NotPrincipal',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
  ]);
  const effect = statement['Effect'];
  if (effect === undefined) throw new Problem('Missing required field Effect');
  if (effect !== 'Allow' && effect !== 'Deny') throw new Problem(`Invalid effect: ${shown(effect)}`);
  const namesWho = use.kind === 'bucket' || use.kind === 'trust';
  const principal = oneOf(statement, 'Principal', namesWho);
  if (principal !== undefined) checkPrincipal(principal, use);
  for (const action of textsOf(oneOf(statement, 'Action', true), 'Action')) checkAction(action, use);
  const resource = oneOf(statement, 'Resource', use.kind !== 'trust');
  if (resource !== undefined) {
    for (const each of textsOf(resource, 'Resource')) checkResource(each, use);
  }
  if (statement['Condition'] !== undefined) checkCondition(statement['Condition']);
}

/** The element or its `Not…` form: exactly one where it is required, none where it has no place. */
function oneOf(statement: Fields, name: string, required: boolean): unknown {
  const plain = statement[name];
  const negated = statement[`Not${name}`];
  if (!required) {
    if (plain !== undefined || negated !== undefined) throw new Problem(`Has prohibited field ${name}`);
    return undefined;
  }
  if (plain !== undefined && negated !== undefined) {
    throw new Problem(`A statement has either ${name} or Not${name}`);
  }
  if (plain === undefined && negated === undefined) throw new Problem(`Missing required field ${name}`);
  return plain ?? negated;
}

const principalTypes: ReadonlySet<string> = new Set(['AWS', 'CanonicalUser', 'Federated', 'Service']);

function checkPrincipal(principal: unknown, use: PolicyUse): void {
  if (principal === '*') return;
  if (!isObject(principal)) throw new Problem(`Invalid principal in policy: ${shown(principal)}`);
  for (const [type, values] of Object.entries(principal)) {
    if (!principalTypes.has(type)) throw new Problem(`Invalid principal type in policy: ${shown(type)}`);
    for (const value of textsOf(values, 'Principal')) {
      if (type === 'AWS' && !isAwsPrincipal(value, use)) {
        throw new Problem(`Invalid principal in policy: ${shown(value)}`);
      }
    }
  }
}

/** `*`, an account, or the full ARN of somebody; of this account somebody who is there (S3: "Invalid principal in policy"). */
function isAwsPrincipal(value: string, use: PolicyUse): boolean {
  if (value === '*' || /^\d{12}$/.test(value)) return true;
  const match = /^arn:aws:(iam|sts)::(\d{12}):(root|(?:user|role|assumed-role|federated-user)\/[^*?]+)$/.exec(
    value,
  );
  if (match === null) return false;
  if (use.kind !== 'bucket' || match[2] !== accountId || match[1] === 'sts') return true;
  return match[3] === 'root' || use.isPrincipal(value);
}

function checkAction(action: string, use: PolicyUse): void {
  const wellFormed = action === '*' || /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action);
  const prefix = { bucket: 's3:', trust: 'sts:', identity: '', session: '', boundary: '' }[use.kind];
  const fits = action === '*' ? use.kind !== 'trust' : action.toLowerCase().startsWith(prefix);
  if (wellFormed && fits) return;
  throw new Problem(
    use.kind === 'bucket'
      ? `Policy has invalid action: ${shown(action)}`
      : `Actions must be of the form ${prefix === '' ? 'vendor:' : prefix}Action: ${shown(action)}`,
  );
}

function checkResource(resource: string, use: PolicyUse): void {
  if (resource === '*') return;
  if (use.kind !== 'bucket') {
    if (/^arn:[^:]*:[^:]*:[^:]*:[^:]*:./s.test(resource)) return;
    throw new Problem(`Resource ${shown(resource)} must be in ARN format or "*".`);
  }
  const wanted = `arn:aws:s3:::${use.bucket}`;
  const wildcard = resource.search(/[*?$]/);
  const literal = wildcard === -1 ? resource : resource.slice(0, wildcard);
  const within =
    resource === wanted ||
    resource.startsWith(`${wanted}/`) ||
    // A pattern that begins as the bucket's name does may reach it, and reaches nothing beyond it from here.
    (wildcard !== -1 && wanted.startsWith(literal)) ||
    (wildcard !== -1 && literal === wanted);
  if (!within) throw new Problem(`Policy has invalid resource: ${shown(resource)}`);
}

/** Operators of the policy language; `ForAllValues:` and `ForAnyValue:` may stand before, `IfExists` behind. */
const operators: ReadonlySet<string> = new Set(
  [
    'StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike',
    'NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals',
    'DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals',
    'Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike',
  ]
    .join(' ')
    .toLowerCase()
    .split(' '),
);

function checkCondition(condition: unknown): void {
  if (!isObject(condition)) throw new Problem('Condition must be an object');
  for (const [operator, keys] of Object.entries(condition)) {
    const bare = operator.toLowerCase().replace(/^for(?:all|any)values?:/, '');
    if (bare !== 'null' && !operators.has(bare.replace(/ifexists$/, ''))) {
      throw new Problem(`Invalid Condition type : ${shown(operator)}`);
    }
    if (!isObject(keys)) throw new Problem(`The condition ${shown(operator)} must be an object of keys`);
    for (const [key, values] of Object.entries(keys)) {
      const scalar = listOf(values).every((value) => ['string', 'number', 'boolean'].includes(typeof value));
      if (!scalar) throw new Problem(`The values of ${shown(key)} must be strings`);
    }
  }
}

function onlyFields(value: Fields, known: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Problem(`Unknown field ${shown(unknown)}`);
}

function textsOf(value: unknown, name: string): string[] {
  const texts = listOf(value);
  if (texts.length === 0) throw new Problem(`${name} must not be empty`);
  return texts.map((text) => {
    if (typeof text !== 'string' || text === '') throw new Problem(`${name} must be a string`);
    return text;
  });
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was written, short enough to be told. What is nested stays out: writing it out may go too deep for the stack. */
const shown = (value: unknown): string => {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  return String(value).slice(0, 120);
};
