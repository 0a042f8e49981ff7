import { Button, Group, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Drop } from '@windlass/contract';
import { useState } from 'react';
import { DropEditor } from '../../features/drops/builder/drop-editor.tsx';
import { CloneDrop } from '../../features/drops/clone-drop.tsx';
import { DeleteDrop } from '../../features/drops/delete-drop.tsx';
import { dropViews, dropViewWords } from '../../features/drops/drop-views.ts';
import { dropPhaseWords } from '../../features/drops/drop-words.ts';
import { FormVersions } from '../../features/drops/form-versions.tsx';
import { PauseDrop } from '../../features/drops/pause-drop.tsx';
import { dropQuery } from '../../features/drops/queries.ts';
import { ShareWays } from '../../features/drops/share-drop.tsx';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import type { Versioned } from '../../lib/api.ts';
import { plural } from '../../lib/format.ts';
import { DemoMark } from '../../ui/demo-mark.tsx';
import { NotOpened } from '../../ui/not-opened.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { State } from '../../ui/state.tsx';

const route = getRouteApi('/app/drops/$dropId');

interface LoadedProps {
  loaded: Versioned<Drop>;
  refetch: () => Promise<Versioned<Drop> | undefined>;
}

const Loaded = ({ loaded, refetch }: LoadedProps) => {
  const { view = 'build' } = route.useSearch();
  const navigate = useNavigate({ from: '/drops/$dropId' });
  const { role } = useTeam();
  const mayWrite = hasRole(role, 'admin');
  const drop = loaded.value;
  // The form keeps what it was filled from: a read in the background takes nothing out of anybody's hands.
  const [held, setHeld] = useState({ ...loaded, edition: 0 });
  const again = async () => {
    const fresh = await refetch();
    if (fresh !== undefined) setHeld(({ edition }) => ({ ...fresh, edition: edition + 1 }));
  };
  const { tone, word, why } = dropPhaseWords[drop.phase];
  return (
    <>
      <PageHeader
        title={drop.title}
        aside={
          <>
            {drop.demo && <DemoMark />}
            <State tone={tone} word={word} why={why} />
          </>
        }
        about={
          <>
            <Link to="/orders" search={{ drop: drop.id }}>
              {drop.orders.total === 0 ? 'No order yet' : plural(drop.orders.total, 'order')}
            </Link>
            , into{' '}
            <Link to="/connections/$connectionId" params={{ connectionId: drop.connectionId }}>
              {drop.connectionName}
            </Link>
          </>
        }
        actions={
          <>
            <Button
              component="a"
              href={drop.url}
              target="_blank"
              rel="noreferrer"
              size="xs"
              variant="default"
              leftSection={<IconExternalLink size={16} />}
            >
              Open the page
            </Button>
            {mayWrite && (
              <PauseDrop drop={drop} onSaved={(etag) => setHeld((before) => ({ ...before, etag }))} />
            )}
          </>
        }
      />
      <Tabs
        value={view}
        onChange={(next) => {
          const chosen = dropViews.find((name) => name === next);
          void navigate({ search: (old) => ({ ...old, view: chosen === 'build' ? undefined : chosen }) });
        }}
      >
        <Tabs.List aria-label="Parts of the order page" mb={24}>
          {dropViews.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {dropViewWords[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="build">
          {mayWrite ? (
            <DropEditor key={held.edition} drop={held.value} etag={held.etag} onSaved={() => void again()} />
          ) : (
            <Text c="dimmed">Admins and owners of the team change an order page.</Text>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="share" maw={720}>
          <ShareWays drop={drop} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" maw={720}>
          <Stack gap={24}>
            <FormVersions drop={drop} />
            {mayWrite && (
              <div className="wl-card">
                <Section title="Clone or delete">
                  <Group gap={8}>
                    <CloneDrop drop={drop} />
                    <DeleteDrop drop={drop} />
                  </Group>
                </Section>
              </div>
            )}
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </>
  );
};

/** One order page: build it, share it, look back. */
export const DropScreen = () => {
  const { dropId } = route.useParams();
  const { teamId } = useTeam();
  const query = useQuery(dropQuery(teamId, dropId));
  if (query.isPending) {
    return (
      <Stack gap={16} role="status" aria-label="Loading the order page">
        <Skeleton height={28} width={240} />
        <Skeleton height={360} />
      </Stack>
    );
  }
  if (query.data === undefined) {
    return (
      <NotOpened
        title="Order page"
        error={query.error}
        retry={() => void query.refetch()}
        back={{ to: '/drops', label: 'To the order pages' }}
      />
    );
  }
  return <Loaded key={dropId} loaded={query.data} refetch={async () => (await query.refetch()).data} />;
};
