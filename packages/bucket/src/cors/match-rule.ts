import { simulateCors } from '@windlass/policy/generate';
import type { CorsRule } from './cors-configuration.ts';

export interface CorsQuestion {
  origin: string;
  method: string;
  /** Lower case; only a preflight asks for some. */
  requestHeaders: readonly string[];
}

/**
 * The first rule that allows origin, method and every header, as `packages/policy` reads the rules of S3: so that the
 * bucket does what the studio and the check say.
 */
export function matchCorsRule(
  rules: readonly CorsRule[],
  { requestHeaders, ...question }: CorsQuestion,
): CorsRule | undefined {
  const { ruleIndex } = simulateCors(
    rules.map(({ allowedOrigins, allowedMethods, allowedHeaders }) => ({
      AllowedOrigins: allowedOrigins,
      AllowedMethods: allowedMethods,
      AllowedHeaders: allowedHeaders,
    })),
    { ...question, headers: requestHeaders },
  );
  return ruleIndex === null ? undefined : rules[ruleIndex];
}
