import { Button, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { revokeSession, type Session } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { nameUserAgent } from '../../lib/user-agent.ts';
import { ListView } from '../../ui/list-view.tsx';
import { Middle } from '../../ui/middle.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { State } from '../../ui/state.tsx';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import { sessionsQuery } from './queries.ts';

const Row = ({ session }: { session: Session }) => {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => call(revokeSession, { params: { sessionId: session.id } }),
    onSuccess: () => toastDone('That session has ended.'),
    onError: toastProblem,
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <li className="wl-row" style={{ gridTemplateColumns: 'minmax(0, 1fr) 152px 112px' }}>
      <div>
        <Text title={session.userAgent}>
          <Middle text={nameUserAgent(session.userAgent)} longest={48} />
        </Text>
        <Text size="xs" c="dimmed" component="div">
          from {session.address}, signed in <Since time={session.createdAt} />
        </Text>
      </div>
      <Text size="xs" c="dimmed" component="div">
        <div>
          seen <Since time={session.lastSeenAt} />
        </div>
        <div>
          ends <Since time={session.expiresAt} />
        </div>
      </Text>
      <div className="wl-row-end">
        {session.current ? (
          <State tone="ok" word="This one" />
        ) : (
          <Button
            size="xs"
            variant="default"
            aria-label={`End the session of ${nameUserAgent(session.userAgent)} from ${session.address}`}
            loading={end.isPending}
            onClick={() => end.mutate()}
          >
            End
          </Button>
        )}
      </div>
    </li>
  );
};

/** Where one is signed in; each can be ended. */
export const Sessions = () => {
  const query = useInfiniteQuery(sessionsQuery);
  return (
    <Section
      title="Sessions"
      id="sessions"
      about="Where you are signed in. End what you do not know, then change your password."
    >
      <ListView what="sessions" query={query} empty={<Text c="dimmed">None.</Text>}>
        {(sessions) => (
          <ul className="wl-rows" aria-label="Sessions">
            {sessions.map((session) => (
              <Row key={session.id} session={session} />
            ))}
          </ul>
        )}
      </ListView>
    </Section>
  );
};
