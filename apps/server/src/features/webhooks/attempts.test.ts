import { describe, expect, test } from 'vitest';
import { afterAttempt, disableAfterSeconds, retryDelaysSeconds, type AttemptResult } from './attempts.ts';

const now = new Date('2026-11-23T09:00:00Z');
const secondsAgo = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const answered = (status: number): AttemptResult => ({ status, cause: null });
const silent: AttemptResult = { status: null, cause: 'The receiver did not answer in time.' };
const after = (result: AttemptResult, { attempts = 0, failingSince = null as Date | null } = {}) =>
  afterAttempt({ attempts, failingSince }, result, now, 0);

test.each([200, 201, 204, 299])('%i is success, and forgets earlier failures', (status) => {
  const { delivery, webhook } = after(answered(status), { attempts: 3, failingSince: secondsAgo(900) });
  expect(delivery).toEqual({ status: 'delivered', attempts: 4, nextAttemptAt: null, cause: null });
  expect(webhook).toEqual({ failingSince: null, disabled: null });
});

test.each([answered(500), answered(404), answered(302), answered(100), silent])(
  '%o is tried again, five seconds later at first',
  (result) => {
    const { delivery, webhook } = after(result);
    expect(delivery).toMatchObject({ status: 'pending', attempts: 1 });
    expect(delivery.nextAttemptAt).toEqual(new Date(now.getTime() + 5000));
    expect(delivery.cause).not.toBe('');
    expect(webhook).toEqual({ failingSince: now, disabled: null });
  },
);

describe('the tries', () => {
  test('come ever later, over about a day, and then end', () => {
    const delays = retryDelaysSeconds.map((_, attempts) => {
      const { nextAttemptAt } = after(answered(500), { attempts }).delivery;
      return (nextAttemptAt?.getTime() ?? 0) - now.getTime();
    });
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    const total = delays.reduce((sum, delay) => sum + delay, 0) / (60 * 60 * 1000);
    expect(total).toBeGreaterThan(22);
    expect(total).toBeLessThan(26);
    expect(after(answered(500), { attempts: retryDelaysSeconds.length }).delivery).toMatchObject({
      status: 'failed',
      nextAttemptAt: null,
    });
  });

  test('of what failed together are spread by up to a tenth', () => {
    const at = (random: number) =>
      afterAttempt({ attempts: 3, failingSince: null }, silent, now, random).delivery.nextAttemptAt;
    expect(at(0)).toEqual(new Date(now.getTime() + 1800 * 1000));
    expect(at(1)).toEqual(new Date(now.getTime() + 1980 * 1000));
  });
});

const failed = (seconds: number) => after(silent, { failingSince: secondsAgo(seconds) });

describe('the webhook is switched off', () => {
  test('at once by 410 Gone', () => {
    const { delivery, webhook } = after(answered(410));
    expect(webhook.disabled).toBe('gone');
    expect(delivery).toMatchObject({ status: 'failed', nextAttemptAt: null });
  });

  test('after five days without one success, not before', () => {
    expect(failed(disableAfterSeconds - 1).webhook.disabled).toBeNull();
    expect(failed(disableAfterSeconds).webhook.disabled).toBe('failing');
    expect(failed(disableAfterSeconds).delivery.status).toBe('failed');
    expect(disableAfterSeconds).toBe(5 * 24 * 3600);
  });
});
