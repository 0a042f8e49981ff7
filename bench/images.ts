import { benchBusyHits } from './images/busy-hits.ts';
import { contenders } from './images/contenders.ts';
import { benchHits } from './images/hits.ts';
import { benchMemory } from './images/memory.ts';
import { bytesOf, originals, provideOriginals } from './images/originals.ts';
import { benchQuality } from './images/quality.ts';
import { benchRendering } from './images/rendering.ts';
import { benchSameMoment } from './images/same-moment.ts';
import { benchStandIns } from './images/stand-ins.ts';
import { startContenders } from './images/start-contenders.ts';
import type { BenchReport } from './report.ts';

/**
 * The image server beside raw sharp, which is the bound, and ipx, next/image and nginx's image filter: what a picture
 * costs, how it looks, how fast a picture that is there comes, and what all of it needs.
 *
 * @param quick a round of each, for a look
 */
export const benchImages = async ({ quick = false } = {}): Promise<BenchReport> => {
  const photographs = await provideOriginals();
  const turns = quick ? { rounds: 1, seconds: 1.5 } : { rounds: 3, seconds: 1.5 };
  await using stack = new AsyncDisposableStack();
  const started = await startContenders(contenders, photographs, stack);
  const rendering = await benchRendering(started, turns);
  const quality = await benchQuality(photographs, started);
  await stack.disposeAsync();
  const standIns = await benchStandIns(photographs, turns);
  const hits = await benchHits(photographs, turns);
  const busyHits = await benchBusyHits(photographs, quick ? 5 : 15);
  const sameMoment = await benchSameMoment(photographs);
  const memory = await benchMemory(photographs, quick ? 200 : 1000);
  const parts = { rendering, quality, standIns, hits, busyHits, sameMoment, memory };
  return {
    tables: Object.values(parts).map(({ table }) => table),
    figures: {
      originals: Object.fromEntries(
        await Promise.all(originals.map(async (name) => [name, await bytesOf(photographs, name)] as const)),
      ),
      ...Object.fromEntries(Object.entries(parts).map(([name, { figures }]) => [name, figures])),
    },
  };
};
