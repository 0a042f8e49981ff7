import type { DropPhase } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { bytesLeft, phaseOf, type PhaseFacts } from './phases.ts';

const now = new Date('2026-11-23T12:00:00Z');
const at = (hours: number): Date => new Date(now.getTime() + hours * 60 * 60 * 1000);
const page = (change: Partial<PhaseFacts> = {}): PhaseFacts => ({
  paused: false,
  closesAt: null,
  lateHours: 0,
  maxOrdersPerDay: null,
  maxBytesPerDay: null,
  maxTotalBytes: null,
  used: { ordersToday: 0, bytesToday: 0, bytesTotal: 0 },
  ...change,
});
const used = (change: Partial<PhaseFacts['used']>) => ({ ...page().used, ...change });
const left = (change: Partial<PhaseFacts>): number => {
  const facts = page(change);
  return bytesLeft({ ...facts, maxOrderBytes: 100 }, facts.used);
};

describe('the phase of an order page', () => {
  const table: readonly (readonly [string, Partial<PhaseFacts>, DropPhase])[] = [
    ['nothing speaks against it', {}, 'open'],
    ['the deadline is ahead', { closesAt: at(1) }, 'open'],
    ['the deadline is this moment', { closesAt: at(0) }, 'closed'],
    ['the deadline has passed, and late orders are taken', { closesAt: at(-1), lateHours: 2 }, 'late'],
    ['the allowance ends this moment', { closesAt: at(-2), lateHours: 2 }, 'closed'],
    ['it is paused', { paused: true }, 'paused'],
    ['it is paused before its deadline', { paused: true, closesAt: at(1) }, 'paused'],
    ['it is paused and over', { paused: true, closesAt: at(-1) }, 'closed'],
    ['the day has its orders', { maxOrdersPerDay: 3, used: used({ ordersToday: 3 }) }, 'full'],
    ['the day has room for one', { maxOrdersPerDay: 3, used: used({ ordersToday: 2 }) }, 'open'],
    ['the day has its bytes', { maxBytesPerDay: 10, used: used({ bytesToday: 10 }) }, 'full'],
    ['the page has its bytes', { maxTotalBytes: 10, used: used({ bytesTotal: 11 }) }, 'full'],
    [
      'it is late and full',
      { closesAt: at(-1), lateHours: 2, maxTotalBytes: 1, used: used({ bytesTotal: 1 }) },
      'full',
    ],
    ['it is paused and full', { paused: true, maxTotalBytes: 1, used: used({ bytesTotal: 1 }) }, 'paused'],
  ];
  it.each(table)('where %s', (_what, change, phase) => {
    expect(phaseOf(page(change), now)).toBe(phase);
  });

  it('leaves an order what the tightest quota leaves', () => {
    expect(left({})).toBe(100);
    expect(left({ maxBytesPerDay: 90, used: used({ bytesToday: 30 }) })).toBe(60);
    expect(left({ maxTotalBytes: 40, used: used({ bytesTotal: 30 }) })).toBe(10);
    expect(left({ maxTotalBytes: 40, used: used({ bytesTotal: 50 }) })).toBe(0);
  });
});
