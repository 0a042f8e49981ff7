/** What a policy says about where it is used. */
export interface NamedInPolicy {
  /** The buckets of its resources, without patterns and placeholders. */
  buckets: readonly string[];
  /** ARNs of its AWS principals, those of Allow statements first. */
  principals: readonly string[];
}

const nothing: NamedInPolicy = { buckets: [], principals: [] };
const bucketArn = /^arn:[\w-]+:s3:::([a-z0-9][\w.-]*)(?:\/|$)/i;
const principalArn = /^arn:[\w-]+:(?:iam|sts)::\d{12}:[^*?]+$/;

/**
 * Reads the names out of the text of a policy; nothing out of a text that is no policy.
 *
 * @example namedInPolicy('{"Statement": {"Resource": "arn:aws:s3:::media/*"}}').buckets // ['media']
 */
export const namedInPolicy = (text: string): NamedInPolicy => {
  const policy = parse(text);
  if (!isRecord(policy)) return nothing;
  const statements = listOf(policy['Statement']).filter(isRecord);
  const buckets = statements
    .flatMap(({ Resource, NotResource }) => [...textsOf(Resource), ...textsOf(NotResource)])
    .flatMap((arn) => bucketArn.exec(arn)?.[1] ?? []);
  const principals = [
    ...statements.filter(({ Effect }) => Effect === 'Allow'),
    ...statements.filter(({ Effect }) => Effect !== 'Allow'),
  ]
    .flatMap(({ Principal }) => (isRecord(Principal) ? textsOf(Principal['AWS']) : []))
    .filter((arn) => principalArn.test(arn));
  return { buckets: [...new Set(buckets)], principals: [...new Set(principals)] };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // While somebody types, most texts are not JSON yet.
    return null;
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const textsOf = (value: unknown): string[] =>
  listOf(value).filter((item): item is string => typeof item === 'string');
