import { z } from 'zod';

/** Query of every list: keyset paging with an opaque cursor. */
export const listQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: 'Most items in one answer' }),
  cursor: z.string().max(500).optional().meta({ description: 'nextCursor of the answer before' }),
});
export type ListQuery = z.infer<typeof listQuery>;

/** `{ items, nextCursor }`; nextCursor is null on the last page. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** RFC 3339, UTC. */
export const timestamp = z.iso.datetime().meta({ example: '2026-11-23T09:00:00.000Z' });
