import { z } from 'zod';
import { deleteExpired } from '../platform/db/index.ts';
import type { Jobs, Queue } from '../platform/jobs/index.ts';
import type { Features } from './features.ts';
import type { Foundation } from './foundation.ts';

/** Deletes what has run out: sessions, links, stored answers, counters, old signing keys. */
export const housekeepingQueue = {
  name: 'housekeeping',
  payload: z.object({}),
  retryLimit: 2,
  retryDelaySeconds: 60,
  expireInSeconds: 300,
} as const satisfies Queue;

const everyTenMinutes = '*/10 * * * *';

export const startHousekeeping = async (
  jobs: Jobs,
  { db, clock, log }: Foundation,
  { sources }: Pick<Features, 'sources'>,
): Promise<void> => {
  await jobs.work(housekeepingQueue, async () => {
    const deleted = {
      ...(await deleteExpired(db, clock.now())),
      signingKeys: await sources.forgetEndedKeys(),
    };
    log.info({ deleted }, 'deleted what had run out');
  });
  await jobs.schedule(housekeepingQueue, everyTenMinutes, {});
};
