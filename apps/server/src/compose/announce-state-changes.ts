import type { OnStateChange } from '../features/connections/index.ts';
import type { WebhooksService } from '../features/webhooks/index.ts';

/** A connection's change of state goes out to the team's webhooks, in the transaction that makes it. */
export const announceStateChanges =
  (webhooks: Pick<WebhooksService, 'publish'>): OnStateChange =>
  (trx, { id, teamId, at, ...data }) =>
    webhooks.publish(trx, teamId, {
      type: 'connection.state_changed',
      timestamp: at.toISOString(),
      data: { eventId: id, teamId, ...data },
    });
