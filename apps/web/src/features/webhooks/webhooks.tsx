import { Button, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ListView } from '../../ui/list-view.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { useTeam } from '../teams/current-team.tsx';
import { NewWebhook } from './new-webhook.tsx';
import { webhooksQuery } from './queries.ts';
import { WebhookState } from './webhook-state.tsx';

/** Where changes are told to other programs. */
export const Webhooks = () => {
  const { teamId } = useTeam();
  const query = useInfiniteQuery(webhooksQuery(teamId));
  const [opened, dialog] = useDisclosure(false);
  return (
    <Section
      title="Webhooks"
      about="Tell another program when an order comes in or moves on, or a connection changes its state; signed as Standard Webhooks."
      actions={
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={dialog.open}>
          New webhook
        </Button>
      }
    >
      <ListView what="webhooks" query={query} empty={<Text c="dimmed">No webhook.</Text>}>
        {(webhooks) => (
          <ul className="wl-rows" aria-label="Webhooks">
            {webhooks.map((webhook) => (
              <li
                key={webhook.id}
                className="wl-row"
                style={{ gridTemplateColumns: 'minmax(0, 1fr) 96px 152px' }}
              >
                <Link
                  className="wl-row-main wl-name"
                  to="/team/webhooks/$webhookId"
                  params={{ webhookId: webhook.id }}
                >
                  {webhook.url}
                </Link>
                <WebhookState webhook={webhook} />
                <Text size="xs" c="dimmed" component="div">
                  made <Since time={webhook.createdAt} />
                </Text>
              </li>
            ))}
          </ul>
        )}
      </ListView>
      <Modal opened={opened} onClose={dialog.close} title="New webhook">
        <NewWebhook onClose={dialog.close} />
      </Modal>
    </Section>
  );
};
