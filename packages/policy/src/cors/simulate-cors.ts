import type { CorsRule } from './cors-rule.ts';

/** What a browser asks before it sends, or sends along. */
export interface CorsRequest {
  /** As the browser writes it: scheme, host and port unless it is the scheme's own; `null` for files and sandboxes. */
  readonly origin: string;
  readonly method: string;
  /** Names that the page sets, in any case; of a preflight: Access-Control-Request-Headers. */
  readonly headers?: readonly string[];
}

export interface CorsVerdict {
  /** The rule that is used, from 0; null when the browser is refused. */
  readonly ruleIndex: number | null;
  /** Why, in one sentence for a person. */
  readonly reason: string;
  /** Headers of the answer to a preflight; empty when refused. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What S3 answers to a browser under these rules. The first rule that allows origin, method and all headers is used;
 * origins are compared letter by letter, header names in any case, and a `*` stands for any text once in each.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html (how S3 evaluates CORS)
 *
 * @example simulateCors(rules, { origin: 'https://app.example.com', method: 'PUT', headers: ['content-type'] })
 */
export const simulateCors = (rules: readonly CorsRule[], request: CorsRequest): CorsVerdict => {
  const headers = (request.headers ?? [])
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const misses = rules.map((rule) => missOf(rule, request, headers));
  const ruleIndex = misses.indexOf(null);
  const rule = rules[ruleIndex];
  if (rule === undefined) return { ruleIndex: null, reason: refusal(misses, request), headers: {} };
  const origin = rule.AllowedOrigins.find((pattern) => matches(pattern, request.origin)) ?? '';
  return {
    ruleIndex,
    reason: `Rule ${ruleIndex + 1}${rule.ID === undefined ? '' : ` (${rule.ID})`} allows ${request.method} from ${request.origin}.`,
    headers: answerHeaders(rule, origin === '*' ? '*' : request.origin, headers),
  };
};

/** The part of a rule at which a request fails, best first: what fails last came closest. */
interface Miss {
  readonly closeness: number;
  readonly sentence: string;
}

const missOf = (rule: CorsRule, { origin, method }: CorsRequest, headers: readonly string[]): Miss | null => {
  if (!rule.AllowedOrigins.some((pattern) => matches(pattern, origin)))
    return { closeness: 0, sentence: originSentence(rule, origin) };
  if (!rule.AllowedMethods.includes(method))
    return { closeness: 1, sentence: `it allows ${rule.AllowedMethods.join(', ')} and not ${method}` };
  const allowed = (rule.AllowedHeaders ?? []).map((pattern) => pattern.toLowerCase());
  const missing = headers.filter((name) => !allowed.some((pattern) => matches(pattern, name)));
  return missing.length === 0
    ? null
    : { closeness: 2, sentence: `AllowedHeaders lacks ${missing.join(', ')}` };
};

const originSentence = ({ AllowedOrigins }: CorsRule, origin: string): string => {
  const near = AllowedOrigins.find(
    (pattern) => pattern.replace(/\/$/, '').toLowerCase() === origin.toLowerCase(),
  );
  return near === undefined
    ? `${origin} is none of its origins`
    : `${near} is not letter by letter the origin ${origin} that the browser sends`;
};

const refusal = (misses: readonly (Miss | null)[], { origin }: CorsRequest): string => {
  let best: { index: number; miss: Miss } | null = null;
  for (const [index, miss] of misses.entries())
    if (miss !== null && (best === null || miss.closeness > best.miss.closeness)) best = { index, miss };
  return best === null
    ? `There is no rule, so that no page of ${origin} may ask.`
    : `No rule allows it; rule ${best.index + 1} comes closest, but ${best.miss.sentence}.`;
};

const answerHeaders = (
  rule: CorsRule,
  origin: string,
  headers: readonly string[],
): Record<string, string> => ({
  'access-control-allow-origin': origin,
  'access-control-allow-methods': rule.AllowedMethods.join(', '),
  ...(headers.length > 0 && { 'access-control-allow-headers': headers.join(', ') }),
  ...((rule.ExposeHeaders ?? []).length > 0 && {
    'access-control-expose-headers': (rule.ExposeHeaders ?? []).join(', '),
  }),
  ...(rule.MaxAgeSeconds !== undefined && { 'access-control-max-age': String(rule.MaxAgeSeconds) }),
  // A fixed origin is answered with credentials, `*` cannot be (Fetch: CORS protocol and credentials).
  ...(origin !== '*' && { 'access-control-allow-credentials': 'true' }),
  vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
});

/** S3 allows one `*` in a pattern; of more, the first counts and the others are plain. No RegExp is made of the text. */
const matches = (pattern: string, text: string): boolean => {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === text;
  const before = pattern.slice(0, star);
  const after = pattern.slice(star + 1);
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
};
