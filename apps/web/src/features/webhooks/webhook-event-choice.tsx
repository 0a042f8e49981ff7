import { Checkbox, Stack } from '@mantine/core';
import { webhookEvents, type WebhookEvent } from '@windlass/contract';
import type { ReactNode } from 'react';

const eventWords: Record<WebhookEvent, string> = {
  'connection.state_changed': 'A connection changes its state',
  'order.received': 'An order comes in',
  'order.state_changed': 'An order moves to another state',
  'order.retention_done': 'The days of an order’s files are over',
};

/** Of a group, Mantine knows strings alone: what it gives back is looked up in the closed set. */
const isEvent = (text: string): text is WebhookEvent => webhookEvents.some((event) => event === text);

interface WebhookEventChoiceProps {
  value: readonly WebhookEvent[];
  onChange: (events: WebhookEvent[]) => void;
  error?: ReactNode;
}

/** What a webhook tells: each event in plain words, with the type that its receiver finds in the body. */
export const WebhookEventChoice = ({ value, onChange, error }: WebhookEventChoiceProps) => (
  <Checkbox.Group
    label="Tell it when"
    required
    error={error}
    value={[...value]}
    onChange={(events) => onChange(events.filter(isEvent))}
  >
    <Stack gap={8} mt={4} mb={error === undefined ? 0 : 4}>
      {webhookEvents.map((event) => (
        <Checkbox
          key={event}
          value={event}
          label={eventWords[event]}
          description={<span className="wl-mono">{event}</span>}
        />
      ))}
    </Stack>
  </Checkbox.Group>
);
