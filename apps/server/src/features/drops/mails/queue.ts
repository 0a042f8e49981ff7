import { orderId, teamId } from '@windlass/contract';
import { z } from 'zod';
import type { Queue } from '../../../platform/jobs/index.ts';

/**
 * One try of one mail. The next try is a job of its own (mail-attempts.ts). The queue's own retries are for a worker that
 * dies, or a database that is away: a mail server that fails is no failure of the job.
 */
export const orderMailQueue = {
  name: 'order-mail',
  /** `mailId` as PostgreSQL writes a bigint; `attempt` counts from 0: a job that comes twice finds that its try was made. */
  payload: z.object({ teamId, orderId, mailId: z.string().regex(/^\d+$/), attempt: z.int() }),
  retryLimit: 8,
  retryDelaySeconds: 15,
  expireInSeconds: 90,
} as const satisfies Queue;
export type OrderMailJob = z.output<(typeof orderMailQueue)['payload']>;
