import { connectionId, orderId, receipt, teamId, timestamp, transferId } from '@windlass/contract';
import { z } from 'zod';
import type { Queue } from '../../../platform/jobs/index.ts';

/** Deletes objects that no order needs: of a record that is gone, or of what a customer sent without. Tries for about a day: a bucket may be away for a night. */
export const removeObjectsQueue = {
  name: 'order-objects',
  payload: z.object({
    teamId,
    connectionId,
    orderId,
    /** As their receipts have them, by which they are proven before they are deleted. */
    files: z.array(
      z.object({
        transferId,
        key: z.string(),
        size: z.int(),
        etag: z.string().nullable(),
        proof: receipt.shape.proof,
        ticketAt: timestamp,
      }),
    ),
    manifest: z.object({ key: z.string(), isProven: z.boolean() }).nullable(),
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
