import { Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListView } from '../../ui/list-view.tsx';
import { Section } from '../../ui/section.tsx';
import { sourcesQuery } from '../sources/queries.ts';
import { SourceList } from '../sources/source-list.tsx';
import { hasRole } from '../teams/choose-team.ts';
import { useTeam } from '../teams/current-team.tsx';

/** The image sources that stand on a connection. */
export const SourcesOnIt = ({ connectionId }: { connectionId: string }) => {
  const { teamId, role } = useTeam();
  const query = useInfiniteQuery(sourcesQuery(teamId, connectionId));
  return (
    <Section
      title="Image sources on it"
      actions={
        hasRole(role, 'admin') && (
          <LinkButton
            to="/sources/new"
            search={{ connection: connectionId }}
            variant="default"
            leftSection={<IconPlus size={16} />}
          >
            New source
          </LinkButton>
        )
      }
    >
      <ListView what="sources" query={query} empty={<Text c="dimmed">None.</Text>}>
        {(sources) => <SourceList sources={sources} />}
      </ListView>
    </Section>
  );
};
