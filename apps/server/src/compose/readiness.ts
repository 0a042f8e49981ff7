import type { BucketServer } from '@windlass/bucket';
import { migrationState, pingDatabase } from '../platform/db/index.ts';
import type { ReadinessCheck } from '../platform/http/index.ts';
import type { Foundation } from './foundation.ts';

/** What must work before this process may get requests. */
export const readinessChecks = ({ db }: Foundation, bucket: BucketServer | null): ReadinessCheck[] => [
  {
    name: 'database',
    failure: 'does not answer',
    run: async (signal) => void (await pingDatabase(db, signal)),
  },
  {
    name: 'migrations',
    failure: 'the database has not the schema of this release',
    run: async () => {
      const { pending } = await migrationState(db);
      if (pending.length > 0) throw new Error(`Pending: ${pending.join(', ')}`);
    },
  },
  ...(bucket === null
    ? []
    : [
        {
          name: 'bucket',
          failure: 'the embedded bucket does not answer',
          // Any answer will do: it refuses strangers.
          run: async (signal: AbortSignal) => {
            const answer = await fetch(bucket.url, { method: 'HEAD', redirect: 'error', signal });
            await answer.body?.cancel();
          },
        },
      ]),
];
