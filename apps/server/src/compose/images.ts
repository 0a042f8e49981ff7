import {
  createRenderPool,
  parsePlan,
  RenderError,
  type RenderPool,
  type RenderPoolStats,
} from '@windlass/images';
import { createImagesServer } from '../features/images/index.ts';
import type { ReadinessCheck } from '../platform/http/index.ts';
import type { Metrics } from '../platform/telemetry/metrics.ts';
import type { Addresses } from './addresses.ts';
import type { Features } from './features.ts';
import type { Foundation } from './foundation.ts';

const drainMilliseconds = 10_000;

const poolGauges: Record<keyof RenderPoolStats, string> = {
  children: 'Child processes that render',
  running: 'Pictures being rendered',
  waiting: 'Pictures that wait for a child',
  rendered: 'Pictures rendered since the start',
  failed: 'Pictures that could not be rendered since the start',
  lost: 'Children killed at a deadline or found dead since the start',
  recycled: 'Children replaced for age or size since the start',
  rssBytes: 'Resident memory of all children',
};

const watchPool = (metrics: Metrics, pool: RenderPool): void => {
  for (const [key, help] of Object.entries(poolGauges)) {
    const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    // The table above has exactly the keys of the stats.
    metrics.gauge(`windlass_render_${name}`, help, () => pool.stats()[key as keyof RenderPoolStats]);
  }
};

/** A portable greymap of one pixel would do; this is the smallest GIF, which every build of sharp reads. */
const onePixel = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');
const limits = { maxInputBytes: 1024, maxInputPixels: 1, maxInputFrames: 1, maxOutputSide: 16 };
const trustedMilliseconds = 30_000;

/** Renders one pixel, at most twice a minute. A pool that is busy works. */
const renderCheck = (pool: RenderPool): ReadinessCheck => {
  let workedAt = -Infinity;
  return {
    name: 'render pool',
    failure: 'no picture can be rendered',
    run: async (signal) => {
      if (performance.now() - workedAt < trustedMilliseconds) return;
      try {
        await pool.render(onePixel, parsePlan('width=1&format=png'), limits, signal);
      } catch (error) {
        if (!(error instanceof RenderError && error.reason === 'busy')) throw error;
      }
      workedAt = performance.now();
    },
  };
};

/** The images listener on an origin of its own, and the pool of child processes behind it. */
export const startImages = async (
  { config, log, clock, metrics }: Foundation,
  { connections, sources }: Features,
  { imagesPort }: Addresses,
  stack: AsyncDisposableStack,
): Promise<ReadinessCheck> => {
  const pool = stack.use(createRenderPool({}));
  watchPool(metrics, pool);
  stack.use(
    await createImagesServer({
      host: config.host,
      port: imagesPort,
      log: log.child({ part: 'images' }),
      observe: ({ method, status, seconds }) =>
        metrics.observeRequest({ method: knownMethod(method), route: 'images', status }, seconds),
      resolveSource: sources.resolveSource,
      openBucket: connections.openBucket,
      pool,
      clock,
      imagesHost: config.imagesHost,
      drainMilliseconds,
    }),
  );
  return renderCheck(pool);
};

/** A label takes few values, whatever callers send. */
const knownMethod = (method: string): string =>
  ['GET', 'HEAD', 'OPTIONS'].includes(method) ? method : 'other';
