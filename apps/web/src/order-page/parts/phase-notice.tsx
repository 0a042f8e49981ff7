import type { OrderPage } from '@windlass/contract';
import { words } from '../words.ts';
import { Notice } from './notice.tsx';

type Phase = Pick<OrderPage, 'phase' | 'closesAt' | 'lateUntil'>;

/** Whether a page takes no orders. */
export const isShut = ({ phase }: Pick<OrderPage, 'phase'>): boolean => phase !== 'open' && phase !== 'late';

const shutWords = ({ phase, closesAt, lateUntil }: Phase) =>
  phase === 'paused'
    ? words.phase.paused
    : phase === 'full'
      ? words.phase.full
      : words.phase.closed(lateUntil ?? closesAt);

/** Until when orders are taken, or why they are not. */
export const PhaseNotice = ({ page, now }: { page: Phase; now: number }) => {
  const { phase, closesAt, lateUntil } = page;
  if (isShut(page)) {
    const { title, detail } = shutWords(page);
    return (
      <Notice tone="attention" title={title}>
        <p>{detail}</p>
        <p>{words.phase.askLab}</p>
      </Notice>
    );
  }
  if (phase === 'late') {
    return (
      <Notice tone="attention">
        <p>{words.phase.late(closesAt)}</p>
        {lateUntil !== null && <p>{words.phase.lateUntil(lateUntil)}</p>}
      </Notice>
    );
  }
  return closesAt === null ? null : <p className="phase">{words.phase.openUntil(closesAt, now)}</p>;
};
