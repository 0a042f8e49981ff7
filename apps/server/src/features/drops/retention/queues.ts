import { connectionId, orderId, teamId, transferId } from '@windlass/contract';
import { z } from 'zod';
import type { Queue } from '../../../platform/jobs/index.ts';

/** Deletes objects of an order whose record is gone already. Tries for about a day: a bucket may be away for a night. */
export const removeObjectsQueue = {
  name: 'order-objects',
  payload: z.object({
    teamId,
    connectionId,
    /** Of the order that is gone, for the log. */
    orderId,
    files: z.array(z.object({ transferId, key: z.string() })),
  }),
  retryLimit: 12,
  retryDelaySeconds: 20,
  expireInSeconds: 300,
} as const satisfies Queue;
export type RemoveObjectsJob = z.output<(typeof removeObjectsQueue)['payload']>;

/** Deletes the files of orders whose days are over, and tells customers a week before. */
export const retentionQueue = {
  name: 'order-retention',
  payload: z.object({}),
  retryLimit: 2,
  retryDelaySeconds: 120,
  expireInSeconds: 1800,
} as const satisfies Queue;
