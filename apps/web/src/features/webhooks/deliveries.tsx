import { Button, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { replayWebhookDelivery, sendTestWebhook, type WebhookDelivery } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Fold } from '../../ui/fold.tsx';
import { ListView } from '../../ui/list-view.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { useTeam } from '../teams/current-team.tsx';
import { deliveriesQuery } from './queries.ts';
import { DeliveryState } from './webhook-state.tsx';

/** The body as a person reads it; as it was sent where it is no JSON. */
const pretty = (payload: string): string => {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    // Shown as it is: nothing is hidden because it does not parse.
    return payload;
  }
};

const Facts = ({ delivery }: { delivery: WebhookDelivery }) => (
  <Text size="xs" c="dimmed" component="div">
    <Since time={delivery.createdAt} />
    {delivery.attempts > 1 && `, ${delivery.attempts} tries`}
    {delivery.responseStatus !== null && `, answered ${delivery.responseStatus}`}
    {delivery.durationMilliseconds !== null && ` in ${delivery.durationMilliseconds} ms`}
    {delivery.status === 'pending' && delivery.nextAttemptAt !== null && delivery.attempts > 0 && (
      <>
        , next try <Since time={delivery.nextAttemptAt} />
      </>
    )}
  </Text>
);

interface DeliveriesProps {
  webhookId: string;
  mayWrite: boolean;
  /** False while it is switched off: nothing is sent then. */
  enabled: boolean;
}

/** What was sent, how it went, and once more at a click. */
export const Deliveries = ({ webhookId, mayWrite, enabled }: DeliveriesProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const query = useInfiniteQuery(deliveriesQuery(teamId, webhookId));
  const refresh = () => client.invalidateQueries({ queryKey: ['webhook', teamId, webhookId] });
  const test = useMutation({
    mutationFn: () => call(sendTestWebhook, { params: { teamId, webhookId } }),
    onSettled: refresh,
  });
  const replay = useMutation({
    mutationFn: ({ id }: WebhookDelivery) =>
      call(replayWebhookDelivery, { params: { teamId, webhookId, deliveryId: id } }),
    onSettled: refresh,
  });
  const error = test.error ?? replay.error;
  return (
    <Section
      title="Deliveries"
      about="Of the last 30 days. What fails is tried again for about a day."
      actions={
        mayWrite && (
          <Button
            variant="default"
            disabled={!enabled}
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            Send a test
          </Button>
        )
      }
    >
      <Stack gap={12}>
        {error !== null && <ProblemNotice error={error} />}
        <ListView what="deliveries" query={query} empty={<Text c="dimmed">Nothing was sent yet.</Text>}>
          {(deliveries) => (
            <ul className="wl-rows" aria-label="Deliveries">
              {deliveries.map((delivery) => (
                <li
                  key={delivery.id}
                  className="wl-row"
                  style={{ gridTemplateColumns: '104px minmax(0, 1fr) auto', alignItems: 'start' }}
                >
                  <DeliveryState delivery={delivery} />
                  <Stack gap={4}>
                    <Text fw={500}>{delivery.type}</Text>
                    {delivery.status !== 'delivered' && delivery.cause !== null && (
                      <Text size="sm">{delivery.cause}</Text>
                    )}
                    <Facts delivery={delivery} />
                    <Fold label="Body">
                      <CodeBlock what="Body" code={pretty(delivery.payload)} />
                    </Fold>
                  </Stack>
                  {mayWrite && (
                    <Button
                      size="xs"
                      variant="default"
                      disabled={!enabled}
                      loading={replay.isPending && replay.variables.id === delivery.id}
                      onClick={() => replay.mutate(delivery)}
                    >
                      Send again
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
        </ListView>
      </Stack>
    </Section>
  );
};
