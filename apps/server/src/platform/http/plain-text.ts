import { AppError } from '../../kernel/app-error.ts';

const deepest = 32;

/**
 * Refuses text that PostgreSQL cannot keep: NUL (no text type takes it) and halves of surrogate pairs (jsonb refuses
 * them), as well as nesting that no schema has. Checked once for all routes, so that none of them ends in a 500.
 */
export const refuseUnstorableText = (input: unknown): void => {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: input, path: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string') {
      checkText(value, path);
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= deepest) {
        throw new AppError('invalidRequest', `The body is nested deeper than ${deepest} levels.`);
      }
      for (const [key, inner] of Object.entries(value)) {
        checkText(key, path);
        open.push({ value: inner, path: path === '' ? key : `${path}.${key}`, depth: depth + 1 });
      }
    }
  }
};

const checkText = (text: string, path: string): void => {
  if (!text.includes('\0') && text.isWellFormed()) return;
  throw new AppError('invalidRequest', 'Text may not hold NUL or halves of surrogate pairs.', {
    errors: [{ path, message: 'holds a character that is not allowed' }],
  });
};
