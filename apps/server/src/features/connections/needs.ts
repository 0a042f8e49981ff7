import type { CheckRowId, Job } from '@windlass/contract';

/** The rows of the check that try a right on the bucket. The others must be ok for every job. */
export const rightRows = ['list', 'put', 'get', 'delete'] as const satisfies readonly CheckRowId[];
export type RightRow = (typeof rightRows)[number];

/** What each job needs of the bucket. Delivery lists so that a missing picture is 404 and not 403, and for choosing one. */
const needs: Record<Job, readonly RightRow[]> = {
  deliver: ['list', 'get'],
  ingest: ['put'],
  process: ['list', 'get', 'put'],
  gallery: ['list', 'get', 'put', 'delete'],
};

/** @example neededRows(['ingest']) // Set { 'put' } */
export const neededRows = (jobs: readonly Job[]): ReadonlySet<CheckRowId> =>
  new Set(jobs.flatMap((job) => needs[job]));
