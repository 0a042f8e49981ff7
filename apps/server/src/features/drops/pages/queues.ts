import { orderId, teamId } from '@windlass/contract';
import { z } from 'zod';
import type { Queue } from '../../../platform/jobs/index.ts';

/** Writes manifest.json beside the files of an order. Tries for about a day: a bucket may be away for a night. */
export const manifestQueue = {
  name: 'order-manifest',
  payload: z.object({ teamId, orderId }),
  retryLimit: 12,
  retryDelaySeconds: 20,
  expireInSeconds: 60,
} as const satisfies Queue;
export type ManifestJob = z.output<(typeof manifestQueue)['payload']>;

/** Throws away the drafts that were not sent in time. */
export const draftQueue = {
  name: 'order-drafts',
  payload: z.object({}),
  retryLimit: 2,
  retryDelaySeconds: 60,
  expireInSeconds: 300,
} as const satisfies Queue;
