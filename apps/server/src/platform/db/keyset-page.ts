import type { ListQuery } from '@windlass/contract';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor.ts';

/**
 * The id that the page before ended with; null on the first page.
 *
 * @throws AppError invalidRequest
 */
export const cursorId = <Id>(query: ListQuery, id: z.ZodType<Id>): Id | null =>
  query.cursor === undefined ? null : decodeCursor(z.object({ id }), query.cursor).id;

/** Cuts off the one row too many that tells whether there is a next page, and presents the others. */
export const toPage = <Row, Item>(
  rows: Row[],
  limit: number,
  idOf: (row: Row) => string,
  present: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(present),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor({ id: idOf(last) }) : null,
  };
};
