import type { z } from 'zod';
import { sentence } from './format.ts';

const valueAt = (values: unknown, path: readonly PropertyKey[]): unknown => {
  let value = values;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
};

/**
 * Validates form values with a schema of the contract. Answers with the first message per field, keyed
 * by dotted path; an empty field simply says that it is needed.
 */
export const validateWith =
  (schema: z.ZodType) =>
  (values: unknown): Record<string, string> => {
    const parsed = schema.safeParse(values);
    if (parsed.success) return {};
    const errors: Record<string, string> = {};
    for (const issue of parsed.error.issues) {
      const path = issue.path.join('.');
      if (path in errors) continue;
      const value = valueAt(values, issue.path);
      const missing = value === '' || value === undefined || (Array.isArray(value) && value.length === 0);
      errors[path] = missing ? 'This is needed.' : sentence(issue.message);
    }
    return errors;
  };
