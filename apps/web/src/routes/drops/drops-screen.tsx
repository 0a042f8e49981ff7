import { Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { DropCard } from '../../features/drops/drop-card.tsx';
import { DropSections } from '../../features/drops/drop-sections.tsx';
import { FirstDrop } from '../../features/drops/first-drop.tsx';
import { dropsQuery } from '../../features/drops/queries.ts';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListView } from '../../ui/list-view.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

const skeleton = (
  <div className="wl-drops">
    {[0, 1, 2].map((card) => (
      <Skeleton key={card} height={208} />
    ))}
  </div>
);

/** The team's order pages. */
export const DropsScreen = () => {
  const { teamId, role } = useTeam();
  const query = useInfiniteQuery(dropsQuery(teamId));
  const mayWrite = hasRole(role, 'admin');
  // The empty list leads to the first one by itself.
  const empty = query.data?.pages[0]?.items.length === 0;
  return (
    <>
      <PageHeader
        title="Drops"
        about="Order pages: customers send files and wishes without an account, straight into your bucket."
        actions={
          mayWrite &&
          !empty && (
            <LinkButton to="/drops/new" leftSection={<IconPlus size={16} />}>
              New order page
            </LinkButton>
          )
        }
      />
      <DropSections />
      <ListView what="order pages" query={query} skeleton={skeleton} empty={<FirstDrop />}>
        {(drops) => (
          <ul className="wl-drops" aria-label="Order pages">
            {drops.map((drop) => (
              <DropCard key={drop.id} drop={drop} mayWrite={mayWrite} />
            ))}
          </ul>
        )}
      </ListView>
    </>
  );
};
