import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lookUpInvitation } from '@windlass/contract';
import { useEffect, useState } from 'react';
import { AcceptInvitation } from '../../features/account/accept-invitation.tsx';
import { takeInvitationToken } from '../../features/account/invitation-token.ts';
import { meQuery } from '../../features/account/queries.ts';
import { call } from '../../lib/api.ts';
import { stripFragment } from '../../lib/fragment-token.ts';
import { Alone } from '../../ui/alone.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Since } from '../../ui/since.tsx';

/** Looks the link up and lets a person join, as who they are or with a new account. */
export const InvitationScreen = () => {
  const [token] = useState(takeInvitationToken);
  useEffect(stripFragment, []);
  const me = useQuery({ ...meQuery, retry: false });
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call(lookUpInvitation, { body: { token: token ?? '' }, signal }),
    enabled: token !== null,
    retry: false,
  });
  if (token === null) {
    return (
      <Alone>
        <div>
          <PageHeader title="This link is not whole" />
          <Text>
            The part after # is missing. Copy the whole link from the message that you got, and open it again.
          </Text>
        </div>
      </Alone>
    );
  }
  if (invitation.isError) {
    return (
      <Alone>
        <PageHeader title="Invitation" />
        <ProblemNotice error={invitation.error} retry={() => void invitation.refetch()} />
      </Alone>
    );
  }
  if (invitation.data === undefined || me.isPending) {
    return (
      <Alone>
        <Stack gap={12} aria-busy="true" aria-label="Looking the invitation up">
          <Skeleton height={28} width="70%" />
          <Skeleton height={20} />
          <Skeleton height={36} />
        </Stack>
      </Alone>
    );
  }
  const { teamName, role, invitedBy, expiresAt, email } = invitation.data;
  return (
    <Alone>
      <Stack gap={16}>
        <PageHeader
          title={`Join ${teamName}`}
          about={
            <>
              {invitedBy} invites you as {role}. The link ends <Since time={expiresAt} />.
            </>
          }
        />
        <AcceptInvitation token={token} email={email} me={me.data} />
      </Stack>
    </Alone>
  );
};
