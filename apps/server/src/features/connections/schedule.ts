import { connectionId, teamId, type ErrorCode } from '@windlass/contract';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Jobs, Queue } from '../../platform/jobs/index.ts';
import { claimDue } from './check-store.ts';
import type { Checks } from './checks.ts';

/** Looks for connections whose check is due. */
export const dueChecksQueue = {
  name: 'connection-checks-due',
  payload: z.object({}),
  retryLimit: 2,
  retryDelaySeconds: 30,
  expireInSeconds: 120,
} as const satisfies Queue;

/** One scheduled check. A failure of the bucket is its finding, so that only a failure of ours is tried again. */
export const scheduledCheckQueue = {
  name: 'connection-check',
  payload: z.object({ teamId, connectionId }),
  retryLimit: 2,
  retryDelaySeconds: 60,
  expireInSeconds: 60,
} as const satisfies Queue;

const everyFiveMinutes = '*/5 * * * *';
const batchSize = 100;
/** Deleted, or changed while the check ran: there is nothing to do, and nobody to tell. */
const settled: ReadonlySet<ErrorCode> = new Set(['notFound', 'conflict']);

/**
 * Claims what is due and enqueues a check for each, in one transaction: two workers never take the same, and a worker
 * that dies leaves all of it or nothing. @returns how many
 */
export const enqueueDueChecks = async (deps: {
  db: Database;
  clock: Clock;
  jobs: Pick<Jobs, 'enqueue'>;
}): Promise<number> => {
  let count = 0;
  for (;;) {
    const claimed = await deps.db.transaction().execute(async (trx) => {
      const due = await claimDue(trx, deps.clock.now(), batchSize);
      for (const { id, teamId: team } of due)
        await deps.jobs.enqueue(trx, scheduledCheckQueue, { teamId: team, connectionId: id });
      return due.length;
    });
    count += claimed;
    if (claimed < batchSize) return count;
  }
};

/** In a worker: checks every connection at its interval. */
export const startScheduledChecks = async (
  jobs: Jobs,
  deps: { db: Database; clock: Clock; checks: Pick<Checks, 'run'> },
): Promise<void> => {
  await jobs.work(dueChecksQueue, async () => {
    await enqueueDueChecks({ ...deps, jobs });
  });
  await jobs.work(scheduledCheckQueue, async ({ teamId: team, connectionId: id }) => {
    try {
      await deps.checks.run(team, id, 'schedule');
    } catch (error) {
      if (!(error instanceof AppError) || !settled.has(error.code)) throw error;
    }
  });
  await jobs.schedule(dueChecksQueue, everyFiveMinutes, {});
};
