import { Anchor, Skeleton, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Source } from '@windlass/contract';
import { CachePanel } from '../../features/sources/cache/cache-panel.tsx';
import { sourceQuery } from '../../features/sources/queries.ts';
import { SettingsPanel } from '../../features/sources/settings/settings-panel.tsx';
import { sourceViews, sourceViewWords } from '../../features/sources/source-views.ts';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { DemoMark } from '../../ui/demo-mark.tsx';
import { Middle } from '../../ui/middle.tsx';
import { NotOpened } from '../../ui/not-opened.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ExplorePanel } from './explore-panel.tsx';

const route = getRouteApi('/app/sources/$sourceId');

/** The address of a source, and what is behind it. */
const About = ({ source }: { source: Source }) => (
  <>
    <Middle text={source.hostUrl ?? source.baseUrl} longest={64} mono />{' '}
    {source.connectionId === null ? (
      <>
        out of <Middle text={source.webBaseUrl ?? ''} longest={48} mono />
      </>
    ) : (
      <>
        on{' '}
        <Anchor component={Link} to={`/connections/${source.connectionId}`} underline="always" inherit>
          <Middle text={source.connectionName ?? ''} longest={32} />
        </Anchor>
      </>
    )}
  </>
);

/** One source: explore its pictures, see what is asked of it, set it up. */
export const SourceScreen = () => {
  const { sourceId } = route.useParams();
  const { view = 'explore', path } = route.useSearch();
  const navigate = useNavigate({ from: '/sources/$sourceId' });
  const { teamId, role } = useTeam();
  const query = useQuery(sourceQuery(teamId, sourceId));
  if (query.isPending) {
    return (
      <Stack gap={16} role="status" aria-label="Loading the source">
        <Skeleton height={28} width={240} />
        <Skeleton height={360} />
      </Stack>
    );
  }
  if (query.data === undefined) {
    return (
      <NotOpened
        title="Image source"
        error={query.error}
        retry={() => void query.refetch()}
        back={{ to: '/sources', label: 'To the sources' }}
      />
    );
  }
  const { value: source, etag } = query.data;
  const mayWrite = hasRole(role, 'admin');
  return (
    <>
      <PageHeader title={source.name} about={<About source={source} />} aside={source.demo && <DemoMark />} />
      <Tabs
        value={view}
        onChange={(next) => {
          const chosen = sourceViews.find((name) => name === next);
          void navigate({
            search: (old) => ({ ...old, view: chosen === 'explore' ? undefined : chosen }),
            resetScroll: false,
          });
        }}
        keepMounted={false}
      >
        <Tabs.List aria-label="Parts of the source" mb={24}>
          {sourceViews.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {sourceViewWords[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="explore">
          <ExplorePanel source={source} etag={etag} mayWrite={mayWrite} />
        </Tabs.Panel>
        <Tabs.Panel value="cache">
          <CachePanel source={source} mayWrite={mayWrite} path={path} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <SettingsPanel source={source} etag={etag} mayWrite={mayWrite} path={path} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
};
