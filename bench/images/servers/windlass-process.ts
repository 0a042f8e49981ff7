import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRenderPool, RenderError, type RenderPool } from '@windlass/images';
import {
  createDiskTier,
  createImagesServer,
  createMemoryTier,
  createOriginals,
  createPictureTiers,
} from '../../../apps/server/src/features/images/index.ts';
import type { Origin } from '../../../apps/server/src/features/sources/index.ts';
import { sourceNamed } from '../../../apps/server/src/features/images/testing/images-scene.ts';
import { systemClock } from '../../../apps/server/src/kernel/clock.ts';

/**
 * The product's own listener with its stores, its pool of children and their settings, put together as compose does; the
 * bucket is a folder, in which `N/photo.jpg` is `photo.jpg` for every N.
 *
 * Arguments after the folder: `keeps-results` for the caches of made pictures, of which there are none without;
 * `makes-stand-ins` for mezzanines. Originals are always kept on disk, and hot answers only with results.
 */
const [folder = '.', ...flags] = process.argv.slice(2);
const keepsResults = flags.includes('keeps-results');
const MiB = 1024 * 1024;
const log = {
  warn: () => undefined,
  error: (facts: object, message: string) => console.error(message, facts),
};
const clock = systemClock;
const counts = { opened: 0, rendered: 0, failed: 0 };

const fileOf = (key: string): string => join(folder, key.slice(key.indexOf('/') + 1));
const factsOf = async (key: string) => {
  const { size, mtime } = await stat(fileOf(key));
  return { etag: `"${size}"`, lastModified: mtime, size };
};
const origin: Origin = {
  id: 'folder',
  head: factsOf,
  open: async (key) => {
    counts.opened += 1;
    return { ...(await factsOf(key)), body: createReadStream(fileOf(key)) };
  },
};

const scratch = await mkdtemp(join(tmpdir(), 'windlass-bench-'));
const originals = await createOriginals({
  folder: join(scratch, 'originals'),
  maxBytes: 4096 * MiB,
  clock,
  log,
});
const disk = keepsResults
  ? await createDiskTier({ folder: join(scratch, 'results'), maxBytes: 1024 * MiB, log })
  : null;
const tiers = createPictureTiers({ memory: createMemoryTier(keepsResults ? 48 * MiB : 0), disk });
const pool = createRenderPool({
  observe: ({ outcome, class: kind }) => {
    if (outcome !== 'rendered') counts.failed += 1;
    else if (!kind.endsWith('mezzanine')) counts.rendered += 1;
  },
});
/** Without stand-ins every request decodes the original itself. */
const withoutStandIns: RenderPool = {
  ...pool,
  render: async (request, signal) => {
    if (request.job.kind === 'mezzanine') throw new RenderError('aborted', 'This bench makes no stand-ins');
    return pool.render(request, signal);
  },
};
const server = await createImagesServer({
  host: '127.0.0.1',
  port: 0,
  imagesHost: null,
  ...(keepsResults ? {} : { hotBytes: 0 }),
  pool: flags.includes('makes-stand-ins') ? pool : withoutStandIns,
  originals,
  tiers,
  clock,
  log,
  upgrade: false,
  resolveSource: async (name) => sourceNamed(name),
  openOrigin: async () => origin,
  openBucketTier: async () => null,
  recordUsage: () => undefined,
  observer: {
    answered: () => undefined,
    stages: () => undefined,
    joined: () => undefined,
    purged: () => undefined,
  },
});

process.on('message', () => process.send?.({ ...counts, ...pool.stats(), rendered: counts.rendered }));
process.send?.({ port: server.port });
process.once('disconnect', () => {
  void server[Symbol.asyncDispose]()
    .then(() => pool[Symbol.asyncDispose]())
    .then(() => originals[Symbol.asyncDispose]())
    .then(() => tiers[Symbol.asyncDispose]())
    .then(() => rm(scratch, { recursive: true, force: true }))
    .then(() => process.exit());
});
