import { expect, test } from 'vitest';
import { afterMailAttempt, mailDelaysSeconds } from './mail-attempts.ts';

const now = new Date('2026-11-23T09:00:00Z');
const failed = { kind: 'failed', trouble: 'away' } as const;

test('a mail that is sent is done, and so is one that the server refuses for good', () => {
  const over = { attempts: 3, nextAttemptAt: null };
  expect(afterMailAttempt(2, { kind: 'sent' }, now)).toEqual({ ...over, state: 'sent', trouble: null });
  expect(afterMailAttempt(2, { kind: 'refused', trouble: 'no such user' }, now)).toEqual({
    ...over,
    state: 'failed',
    trouble: 'no such user',
  });
});

test('one that fails is tried again, later each time, for about a day, and then given up', () => {
  const waits = mailDelaysSeconds.map((_, attempts) => {
    const moves = afterMailAttempt(attempts, failed, now);
    expect(moves).toMatchObject({ state: 'pending', attempts: attempts + 1, trouble: 'away' });
    return ((moves.nextAttemptAt?.getTime() ?? 0) - now.getTime()) / 1000;
  });
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.reduce((sum, wait) => sum + wait, 0) / 3600).toBeCloseTo(24, 0);
  expect(afterMailAttempt(mailDelaysSeconds.length, failed, now)).toMatchObject({
    state: 'failed',
    nextAttemptAt: null,
  });
});
