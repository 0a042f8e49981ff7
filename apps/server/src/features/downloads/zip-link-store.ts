import type { ConnectionId, TeamId } from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';
import type { ZipEntry } from './zip-entry.ts';

/** What a link leads to. */
export interface ZipLink {
  teamId: TeamId;
  connectionId: ConnectionId;
  /** Of the zip, as whoever saves it sees it. */
  name: string;
  entries: ZipEntry[];
}

export const insertZipLink = async (
  db: Database,
  link: ZipLink & { tokenHash: string; createdAt: Date; expiresAt: Date },
): Promise<void> => {
  await db
    .insertInto('zipLinks')
    .values({ ...link, entries: JSON.stringify(link.entries) })
    .execute();
};

/** Null for one that nobody made, or that is over. The hash is the proof, and the row's team the only one that is asked for. */
export const findZipLink = async (db: Database, tokenHash: string, now: Date): Promise<ZipLink | null> => {
  const row = await db
    .selectFrom('zipLinks')
    .select(['teamId', 'connectionId', 'name', 'entries'])
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
  return row ?? null;
};
