import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

const position = z.object({ createdAt: z.string(), id: z.string() });

const outcome = (cursor: string): string => {
  try {
    decodeCursor(position, cursor);
    return 'read';
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${error.status}` : String(error);
  }
};

describe('cursors', () => {
  test('come back as they went out, and need no escaping in a URL', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ maxLength: 40 }),
        (createdAt, id) => {
          const cursor = encodeCursor({ createdAt, id });
          expect(encodeURIComponent(cursor)).toBe(cursor);
          expect(decodeCursor(position, cursor)).toEqual({ createdAt, id });
        },
      ),
    );
  });

  test('that were made up end in a 400, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (cursor) => {
          expect(outcome(cursor)).toBeOneOf(['read', 'invalidRequest 400']);
        },
      ),
    );
  });

  test('of another list are refused', () => {
    const other = encodeCursor({ name: 'x' });
    expect(() => decodeCursor(position, other)).toThrow(AppError);
    expect(() => decodeCursor(position, '')).toThrow(AppError);
    expect(() => decodeCursor(position, 'A'.repeat(100_000))).toThrow(AppError);
  });
});
