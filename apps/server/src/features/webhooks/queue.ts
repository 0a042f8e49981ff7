import { deliveryId, teamId, webhookId } from '@windlass/contract';
import { z } from 'zod';
import type { Queue } from '../../platform/jobs/index.ts';

/**
 * One try of one delivery. The next try is a job of its own, at the time that the log shows. The queue's own retries are
 * for a worker that dies, or a database that is away: a receiver that fails is no failure of the job.
 */
export const webhookQueue = {
  name: 'webhook-delivery',
  /** `attempt` counts from 0: a job that comes twice finds that its try was made. */
  payload: z.object({ teamId, webhookId, deliveryId, attempt: z.int() }),
  retryLimit: 8,
  retryDelaySeconds: 15,
  expireInSeconds: 60,
} as const satisfies Queue;
export type WebhookJob = z.output<(typeof webhookQueue)['payload']>;
