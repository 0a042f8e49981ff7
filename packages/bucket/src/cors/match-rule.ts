import type { CorsRule } from './cors-configuration.ts';

export interface CorsQuestion {
  origin: string;
  method: string;
  /** Lower case; only a preflight asks for some. */
  requestHeaders: readonly string[];
}

/** The first rule that allows origin, method and every header (AWS: Using cross-origin resource sharing). */
export function matchCorsRule(rules: readonly CorsRule[], question: CorsQuestion): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.allowedMethods.some((method) => method === question.method) &&
      rule.allowedOrigins.some((pattern) => matches(pattern, question.origin)) &&
      question.requestHeaders.every((name) =>
        rule.allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), name)),
      ),
  );
}

/** A pattern has one `*` at most, so no regular expression is made of what a person wrote. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === text;
  const before = pattern.slice(0, star);
  const after = pattern.slice(star + 1);
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}
