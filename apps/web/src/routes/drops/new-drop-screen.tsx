import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { connectionChoicesQuery } from '../../features/connections/queries.ts';
import { takesOrders } from '../../features/connections/takes-uploads.ts';
import { NewDropForm } from '../../features/drops/builder/new-drop-form.tsx';
import { FirstDrop } from '../../features/drops/first-drop.tsx';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const route = getRouteApi('/app/drops/new');

/** Makes an order page; then shows how to share it. */
export const NewDropScreen = () => {
  const { teamId, role } = useTeam();
  const { connection } = route.useSearch();
  const navigate = useNavigate();
  const choices = useQuery(connectionChoicesQuery(teamId));
  const content = () => {
    if (!hasRole(role, 'admin')) {
      return (
        <Empty
          title="Only admins and owners make order pages"
          action={<LinkButton to="/drops">See the order pages</LinkButton>}
        >
          Ask one of them; they are listed on the team page.
        </Empty>
      );
    }
    if (choices.isPending) return <Skeleton height={360} role="status" aria-label="Loading connections" />;
    if (choices.data === undefined)
      return <ProblemNotice error={choices.error} retry={() => void choices.refetch()} />;
    // Without a bucket there is nowhere to send files: the first step comes first.
    if (!choices.data.items.some(takesOrders)) return <FirstDrop />;
    const first = connection ?? choices.data.items.find(takesOrders)?.id ?? '';
    return (
      <NewDropForm
        connectionId={first}
        onMade={({ id }) =>
          void navigate({
            to: '/drops/$dropId',
            params: { dropId: id },
            search: { view: 'share' },
            // The form still holds what is stored by now.
            ignoreBlocker: true,
          })
        }
      />
    );
  };
  return (
    <>
      <PageHeader title="New order page" about="It can be changed at any time, also while orders come in." />
      {content()}
    </>
  );
};
