import type { DropRetention } from '../ports.ts';

/** What was found the last time that somebody looked, without looking. */
export const lastLook: DropRetention = {
  retentionOf: ({ retentionDays, retentionCheck }) =>
    retentionDays === null
      ? { state: 'none', detail: 'Files stay in the bucket.', lifecycleRule: null, checkedAt: null }
      : (retentionCheck ?? {
          state: 'unknown',
          detail: 'Nobody has looked yet whether files can be deleted.',
          lifecycleRule: null,
          checkedAt: null,
        }),
  check: async () => {},
};
