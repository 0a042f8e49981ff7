import { z } from 'zod';
import type { Queue } from '../../platform/jobs/index.ts';

/** Ends uploads whose time is over, and has buckets forget what is left over. */
export const janitorQueue = {
  name: 'upload-janitor',
  payload: z.object({}),
  retryLimit: 2,
  retryDelaySeconds: 60,
  expireInSeconds: 540,
} as const satisfies Queue;

/** Looks up objects that were reported and not seen yet. */
export const reconcileQueue = {
  name: 'upload-reconcile',
  payload: z.object({}),
  retryLimit: 2,
  retryDelaySeconds: 60,
  expireInSeconds: 540,
} as const satisfies Queue;
