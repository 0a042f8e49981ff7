import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { sourcesQuery } from '../../features/sources/queries.ts';
import { SourceList } from '../../features/sources/source-list.tsx';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListView } from '../../ui/list-view.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** The team's image sources. */
export const SourcesScreen = () => {
  const { teamId, role } = useTeam();
  const query = useInfiniteQuery(sourcesQuery(teamId));
  const make = hasRole(role, 'admin') ? (
    <LinkButton to="/sources/new" leftSection={<IconPlus size={16} />}>
      New source
    </LinkButton>
  ) : undefined;
  // The empty list has the button already.
  const empty = query.data?.pages[0]?.items.length === 0;
  return (
    <>
      <PageHeader
        title="Images"
        about="A source serves the pictures of a bucket or a web folder in any size and format, by URL."
        actions={empty ? undefined : make}
      />
      <ListView
        what="sources"
        query={query}
        empty={
          <Empty title="No image source" action={make}>
            Name a source on one of your connections, or on a folder of the web; every picture in it then has
            a URL that takes a width, a format and more.
          </Empty>
        }
      >
        {(sources) => <SourceList sources={sources} />}
      </ListView>
    </>
  );
};
