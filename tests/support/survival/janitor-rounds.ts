import {
  createTransfersService,
  type TransfersService,
} from '../../../apps/server/src/features/transfers/index.ts';
import { createTeamAccess } from '../../../apps/server/src/features/teams/index.ts';
import { silentLog } from '../../../apps/server/src/kernel/log.ts';
import type { Database } from '../../../apps/server/src/platform/db/index.ts';
import type { Bucket } from '../../../apps/server/src/platform/s3/index.ts';

const minutes = 60_000;
const days = 24 * 60 * minutes;

/** The transfers of a database as they will be at another time, before one bucket; nobody hears of what is received. */
export const transfersLater = (
  db: Database,
  bucket: Bucket,
  { milliseconds }: { milliseconds: number },
): TransfersService =>
  createTransfersService({
    db,
    clock: { now: () => new Date(Date.now() + milliseconds) },
    log: silentLog,
    access: createTeamAccess({ db }),
    openBucket: async () => bucket,
    jobs: { enqueue: async () => null },
    onReceived: {},
    countReceived: () => {},
  });

/**
 * The rounds that the janitor goes in the eight days after now, by when every grant of a test has run out: one that ends
 * uploads, and one that looks for those whose id the bucket has never got across.
 *
 * @returns uploads that it ended
 */
export const goJanitorRounds = async (db: Database, bucket: Bucket): Promise<number> => {
  const signal = AbortSignal.timeout(60_000);
  const { expired } = await transfersLater(db, bucket, { milliseconds: 8 * days }).sweep(signal);
  await transfersLater(db, bucket, { milliseconds: 8 * days + 11 * minutes }).sweep(signal);
  return expired;
};
