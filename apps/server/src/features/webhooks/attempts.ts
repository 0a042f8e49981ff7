import type { DeliveryStatus, WebhookDisabledReason } from '@windlass/contract';

const minute = 60;
const hour = 60 * minute;

/** Seconds between one try and the next: nine tries over about 24 hours. */
export const retryDelaysSeconds = [
  5,
  1 * minute,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  7 * hour,
  9 * hour,
] as const;

/** Nobody looks after a webhook that has failed for so long without one success. */
export const disableAfterSeconds = 5 * 24 * hour;

/** So that what failed together is not tried together. */
const jitter = 0.1;

/** How a try went: the status of an answer, or why there was none. */
export type AttemptResult = { status: number; cause: null } | { status: null; cause: string };

interface AttemptMoves {
  delivery: { status: DeliveryStatus; attempts: number; nextAttemptAt: Date | null; cause: string | null };
  webhook: { failingSince: Date | null; disabled: WebhookDisabledReason | null };
}

/**
 * What a try means for the delivery and for its webhook. 2xx is success; 410 Gone switches the webhook off (Standard
 * Webhooks, "Operational considerations"); everything else is tried again until the delays are used up.
 *
 * @param random 0 to 1, for the jitter
 */
export const afterAttempt = (
  before: { attempts: number; failingSince: Date | null },
  result: AttemptResult,
  now: Date,
  random: number,
): AttemptMoves => {
  const attempts = before.attempts + 1;
  if (result.status !== null && result.status >= 200 && result.status < 300) {
    return {
      delivery: { status: 'delivered', attempts, nextAttemptAt: null, cause: null },
      webhook: { failingSince: null, disabled: null },
    };
  }
  const failingSince = before.failingSince ?? now;
  const disabled =
    result.status === 410
      ? 'gone'
      : now.getTime() - failingSince.getTime() >= disableAfterSeconds * 1000
        ? 'failing'
        : null;
  const delay = disabled === null ? retryDelaysSeconds[before.attempts] : undefined;
  return {
    delivery: {
      status: delay === undefined ? 'failed' : 'pending',
      attempts,
      nextAttemptAt:
        delay === undefined ? null : new Date(now.getTime() + delay * 1000 * (1 + jitter * random)),
      cause: result.cause ?? causeOfStatus(result.status),
    },
    webhook: { failingSince, disabled },
  };
};

const causeOfStatus = (status: number): string => {
  if (status === 410) return 'The receiver answered 410: it is gone for good, so the webhook is off.';
  if (status >= 300 && status < 400)
    return `The receiver answered ${status}: redirects are not followed. Give the address it leads to.`;
  return `The receiver answered ${status}; only 2xx counts as received.`;
};
