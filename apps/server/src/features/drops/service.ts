import type { Jobs } from '../../platform/jobs/index.ts';
import type { DropsDeps } from './deps.ts';
import { createDrops, type Drops } from './drops.ts';
import { createOrderCosts, type OrderCosts } from './costs/order-costs.ts';
import { createOrderDesk, type OrderDesk } from './desk/order-desk.ts';
import { createStateLabels, type StateLabels } from './desk/state-labels.ts';
import { createOrderMails } from './mails/order-mails.ts';
import { orderMailQueue } from './mails/queue.ts';
import { createSendOrderMail } from './mails/send-order-mail.ts';
import { statusLinks } from './page-keys.ts';
import { createExpireDrafts } from './pages/expire-drafts.ts';
import { createOrderPages, type OrderPages } from './pages/pages.ts';
import { draftQueue, manifestQueue } from './pages/queues.ts';
import { createWriteManifest } from './pages/write-manifest.ts';
import { createOrderPictures, type OrderPictures } from './pictures/order-pictures.ts';
import { createCarryOutRetention, type CarryOutRetention } from './retention/carry-out-retention.ts';
import { createDropRetention } from './retention/check-retention.ts';
import { createLookAgain } from './retention/look-again.ts';
import { forgetLedger } from './retention/ledger-store.ts';
import { removeObjectsQueue, retentionQueue } from './retention/queues.ts';
import { createRemoveObjects } from './retention/remove-objects.ts';
import { rewrapDropSecrets } from './rewrap.ts';

/** Order pages: what teams make of them, what customers see of them, and what becomes of orders. */
export interface DropsService extends Drops {
  /** For customers. */
  pages: OrderPages;
  /** For the people of a lab. */
  desk: OrderDesk;
  stateLabels: StateLabels;
  costs: OrderCosts;
  /** For the image server, which makes small pictures of orders' files. */
  pictures: Pick<OrderPictures, 'resolveSource'>;
  /** Every hour by itself. */
  retention: CarryOutRetention & {
    /** Looks anew at pages that nobody has looked at for a day. @returns how many */
    lookAgain(signal: AbortSignal): Promise<number>;
  };
  /** In a worker: writes manifests, sends mails, throws away drafts that were not sent, ends and forgets what is kept for long enough. */
  startWork(jobs: Pick<Jobs, 'work' | 'schedule'>): Promise<void>;
  /** Throws away drafts whose time is over; happens every ten minutes by itself. @returns how many */
  expireDrafts(signal: AbortSignal): Promise<number>;
  /** For rotation of the keyring; of how many pages secrets were wrapped anew. */
  rewrapSecrets(): Promise<number>;
}

/** Every queue of the feature. */
export const dropQueues = [
  manifestQueue,
  draftQueue,
  orderMailQueue,
  removeObjectsQueue,
  retentionQueue,
] as const;

const everyTenMinutes = '*/10 * * * *';
const everyHour = '23 * * * *';

export const createDropsService = (deps: DropsDeps): DropsService => {
  const pictures = createOrderPictures(deps);
  const parts = {
    ...deps,
    pictures,
    statusLink: statusLinks(deps),
    mails: createOrderMails(deps),
    retention: createDropRetention(deps),
  };
  const sendMail = createSendOrderMail(parts);
  const removeObjects = createRemoveObjects(deps);
  const retention = { ...createCarryOutRetention(parts), lookAgain: createLookAgain(parts) };
  const writeManifest = createWriteManifest(deps);
  const expireDrafts = createExpireDrafts(deps);
  return {
    ...createDrops(parts),
    pages: createOrderPages(parts),
    desk: createOrderDesk(parts),
    stateLabels: createStateLabels(deps),
    costs: createOrderCosts(deps),
    pictures,
    retention,
    expireDrafts,
    startWork: async (jobs) => {
      await jobs.work(manifestQueue, (job, { signal }) => writeManifest(job, signal));
      await jobs.work(draftQueue, async (_job, { signal }) => {
        const count = await expireDrafts(signal);
        if (count > 0) deps.log.info({ count }, 'drafts of orders were thrown away');
        const forgotten = await forgetLedger(deps.db);
        if (forgotten > 0)
          deps.log.info({ files: forgotten }, 'the ledger forgot files of orders that are gone');
      });
      await jobs.schedule(draftQueue, everyTenMinutes, {});
      await jobs.work(orderMailQueue, (job, { signal }) => sendMail(job, signal));
      await jobs.work(removeObjectsQueue, (job, { signal }) => removeObjects(job, signal));
      await jobs.work(retentionQueue, async (_job, { signal }) => {
        await retention.endFiles(signal);
        await retention.tellCustomers();
        await retention.lookAgain(signal);
      });
      await jobs.schedule(retentionQueue, everyHour, {});
    },
    rewrapSecrets: () => rewrapDropSecrets(deps),
  };
};
