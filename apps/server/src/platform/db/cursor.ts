import type { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';

/** Longer ones were not made here; also what keeps decoding cheap. */
const maxCursorLength = 2048;

/**
 * Packs the sort key of a page's last row into an opaque text that is safe in a URL.
 *
 * @example const nextCursor = encodeCursor({ createdAt: last.createdAt.toISOString(), id: last.id });
 */
export const encodeCursor = (position: unknown): string =>
  Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');

/**
 * Unpacks a cursor that a caller sent back; `schema` says what it must hold.
 *
 * @throws AppError invalidRequest for anything that `encodeCursor` did not make for this schema
 */
export const decodeCursor = <Schema extends z.ZodType>(schema: Schema, cursor: string): z.output<Schema> => {
  const parsed = schema.safeParse(parseJson(cursor));
  if (!parsed.success) throw badCursor(parsed.error);
  return parsed.data;
};

const parseJson = (cursor: string): unknown => {
  if (cursor.length > maxCursorLength || !/^[\w-]+$/.test(cursor)) throw badCursor();
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    throw badCursor(error);
  }
};

const badCursor = (cause?: unknown): AppError =>
  new AppError('invalidRequest', 'The cursor is not one that this list gave out.', {
    cause,
    errors: [{ path: 'cursor', message: 'Start again without a cursor.' }],
  });
