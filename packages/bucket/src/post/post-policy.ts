import { S3Error } from '../s3-error.ts';

/** One rule of a POST policy about a field; names in lower case without `$`. */
export type PolicyCondition =
  | { kind: 'eq' | 'starts-with'; field: string; value: string }
  | { kind: 'content-length-range'; minimum: number; maximum: number };

export interface PostPolicy {
  expiration: Date;
  conditions: readonly PolicyCondition[];
}

const refused = (why: string): S3Error => new S3Error('AccessDenied', `Invalid according to Policy: ${why}`);

const invalid = (why: string): S3Error => new S3Error('InvalidPolicyDocument', `Invalid Policy: ${why}`);

/** Reads the base64 policy of a form (AWS: Creating an HTML form, "Creating a POST policy"). Throws InvalidPolicyDocument. */
export function parsePostPolicy(base64: string): PostPolicy {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw invalid('it is not base64.');
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64')));
  } catch (cause) {
    throw new S3Error('InvalidPolicyDocument', 'Invalid Policy: Invalid JSON.', {}, cause);
  }
  if (typeof document !== 'object' || document === null) throw invalid('Invalid JSON.');
  const expiration = 'expiration' in document ? document.expiration : undefined;
  if (typeof expiration !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(expiration)) {
    throw invalid("Invalid 'expiration' value.");
  }
  const time = new Date(expiration);
  if (Number.isNaN(time.getTime())) throw invalid("Invalid 'expiration' value.");
  const conditions = 'conditions' in document ? document.conditions : undefined;
  if (!Array.isArray(conditions)) throw invalid("Invalid 'conditions' value.");
  return { expiration: time, conditions: (conditions as unknown[]).flatMap(readCondition) };
}

function readCondition(condition: unknown): PolicyCondition[] {
  if (Array.isArray(condition)) return [readList(condition)];
  if (typeof condition !== 'object' || condition === null)
    throw invalid('a condition is neither a list nor an object.');
  return Object.entries(condition).map(([field, value]: [string, unknown]) => {
    if (typeof value !== 'string') throw invalid('the value of a simple condition must be a string.');
    return { kind: 'eq' as const, field: field.toLowerCase(), value };
  });
}

function readList(condition: readonly unknown[]): PolicyCondition {
  const [operator, first, second] = condition;
  if (condition.length !== 3 || typeof operator !== 'string')
    throw invalid('a condition list must have three elements.');
  const kind = operator.toLowerCase();
  if (kind === 'content-length-range') {
    const minimum = toSize(first);
    const maximum = toSize(second);
    if (minimum === undefined || maximum === undefined)
      throw invalid('content-length-range needs two sizes.');
    return { kind, minimum, maximum };
  }
  if (kind !== 'eq' && kind !== 'starts-with') throw invalid('unknown condition operator.');
  if (typeof first !== 'string' || !first.startsWith('$') || typeof second !== 'string') {
    throw invalid(`${kind} needs "$field" and a string.`);
  }
  return { kind, field: first.slice(1).toLowerCase(), value: second };
}

function toSize(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** Fields that a policy need not name: the signature cannot cover itself, the file is not a field. */
const uncovered = new Set(['x-amz-signature', 'policy', 'file', 'bucket']);

/**
 * Holds a form against its policy: not expired, every condition met, every field named by one. Throws AccessDenied.
 * `fields` are by lower-case name and hold `bucket` too.
 */
export function checkPostPolicy(policy: PostPolicy, fields: ReadonlyMap<string, string>, now: Date): void {
  if (now >= policy.expiration) throw refused('Policy expired.');
  const covered = new Set<string>();
  for (const condition of policy.conditions) {
    if (condition.kind === 'content-length-range') continue;
    covered.add(condition.field);
    if (!holds(condition, fields.get(condition.field) ?? '')) {
      throw refused(
        `Policy Condition failed: ${JSON.stringify([condition.kind, `$${condition.field}`, condition.value])}`,
      );
    }
  }
  const extra = [...fields.keys()].filter(
    (name) => !covered.has(name) && !uncovered.has(name) && !name.startsWith('x-ignore-'),
  );
  if (extra.length > 0) throw refused(`Extra input fields: ${extra.join(', ')}`);
}

/** A Content-Type may be a list, of which every member must begin so (AWS: POST policy, "Condition matching"). */
function holds(
  condition: Exclude<PolicyCondition, { kind: 'content-length-range' }>,
  value: string,
): boolean {
  if (condition.kind === 'eq') return value === condition.value;
  const values = condition.field === 'content-type' ? value.split(',').map((each) => each.trim()) : [value];
  return values.every((each) => each.startsWith(condition.value));
}

/** The narrowest range of sizes that the policy allows. */
export function sizeRange(policy: PostPolicy | undefined): { minimum: number; maximum: number } {
  const range = { minimum: 0, maximum: Number.POSITIVE_INFINITY };
  for (const condition of policy?.conditions ?? []) {
    if (condition.kind !== 'content-length-range') continue;
    range.minimum = Math.max(range.minimum, condition.minimum);
    range.maximum = Math.min(range.maximum, condition.maximum);
  }
  return range;
}
