import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ConnectionEventEntry } from '@windlass/contract';
import { ListView } from '../../ui/list-view.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';
import { ConnectionStateView } from '../../ui/state.tsx';
import { useTeam } from '../teams/current-team.tsx';
import { connectionEventsQuery } from './queries.ts';

const triggerWords: Record<ConnectionEventEntry['trigger'], string> = {
  person: 'a check asked for by hand',
  schedule: 'a scheduled check',
  browser: 'a try from a browser',
  change: 'a change of settings or credentials',
};

/** When the connection changed its state, and what found it. */
export const StateHistory = ({ connectionId }: { connectionId: string }) => {
  const { teamId } = useTeam();
  const query = useInfiniteQuery(connectionEventsQuery(teamId, connectionId));
  return (
    <Section title="History" about="Changes of state, the newest first.">
      <ListView what="changes" query={query} empty={<Text c="dimmed">It has not changed yet.</Text>}>
        {(events) => (
          <ul className="wl-rows" aria-label="Changes of state">
            {events.map(({ id, at, to, trigger, cause }) => (
              <li key={id} className="wl-row wl-check-row">
                <ConnectionStateView state={to} />
                <Text size="sm">{cause === '' ? `Found by ${triggerWords[trigger]}.` : cause}</Text>
                <Text size="xs" c="dimmed" component="div">
                  <Since time={at} />
                </Text>
              </li>
            ))}
          </ul>
        )}
      </ListView>
    </Section>
  );
};
