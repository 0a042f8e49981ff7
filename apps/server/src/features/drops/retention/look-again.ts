import { mapAtOnce } from '../../../kernel/map-at-once.ts';
import type { DropsDeps } from '../deps.ts';
import type { DropRetention } from '../ports.ts';
import { listUnlooked } from './retention-store.ts';

/** Rights and rules change rarely, and the page of a drop looks when somebody opens it. */
const staleMilliseconds = 24 * 60 * 60 * 1000;
/** Buckets that are away take a quarter of a minute each: so many fit into the job beside its other work. */
const pagesPerRound = 100;
const pagesAtOnce = 4;

/**
 * Looks whether files of pages go when their days are over, where nobody has for a day: a page says `unknown` because a
 * bucket does not say, and not because nobody has asked. What is left comes with the next hour.
 *
 * @returns how many pages were looked at
 */
export const createLookAgain =
  ({ db, clock, retention }: Pick<DropsDeps, 'db' | 'clock'> & { retention: Pick<DropRetention, 'check'> }) =>
  async (signal: AbortSignal): Promise<number> => {
    const before = new Date(clock.now().getTime() - staleMilliseconds);
    const pages = await listUnlooked(db, { before, limit: pagesPerRound });
    await mapAtOnce(pages, pagesAtOnce, (page) => retention.check(page, signal));
    return pages.length;
  };
