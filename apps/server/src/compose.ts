import type { Logger } from 'pino';
import { settleAddresses, type Addresses } from './compose/addresses.ts';
import { startBucket } from './compose/bucket.ts';
import { demoPictureUrl, seedDemo } from './compose/demo.ts';
import { makeFeatures } from './compose/features.ts';
import { layFoundation } from './compose/foundation.ts';
import { housekeepingQueue, startHousekeeping } from './compose/housekeeping.ts';
import { startImages } from './compose/images.ts';
import { rewrapSecrets } from './compose/rewrap.ts';
import { startWeb, startWorkerListener } from './compose/listeners.ts';
import { makePlatformKeys } from './compose/platform-keys.ts';
import { readinessChecks } from './compose/readiness.ts';
import type { Config } from './config/config.ts';
import { dropQueues } from './features/drops/index.ts';
import { webhookQueue } from './features/webhooks/index.ts';
import { janitorQueue, reconcileQueue } from './features/transfers/index.ts';
import { dueChecksQueue, probeUploadQueue, scheduledCheckQueue } from './features/connections/index.ts';
import { createJobs } from './platform/jobs/index.ts';

/** A running process. Disposing stops it in reverse order: listeners first, the data folder's lock last. */
export interface Program extends AsyncDisposable {
  addresses: Addresses;
  /** Null where the embedded bucket is off. */
  bucketUrl: string | null;
  /** One-time link of the first owner; null once there is one. */
  ownerLink: string | null;
  /** A picture of the demo to try; null where there is none. */
  demoPicture: string | null;
  /** From now on /readyz answers 503, so that load balancers look elsewhere. */
  drain(): void;
}

/** The only place that makes things and hands them to each other. What was made is closed again when a later step fails. */
export const compose = async (config: Config, log: Logger): Promise<Program> => {
  await using stack = new AsyncDisposableStack();
  let draining = false;
  const isWeb = config.roles.includes('web');
  const isWorker = config.roles.includes('worker');

  const addresses = await settleAddresses(config);
  const foundation = await layFoundation(config, log, stack);
  const bucket = await startBucket(foundation, addresses);
  if (bucket !== null) stack.use(bucket);
  const jobs = stack.use(
    await createJobs({
      connection: foundation.connection,
      worker: isWorker,
      queues: [
        housekeepingQueue,
        webhookQueue,
        dueChecksQueue,
        scheduledCheckQueue,
        probeUploadQueue,
        janitorQueue,
        reconcileQueue,
        ...dropQueues,
      ],
      log: log.child({ part: 'jobs' }),
      metrics: foundation.metrics,
    }),
  );
  const platformKeys = await makePlatformKeys(config, bucket);
  const features = makeFeatures(foundation, addresses, { bucket, platformKeys }, jobs, stack);
  // Running jobs end before what they use is closed. Stopping a second time does nothing.
  stack.defer(() => jobs[Symbol.asyncDispose]());

  if (isWorker) {
    await startHousekeeping(jobs, foundation, features);
    await features.webhooks.startDeliveries(jobs);
    await features.connections.checks.startWork(jobs);
    await features.transfers.startWork(jobs);
    await features.drops.startWork(jobs);
    await rewrapSecrets(foundation, features);
  }
  await seedDemo(foundation, features, addresses, bucket);
  if (isWeb && config.owner !== null) await features.auth.ensureOwner(config.owner);

  const checks = readinessChecks(foundation, bucket);
  if (isWeb) checks.push(await startImages(foundation, features, addresses, stack));
  const listenerDeps = {
    foundation,
    addresses,
    log,
    checks,
    isDraining: () => draining,
  };
  if (isWeb) await startWeb(listenerDeps, features, stack);
  else await startWorkerListener(listenerDeps, stack);

  const ownerLink = isWeb ? await features.auth.ensureOwnerLink() : null;
  const demoPicture = isWeb && config.demo ? await demoPictureUrl(features, addresses) : null;
  const running = stack.move();
  return {
    addresses,
    bucketUrl: bucket?.url ?? null,
    ownerLink,
    demoPicture,
    drain: () => {
      draining = true;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
};
