import { Skeleton, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Source } from '@windlass/contract';
import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListView } from '../../ui/list-view.tsx';
import { Section } from '../../ui/section.tsx';
import { sourceObjectsQuery, sourcesQuery } from '../sources/queries.ts';
import { Thumbnail } from '../sources/thumbnail.tsx';
import { useTeam } from '../teams/current-team.tsx';

const mostPictures = 12;
const mostSources = 3;

const skeleton = (
  <div className="wl-pictures">
    {[0, 1, 2, 3, 4, 5].map((box) => (
      <Skeleton key={box} style={{ aspectRatio: '4 / 3' }} />
    ))}
  </div>
);

const PicturesOf = ({ source }: { source: Source }) => {
  const { teamId } = useTeam();
  const query = useInfiniteQuery({
    ...sourceObjectsQuery(teamId, source.id, ''),
    // The overview shows the first page alone.
    getNextPageParam: () => undefined,
  });
  return (
    <Section
      title={`Pictures in ${source.name}`}
      actions={
        <Link
          to="/sources/$sourceId"
          params={{ sourceId: source.id }}
          style={{ color: 'var(--mantine-color-anchor)' }}
        >
          Open the preview
        </Link>
      }
    >
      <ListView
        what="pictures"
        query={query}
        skeleton={skeleton}
        empty={<Text c="dimmed">No objects below it yet.</Text>}
      >
        {(objects) => (
          <ul className="wl-pictures" aria-label={`Pictures in ${source.name}`}>
            {objects
              .filter(({ image }) => image)
              .toSorted((a, b) => b.lastModified.localeCompare(a.lastModified))
              .slice(0, mostPictures)
              .map((object) => (
                <li key={object.path}>
                  <Link
                    to="/sources/$sourceId"
                    params={{ sourceId: source.id }}
                    search={{ path: object.path }}
                    className="wl-picture"
                    title={object.path}
                  >
                    <Thumbnail source={source} object={object} width={240} height={180} />
                  </Link>
                </li>
              ))}
          </ul>
        )}
      </ListView>
    </Section>
  );
};

/** Pictures, not rows: what the first sources serve. */
export const LatelyPictures = () => {
  const { teamId } = useTeam();
  const query = useInfiniteQuery(sourcesQuery(teamId));
  return (
    <ListView
      what="sources"
      query={{ ...query, hasNextPage: false }}
      skeleton={skeleton}
      empty={
        <Empty title="No pictures yet" action={<LinkButton to="/sources">To images</LinkButton>}>
          Pictures show up here once an image source stands on a connection.
        </Empty>
      }
    >
      {(sources) =>
        sources.slice(0, mostSources).map((source) => <PicturesOf key={source.id} source={source} />)
      }
    </ListView>
  );
};
