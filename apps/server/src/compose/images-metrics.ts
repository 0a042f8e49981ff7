import type { RenderObservation, RenderPool, RenderPoolStats } from '@windlass/images';
import type {
  ImagesObserver,
  ImagesServer,
  PictureTiers,
  StoredOriginals,
} from '../features/images/index.ts';
import { stages } from '../features/images/index.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';

const poolGauges: Record<keyof RenderPoolStats, string> = {
  children: 'Child processes that render',
  running: 'Pictures being rendered',
  waitingCheap: 'Pictures below 80 ms of CPU that wait for a child',
  waitingHeavy: 'Dearer pictures that wait for a child',
  rendered: 'Pictures rendered since the start',
  failed: 'Pictures that could not be rendered since the start',
  refused: 'Pictures refused since the start, because too many waited',
  lost: 'Children killed at a deadline, above their memory, or found dead since the start',
  recycled: 'Children replaced for age or size since the start',
  rssBytes: 'Resident memory of all children',
};

/** Seconds: a look into memory takes microseconds, the dearest picture its whole deadline. */
const stageBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
const ratioBuckets = [0.25, 0.5, 0.75, 0.9, 1.1, 1.33, 2, 4];

/** A label takes few values, whatever callers send. */
const knownMethod = (method: string): string =>
  ['GET', 'HEAD', 'OPTIONS'].includes(method) ? method : 'other';

/** What the images listener tells of itself. */
export const createImagesObserver = (metrics: Metrics): ImagesObserver => {
  const countAnswers = metrics.counter('windlass_images_answers_total', 'Answers, by what gave them', [
    'from',
    'status',
  ]);
  const countBytes = metrics.counter('windlass_images_bytes_total', 'Bytes of pictures sent', ['from']);
  const countJoins = metrics.counter(
    'windlass_images_joined_total',
    'Requests that waited for a picture which was being made for another one',
    [],
  );
  const countPurges = metrics.counter('windlass_images_purges_total', 'Purges made in this process', []);
  const observeStage = metrics.histogram(
    'windlass_images_stage_seconds',
    'Time of a request by stage; hot answers have none',
    ['stage'],
    stageBuckets,
  );
  return {
    answered: ({ method, status, from, count, seconds, bytes }) => {
      metrics.observeRequest({ method: knownMethod(method), route: 'images', status }, seconds, count);
      countAnswers({ from, status: String(status) }, count);
      countBytes({ from }, bytes);
    },
    stages: (times) => {
      for (const stage of stages) {
        const milliseconds = times[stage];
        if (milliseconds !== undefined) observeStage({ stage }, milliseconds / 1000);
      }
    },
    joined: () => countJoins({}),
    purged: () => countPurges({}),
  };
};

/** What the pool tells of every job: how good its prediction was decides who waits for whom. */
export const createRenderObserver = (metrics: Metrics): ((observation: RenderObservation) => void) => {
  const countJobs = metrics.counter('windlass_render_jobs_total', 'Jobs of the renderer, by how they ended', [
    'lane',
    'outcome',
  ]);
  const observeWait = metrics.histogram(
    'windlass_render_wait_seconds',
    'Time that a job waited for a child',
    ['lane'],
    stageBuckets,
  );
  const observeCpu = metrics.histogram(
    'windlass_render_cpu_seconds',
    'CPU of a job, by what it was made from and into',
    ['class'],
    stageBuckets,
  );
  const observeRatio = metrics.histogram(
    'windlass_render_predicted_ratio',
    'Predicted CPU of a job by the CPU that it took: 1 is perfect',
    ['class'],
    ratioBuckets,
  );
  return ({ lane, class: kind, predictedMilliseconds, actualMilliseconds, waitedMilliseconds, outcome }) => {
    countJobs({ lane, outcome });
    observeWait({ lane }, waitedMilliseconds / 1000);
    if (actualMilliseconds === null || actualMilliseconds === 0) return;
    observeCpu({ class: kind }, actualMilliseconds / 1000);
    if (outcome === 'rendered') observeRatio({ class: kind }, predictedMilliseconds / actualMilliseconds);
  };
};

/** Numbers that are read when somebody asks. */
export const watchImages = (
  metrics: Metrics,
  {
    pool,
    tiers,
    originals,
    server,
  }: { pool: RenderPool; tiers: PictureTiers; originals: StoredOriginals; server: ImagesServer },
): void => {
  for (const [key, help] of Object.entries(poolGauges)) {
    const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    // The table above has exactly the keys of the stats.
    metrics.gauge(`windlass_render_${name}`, help, () => pool.stats()[key as keyof RenderPoolStats]);
  }
  for (const tier of ['memory', 'disk', 'bucket'] as const) {
    const of = `windlass_images_${tier}`;
    metrics.gauge(`${of}_hits`, `Looks into ${tier} that found a picture`, () => tiers.stats()[tier].hits);
    metrics.gauge(`${of}_misses`, `Looks into ${tier} that found none`, () => tiers.stats()[tier].misses);
  }
  for (const tier of ['memory', 'disk'] as const) {
    const of = `windlass_images_${tier}`;
    metrics.gauge(`${of}_bytes`, `Made pictures in ${tier}`, () => tiers.stats()[tier].bytes ?? 0);
    metrics.gauge(`${of}_evictions`, `Pictures that had to go`, () => tiers.stats()[tier].evictions ?? 0);
  }
  metrics.gauge('windlass_originals_bytes', 'Originals on disk', () => originals.stats().bytes);
  metrics.gauge('windlass_originals_fetches', 'Downloads since the start', () => originals.stats().fetches);
  metrics.gauge('windlass_originals_waiting', 'Downloads that wait', () => originals.stats().waiting);
  metrics.gauge('windlass_images_hot', 'Answers that stand ready', () => server.stats().hotAnswers);
  metrics.gauge(
    'windlass_images_upgraded',
    'Pictures made anew into fewer bytes',
    () => server.stats().upgraded,
  );
  metrics.gauge(
    'windlass_images_mezzanines',
    'Stand-ins made for dear originals',
    () => server.stats().mezzanines,
  );
};
