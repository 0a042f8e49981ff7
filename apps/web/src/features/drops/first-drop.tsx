import { Stack, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { LinkButton } from '../../ui/link-button.tsx';
import { connectionChoicesQuery } from '../connections/queries.ts';
import { takesOrders } from '../connections/takes-uploads.ts';
import { hasRole } from '../teams/choose-team.ts';
import { useTeam } from '../teams/current-team.tsx';

/** The way to the first order page: a bucket, a page, a link to share. */
export const FirstDrop = () => {
  const { teamId, role } = useTeam();
  const choices = useQuery(connectionChoicesQuery(teamId));
  const own = choices.data?.items.find(takesOrders);
  return (
    <Stack className="wl-card" gap={16} p={24}>
      <div>
        <Title order={2}>Take orders with files</Title>
        <Text c="dimmed" maw={640}>
          A drop is a page where customers order without an account. Their files go straight into your bucket,
          under orders/ and the number of the order; you see every order here.
        </Text>
      </div>
      <ol className="wl-steps">
        <li>
          <Text fw={500}>Connect a bucket for the job “Ingest”</Text>
          <Text size="sm" c="dimmed">
            Its key needs one right, s3:PutObject. Where it may read too, this page shows pictures and makes
            zips.
          </Text>
          {own === undefined ? (
            hasRole(role, 'owner') ? (
              <div>
                <LinkButton to="/connections/new">Connect a bucket</LinkButton>
              </div>
            ) : (
              <Text size="sm">An owner of the team can do that.</Text>
            )
          ) : (
            <Text size="sm">
              <IconCheck size={16} style={{ verticalAlign: 'text-bottom' }} aria-hidden="true" /> {own.name}{' '}
              is there.
            </Text>
          )}
        </li>
        <li>
          <Text fw={500}>Make the page</Text>
          <Text size="sm" c="dimmed">
            Title, questions such as size and quantity, limits, a deadline. A preview shows it while you do.
          </Text>
          {hasRole(role, 'admin') ? (
            <div>
              <LinkButton
                to="/drops/new"
                search={own === undefined ? {} : { connection: own.id }}
                variant={own === undefined ? 'default' : 'filled'}
              >
                Make an order page
              </LinkButton>
            </div>
          ) : (
            <Text size="sm">An admin of the team can do that.</Text>
          )}
        </li>
        <li>
          <Text fw={500}>Share it</Text>
          <Text size="sm" c="dimmed">
            As a link, as a QR code on the counter, or inside a page of your own.
          </Text>
        </li>
      </ol>
    </Stack>
  );
};
