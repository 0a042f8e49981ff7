export { createJobs } from './create-jobs.ts';
export type { JobHandler, Jobs, Queue } from './jobs.ts';
