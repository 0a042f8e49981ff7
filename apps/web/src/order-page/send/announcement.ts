import { totalsOf } from '../files/order-file.ts';
import type { SessionState } from '../session/session-state.ts';
import { words } from '../words.ts';

/** What a screen reader is told of: counts, not bytes. */
export interface Told {
  count: number;
  received: number;
  failed: number;
  number: string | null;
}

export const toldOf = ({ files, order }: Pick<SessionState, 'files' | 'order'>): Told => {
  const { count, byState } = totalsOf(files);
  return { count, received: byState.received, failed: byState.failed, number: order?.number ?? null };
};

const quarters = ({ received, count }: Told): number =>
  count === 0 ? 0 : Math.floor((received / count) * 4);

/**
 * What to say of a change, polite and seldom: that files were added, each quarter that has arrived, that some have failed.
 *
 * @returns empty where there is nothing to say
 */
export const announcement = (before: Told, after: Told): string => {
  const said: string[] = [];
  if (after.number !== null && after.number !== before.number)
    said.push(words.announce.started(after.number));
  if (after.count > before.count) said.push(words.announce.added(after.count - before.count));
  if (after.failed > before.failed) said.push(words.announce.failed(after.failed));
  if (after.count > 0 && after.received > before.received) {
    if (after.received === after.count) said.push(words.announce.all);
    else if (after.count === before.count && quarters(after) > quarters(before)) {
      said.push(words.announce.quarter(quarters(after) * 25));
    }
  }
  return said.join(' ');
};
