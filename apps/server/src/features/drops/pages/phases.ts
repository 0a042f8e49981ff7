import type { DropPhase } from '@windlass/contract';

const hour = 60 * 60 * 1000;

/** What decides whether a page takes orders. */
export interface PhaseFacts {
  paused: boolean;
  closesAt: Date | null;
  lateHours: number;
  maxOrdersPerDay: number | null;
  maxBytesPerDay: number | null;
  maxTotalBytes: number | null;
  /** Orders received and bytes that came in on this day (UTC), and bytes that ever came in. */
  used: { ordersToday: number; bytesToday: number; bytesTotal: number };
}

const reached = (used: number, most: number | null): boolean => most !== null && used >= most;

/** Until when orders are taken at all; null where there is no end. */
export const lateUntil = ({ closesAt, lateHours }: Pick<PhaseFacts, 'closesAt' | 'lateHours'>): Date | null =>
  closesAt === null ? null : new Date(closesAt.getTime() + lateHours * hour);

/** Whether an order that is sent now comes after the deadline. */
export const isLate = ({ closesAt }: Pick<PhaseFacts, 'closesAt'>, now: Date): boolean =>
  closesAt !== null && now >= closesAt;

/** The first that holds is the phase: what nobody can undo stands before what a person or a day can. */
const phases: readonly (readonly [DropPhase, (drop: PhaseFacts, now: Date) => boolean])[] = [
  [
    'closed',
    (drop, now) => {
      const end = lateUntil(drop);
      return end !== null && now >= end;
    },
  ],
  ['paused', ({ paused }) => paused],
  [
    'full',
    ({ used, maxOrdersPerDay, maxBytesPerDay, maxTotalBytes }) =>
      reached(used.ordersToday, maxOrdersPerDay) ||
      reached(used.bytesToday, maxBytesPerDay) ||
      reached(used.bytesTotal, maxTotalBytes),
  ],
  ['late', isLate],
];

/** Whether a page takes orders now, and how. */
export const phaseOf = (drop: PhaseFacts, now: Date): DropPhase =>
  phases.find(([, holds]) => holds(drop, now))?.[0] ?? 'open';

/** What of an order the quotas leave, in bytes; 0 where a page is full. */
export const bytesLeft = (
  { maxOrderBytes, maxBytesPerDay, maxTotalBytes }: Omit<PhaseFacts, 'used'> & { maxOrderBytes: number },
  used: PhaseFacts['used'],
): number =>
  Math.max(
    0,
    Math.min(
      maxOrderBytes,
      (maxBytesPerDay ?? Infinity) - used.bytesToday,
      (maxTotalBytes ?? Infinity) - used.bytesTotal,
    ),
  );
