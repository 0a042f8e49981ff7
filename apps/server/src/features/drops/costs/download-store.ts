import type { DropId, ProviderId, TeamId } from '@windlass/contract';
import { sql } from 'kysely';
import type { Database } from '../../../platform/db/index.ts';
import { dayOf } from '../drop-store.ts';

/** Adds to what was handed out of a page's orders today (UTC). Index: order_downloads_pkey. */
export const countDownload = async (
  db: Database,
  from: { teamId: TeamId; dropId: DropId; provider: ProviderId },
  { files, bytes }: { files: number; bytes: number },
  now: Date,
): Promise<void> => {
  await db
    .insertInto('orderDownloads')
    .values({ ...from, day: dayOf(now), files, bytes })
    .onConflict((conflict) =>
      conflict.columns(['teamId', 'dropId', 'provider', 'day']).doUpdateSet({
        files: sql<number>`order_downloads.files + ${files}`,
        bytes: sql<number>`order_downloads.bytes + ${bytes}`,
      }),
    )
    .execute();
};
