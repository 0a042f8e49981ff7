import type { CorsRule } from '@windlass/policy/generate';
import { z } from 'zod';

const names = z.array(z.string());
const rule = z.object({
  ID: z.string().optional(),
  AllowedOrigins: names,
  AllowedMethods: names,
  AllowedHeaders: names.optional(),
  ExposeHeaders: names.optional(),
  MaxAgeSeconds: z.number().optional(),
});
/** The list of the S3 console, or the object of the API and the AWS CLI. */
const rules = z.union([
  z.array(rule),
  z.object({ CORSRules: z.array(rule) }).transform((all) => all.CORSRules),
]);

/** The rules in a text; null where it holds none that S3 would take. */
export const readCorsRules = (text: string): CorsRule[] | null => {
  try {
    const parsed = rules.safeParse(JSON.parse(text));
    // What is left away is absent in both types; zod's says so with `undefined`.
    return parsed.success ? (parsed.data as CorsRule[]) : null;
  } catch {
    // Broken JSON is a finding with its own place.
    return null;
  }
};
