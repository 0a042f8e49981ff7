import { z } from 'zod';

const schema = z.object({
  id: z.string(),
  token: z.string(),
  prefix: z.string(),
  onConflict: z.enum(['refuse', 'rename']),
  expiresAt: z.string(),
});
/** A grant that this tab uploads with. */
export type TabGrant = z.infer<typeof schema>;

/** An upload that begins now has time to end. */
const leastLeftMilliseconds = 60 * 60_000;
const keyOf = (teamId: string, connectionId: string): string => `windlass-upload ${teamId} ${connectionId}`;

/**
 * The grant that this tab has for a prefix, so that files chosen again after a reload go on where they were. It is kept for
 * this tab alone (sessionStorage) and is of no use beyond its prefix and its day.
 */
export const rememberedGrant = (
  teamId: string,
  connectionId: string,
  wanted: Pick<TabGrant, 'prefix' | 'onConflict'>,
  now: number,
): TabGrant | null => {
  try {
    const parsed = schema.safeParse(
      JSON.parse(sessionStorage.getItem(keyOf(teamId, connectionId)) ?? 'null'),
    );
    if (!parsed.success) return null;
    const { prefix, onConflict, expiresAt } = parsed.data;
    const fits = prefix === wanted.prefix && onConflict === wanted.onConflict;
    return fits && Date.parse(expiresAt) - now > leastLeftMilliseconds ? parsed.data : null;
  } catch {
    // Storage may be closed, or hold what is no JSON: a new grant is made.
    return null;
  }
};

export const rememberGrant = (teamId: string, connectionId: string, grant: TabGrant): void => {
  try {
    sessionStorage.setItem(keyOf(teamId, connectionId), JSON.stringify(grant));
  } catch {
    // Storage may be closed: after a reload files then start again.
  }
};

export const forgetGrant = (teamId: string, connectionId: string): void => {
  try {
    sessionStorage.removeItem(keyOf(teamId, connectionId));
  } catch {
    // Storage may be closed; there is nothing to forget.
  }
};
