import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import { describeTrouble, postPinned, type EndpointGuard } from '../../platform/net/index.ts';
import { afterAttempt, type AttemptResult } from './attempts.ts';
import {
  changeDelivery,
  findDelivery,
  giveUpPending,
  lockDelivery,
  type DeliveryRow,
} from './delivery-store.ts';
import { webhookQueue, type WebhookJob } from './queue.ts';
import { signatureHeader } from './signature.ts';
import { openSigningSecrets } from './signing-secrets.ts';
import { changeWebhook, findWebhook, lockWebhook, type WebhookRow } from './store.ts';

/** For the whole of a try: look-up, connection, request and answer. */
const tryMilliseconds = 15_000;
const maxAnswerBytes = 64 * 1024;

interface DeliverDeps {
  db: Database;
  vault: Vault;
  guard: EndpointGuard;
  jobs: Pick<Jobs, 'enqueue'>;
  clock: Clock;
  log: Log;
}

/** Carries out jobs of `webhookQueue`: one signed POST, and what follows from it. */
export const createDeliver = (
  deps: DeliverDeps,
): ((job: WebhookJob, signal: AbortSignal) => Promise<void>) => {
  const { db, jobs, clock, log } = deps;
  return async (job, signal) => {
    const delivery = await findDelivery(db, job);
    const webhook = await findWebhook(db, job);
    if (delivery === null || webhook === null || !isDue(delivery, job)) return;
    const startedAt = clock.now();
    const began = performance.now();
    const result = await attempt(deps, webhook, delivery, startedAt, signal);
    const durationMilliseconds = Math.round(performance.now() - began);

    await db.transaction().execute(async (trx) => {
      const listener = await lockWebhook(trx, job);
      const before = await lockDelivery(trx, job);
      // Meanwhile it may have been deleted, given up, or tried by a worker that was thought dead.
      if (listener === null || before === null || !isDue(before, job)) return;
      const now = clock.now();
      const moves = afterAttempt(
        { attempts: before.attempts, failingSince: listener.failingSince },
        result,
        now,
        Math.random(),
      );
      await changeDelivery(trx, job, {
        ...moves.delivery,
        lastAttemptAt: startedAt,
        responseStatus: result.status,
        durationMilliseconds,
      });
      const { nextAttemptAt, attempts } = moves.delivery;
      if (nextAttemptAt !== null) {
        await jobs.enqueue(trx, webhookQueue, { ...job, attempt: attempts }, { startAfter: nextAttemptAt });
      }
      await changeWebhook(trx, job, { failingSince: moves.webhook.failingSince });
      const { disabled } = moves.webhook;
      if (disabled !== null && listener.disabledReason === null) {
        await changeWebhook(trx, job, { disabledReason: disabled, disabledAt: now });
        await giveUpPending(trx, job, 'The webhook is off.');
        log.warn({ teamId: job.teamId, webhookId: job.webhookId, reason: disabled }, 'Webhook switched off');
      }
    });
  };
};

const isDue = (delivery: DeliveryRow, job: WebhookJob): boolean =>
  delivery.status === 'pending' && delivery.attempts === job.attempt;

const attempt = async (
  { vault, guard }: DeliverDeps,
  webhook: WebhookRow,
  delivery: DeliveryRow,
  now: Date,
  signal: AbortSignal,
): Promise<AttemptResult> => {
  const { current, previous } = openSigningSecrets(vault, webhook, webhook.secretsSealed);
  const until = webhook.previousSecretUntil;
  const secrets = previous !== null && until !== null && until > now ? [current, previous] : [current];
  const timestampSeconds = Math.floor(now.getTime() / 1000);
  const { origin, pathname, search } = new URL(webhook.url);
  const agents = guard.agentsFor(origin, { requireTls: true });
  try {
    const { status } = await postPinned(agents, {
      path: pathname + search,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'windlass-webhooks',
        'webhook-id': delivery.messageId,
        'webhook-timestamp': String(timestampSeconds),
        'webhook-signature': signatureHeader(
          { id: delivery.messageId, timestampSeconds, body: delivery.payload },
          secrets,
        ),
      },
      body: Buffer.from(delivery.payload, 'utf8'),
      maxAnswerBytes,
      signal: AbortSignal.any([signal, AbortSignal.timeout(tryMilliseconds)]),
    });
    return { status, cause: null };
  } catch (error) {
    // The process is stopping: that is not the receiver's fault, and the job comes again.
    if (signal.aborted) throw error;
    return { status: null, cause: describeTrouble(error, 'receiver') };
  } finally {
    agents.destroy();
  }
};
