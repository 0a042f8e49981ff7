import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Connection } from '@windlass/contract';
import { needsPerson, whyOf } from '../../lib/connection-state.ts';
import { plural } from '../../lib/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Section } from '../../ui/section.tsx';
import { ConnectionStateView } from '../../ui/state.tsx';
import { connectionChoicesQuery } from '../connections/queries.ts';
import { waitingOrdersQuery } from '../orders/queries.ts';
import { hasRole } from '../teams/choose-team.ts';
import { useTeam } from '../teams/current-team.tsx';

const One = ({ connection }: { connection: Connection }) => {
  const next = connection.state === 'incomplete' ? 'Set credentials' : 'See the check';
  return (
    <div className="wl-notice" data-tone="attention">
      <Group justify="space-between" gap={12}>
        <div style={{ flex: '1 1 240px', minWidth: 0 }}>
          <Group gap={12}>
            <Text fw={600}>{connection.name}</Text>
            <ConnectionStateView state={connection.state} since={connection.stateSince} />
          </Group>
          <Text size="sm">{whyOf(connection.state, connection.lastCheck)}</Text>
        </div>
        <LinkButton
          to="/connections/$connectionId"
          params={{ connectionId: connection.id }}
          variant="default"
          aria-label={`${next}: ${connection.name}`}
        >
          {next}
        </LinkButton>
      </Group>
    </div>
  );
};

const FirstOwn = () => (
  <div className="wl-notice">
    <Group justify="space-between" gap={12}>
      <div style={{ flex: '1 1 240px', minWidth: 0 }}>
        <Text fw={600}>Connect a bucket of your own</Text>
        <Text size="sm">
          A name, an endpoint and a key; the check then shows row by row what the key can do.
        </Text>
      </div>
      <LinkButton to="/connections/new">Connect a bucket</LinkButton>
    </Group>
  </div>
);

/** Orders that nobody has taken up yet. */
const Orders = ({ count, more }: { count: number; more: boolean }) => (
  <div className="wl-notice" data-tone="attention">
    <Group justify="space-between" gap={12}>
      <Text fw={600} style={{ flex: '1 1 240px' }}>
        {more
          ? `More than ${plural(count, 'order')} wait`
          : `${plural(count, 'order')} ${count === 1 ? 'waits' : 'wait'}`}
      </Text>
      <LinkButton to="/orders" search={{ state: 'received' }} variant="default">
        See {count === 1 ? 'it' : 'them'}
      </LinkButton>
    </Group>
  </div>
);

/** What waits for a person: orders, broken connections, and the first own one. Nothing when there is nothing. */
export const NeedsYou = () => {
  const { teamId, role } = useTeam();
  const { data } = useQuery(connectionChoicesQuery(teamId));
  const { data: orders } = useQuery(waitingOrdersQuery(teamId));
  if (data === undefined) return null;
  const waiting = data.items.filter(needsPerson);
  const firstOwn = hasRole(role, 'owner') && data.items.every(({ demo }) => demo);
  const received = orders?.items.length ?? 0;
  if (waiting.length === 0 && received === 0 && !firstOwn) return null;
  return (
    <Section title="Needs you">
      <Stack gap={8}>
        {received > 0 && <Orders count={received} more={orders?.nextCursor !== null} />}
        {waiting.map((connection) => (
          <One key={connection.id} connection={connection} />
        ))}
        {firstOwn && <FirstOwn />}
      </Stack>
    </Section>
  );
};
