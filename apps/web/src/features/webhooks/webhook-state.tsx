import type { Webhook, WebhookDelivery, WebhookDisabledReason } from '@windlass/contract';
import { State } from '../../ui/state.tsx';

const offWords: Record<WebhookDisabledReason, string> = {
  person: 'Somebody switched it off.',
  failing: 'It failed for days and was switched off; mend the receiver, then switch it on.',
  gone: 'The receiver answered 410 Gone, which asks for no more.',
};

/** Whether a webhook works, in a dot and a word. */
export const WebhookState = ({ webhook }: { webhook: Webhook }) => {
  if (webhook.disabled !== null) {
    const { reason, at } = webhook.disabled;
    return (
      <State
        tone={reason === 'person' ? 'unknown' : 'missing'}
        word="Off"
        since={at}
        why={offWords[reason]}
      />
    );
  }
  if (webhook.failingSince !== null) {
    return <State tone="attention" word="Failing" since={webhook.failingSince} why="Every try failed." />;
  }
  return <State tone="ok" word="On" />;
};

const deliveryWords = {
  pending: { tone: 'unknown', word: 'Waiting' },
  delivered: { tone: 'ok', word: 'Delivered' },
  failed: { tone: 'missing', word: 'Failed' },
} as const;

export const DeliveryState = ({ delivery }: { delivery: WebhookDelivery }) => (
  <State {...deliveryWords[delivery.status]} {...(delivery.cause === null ? {} : { why: delivery.cause })} />
);
