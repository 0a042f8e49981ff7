export * from './compare-policies.ts';
export * from './compare-row.ts';
export * from './compare-with-job.ts';
