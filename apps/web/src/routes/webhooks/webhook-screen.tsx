import { Button, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { deleteWebhook } from '@windlass/contract';
import { Deliveries } from '../../features/webhooks/deliveries.tsx';
import { webhookQuery } from '../../features/webhooks/queries.ts';
import { WebhookSecret, WebhookSettings } from '../../features/webhooks/webhook-settings.tsx';
import { WebhookState } from '../../features/webhooks/webhook-state.tsx';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { call } from '../../lib/api.ts';
import { Confirm } from '../../ui/confirm-delete.tsx';
import { NotOpened } from '../../ui/not-opened.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { toastDone } from '../../ui/toast.ts';

const route = getRouteApi('/app/team/webhooks/$webhookId');

const DeleteWebhook = ({ webhookId }: { webhookId: string }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: () => call(deleteWebhook, { params: { teamId, webhookId } }),
    onSuccess: async () => {
      await navigate({ to: '/team' });
      client.removeQueries({ queryKey: ['webhook', teamId, webhookId] });
      toastDone('The webhook is deleted.');
      await client.invalidateQueries({ queryKey: ['webhooks', teamId] });
    },
  });
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        Delete
      </Button>
      <Confirm
        opened={opened}
        onClose={dialog.close}
        title="Delete the webhook"
        button="Delete"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        Lost: the address, its secret and the log of deliveries. What waits is not sent.
      </Confirm>
    </>
  );
};

/** One webhook: its deliveries, address and secret. */
export const WebhookScreen = () => {
  const { webhookId } = route.useParams();
  const { teamId, role } = useTeam();
  const query = useQuery(webhookQuery(teamId, webhookId));
  if (query.isPending) {
    return (
      <Stack gap={16} role="status" aria-label="Loading the webhook">
        <Skeleton height={28} width={240} />
        <Skeleton height={320} />
      </Stack>
    );
  }
  if (query.data === undefined) {
    return (
      <NotOpened
        title="Webhook"
        error={query.error}
        retry={() => void query.refetch()}
        back={{ to: '/team', label: 'To the team’s webhooks' }}
      />
    );
  }
  const { value: webhook, etag } = query.data;
  const mayWrite = hasRole(role, 'admin');
  return (
    <>
      <PageHeader
        title="Webhook"
        about={<span className="wl-name">{webhook.url}</span>}
        aside={<WebhookState webhook={webhook} />}
        actions={mayWrite && <DeleteWebhook webhookId={webhook.id} />}
      />
      <div className="wl-two">
        <Deliveries webhookId={webhook.id} mayWrite={mayWrite} enabled={webhook.enabled} />
        {mayWrite && (
          <Stack gap={24} miw={0}>
            <WebhookSettings key={etag} webhook={webhook} etag={etag} />
            <WebhookSecret webhook={webhook} />
          </Stack>
        )}
      </div>
    </>
  );
};
