import type { Jobs } from '../../platform/jobs/index.ts';
import type { DropsDeps } from './deps.ts';
import { createDrops, type Drops } from './drops.ts';
import { noMails } from './mails/no-mails.ts';
import { statusLinks } from './page-keys.ts';
import { createExpireDrafts } from './pages/expire-drafts.ts';
import { createOrderPages, type OrderPages } from './pages/pages.ts';
import { draftQueue, manifestQueue } from './pages/queues.ts';
import { createWriteManifest } from './pages/write-manifest.ts';
import { lastLook } from './retention/last-look.ts';
import { rewrapDropSecrets } from './rewrap.ts';

/** Order pages: what teams make of them, what customers see of them, and what becomes of orders. */
export interface DropsService extends Drops {
  /** For customers. */
  pages: OrderPages;
  /** In a worker: writes manifests, throws away drafts that were not sent. */
  startWork(jobs: Pick<Jobs, 'work' | 'schedule'>): Promise<void>;
  /** Throws away drafts whose time is over; happens every ten minutes by itself. @returns how many */
  expireDrafts(signal: AbortSignal): Promise<number>;
  /** For rotation of the keyring; of how many pages secrets were wrapped anew. */
  rewrapSecrets(): Promise<number>;
}

/** Every queue of the feature. */
export const dropQueues = [manifestQueue, draftQueue] as const;

const everyTenMinutes = '*/10 * * * *';

export const createDropsService = (deps: DropsDeps): DropsService => {
  const parts = { ...deps, statusLink: statusLinks(deps), mails: noMails, retention: lastLook };
  const writeManifest = createWriteManifest(deps);
  const expireDrafts = createExpireDrafts(deps);
  return {
    ...createDrops(parts),
    pages: createOrderPages(parts),
    expireDrafts,
    startWork: async (jobs) => {
      await jobs.work(manifestQueue, (job, { signal }) => writeManifest(job, signal));
      await jobs.work(draftQueue, async (_job, { signal }) => {
        const count = await expireDrafts(signal);
        if (count > 0) deps.log.info({ count }, 'drafts of orders were thrown away');
      });
      await jobs.schedule(draftQueue, everyTenMinutes, {});
    },
    rewrapSecrets: () => rewrapDropSecrets(deps),
  };
};
