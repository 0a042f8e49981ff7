import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { providers } from '@windlass/contract';
import { CheckPanel } from '../../features/connections/check-panel.tsx';
import { CredentialsCard } from '../../features/connections/credentials-card.tsx';
import { DeleteConnection } from '../../features/connections/delete-connection.tsx';
import { connectionQuery } from '../../features/connections/queries.ts';
import { SettingsForm } from '../../features/connections/settings-form.tsx';
import { SourcesOnIt } from '../../features/connections/sources-on-it.tsx';
import { StateHistory } from '../../features/connections/state-history.tsx';
import { Provisioned } from '../../features/provisioning/provisioned.tsx';
import { Grants } from '../../features/transfers/grants/grants.tsx';
import { Ledger } from '../../features/transfers/ledger.tsx';
import { UploadCard } from '../../features/transfers/upload-card.tsx';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { whyOf } from '../../lib/connection-state.ts';
import { DemoMark } from '../../ui/demo-mark.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { NotOpened } from '../../ui/not-opened.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ConnectionStateView } from '../../ui/state.tsx';

const route = getRouteApi('/app/connections/$connectionId');

/** One connection: its check, credentials, settings and what stands on it. */
export const ConnectionScreen = () => {
  const { connectionId } = route.useParams();
  const { teamId, role } = useTeam();
  const query = useQuery(connectionQuery(teamId, connectionId));
  if (query.isPending) {
    return (
      <Stack gap={16} role="status" aria-label="Loading the connection">
        <Skeleton height={28} width={240} />
        <Skeleton height={320} />
      </Stack>
    );
  }
  if (query.data === undefined) {
    return (
      <NotOpened
        title="Connection"
        error={query.error}
        retry={() => void query.refetch()}
        back={{ to: '/connections', label: 'To the connections' }}
      />
    );
  }
  const { value: connection, etag } = query.data;
  const mayWrite = hasRole(role, 'owner');
  return (
    <>
      <PageHeader
        title={connection.name}
        about={`${providers[connection.provider].name}, bucket ${connection.bucket}`}
        aside={
          <>
            {connection.demo && <DemoMark />}
            <ConnectionStateView
              state={connection.state}
              since={connection.stateSince}
              why={whyOf(connection.state, connection.lastCheck)}
            />
          </>
        }
        actions={
          mayWrite && (
            <>
              <LinkButton
                to="/connections/new"
                search={{ made: connection.id, step: 'rights' }}
                variant={connection.state === 'incomplete' ? 'filled' : 'default'}
              >
                {connection.state === 'incomplete' ? 'Go on setting it up' : 'Policy and set-up'}
              </LinkButton>
              <DeleteConnection connection={connection} />
            </>
          )
        }
      />
      <div className="wl-two">
        <Stack gap={32} miw={0}>
          <CheckPanel
            teamId={teamId}
            connectionId={connection.id}
            lastCheck={connection.lastCheck}
            mayRun={mayWrite}
            blocked={
              connection.credentials === null ? 'Set credentials first: there is nothing to probe with.' : ''
            }
          />
          {connection.credentials !== null && <UploadCard connection={connection} />}
          <Ledger connectionId={connection.id} />
          <SourcesOnIt connectionId={connection.id} />
          <StateHistory connectionId={connection.id} />
        </Stack>
        <Stack gap={24} miw={0}>
          <CredentialsCard connection={connection} mayWrite={mayWrite} />
          <Grants connection={connection} />
          {mayWrite && <Provisioned connection={connection} />}
          <SettingsForm key={etag} connection={connection} etag={etag} mayWrite={mayWrite} />
        </Stack>
      </div>
    </>
  );
};
