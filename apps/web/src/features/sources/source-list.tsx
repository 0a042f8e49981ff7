import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Source } from '@windlass/contract';
import { DemoMark } from '../../ui/demo-mark.tsx';
import { Middle } from '../../ui/middle.tsx';
import { State } from '../../ui/state.tsx';
import { UsageToday } from './cache/usage-today.tsx';

const columns = 'minmax(0, 3fr) minmax(0, 2fr) 176px 96px';

/** Sources as rows: name and address, where its originals are, what was asked today, secured or public. */
export const SourceList = ({ sources }: { sources: readonly Source[] }) => (
  <ul className="wl-rows" aria-label="Image sources">
    {sources.map((source) => (
      <li key={source.id} className="wl-row" style={{ gridTemplateColumns: columns }}>
        <div>
          <Link to="/sources/$sourceId" params={{ sourceId: source.id }} className="wl-row-main">
            {source.name}
          </Link>
          <Text size="xs" c="dimmed" component="div">
            <Middle text={source.hostUrl ?? source.baseUrl} longest={56} mono /> {source.demo && <DemoMark />}
          </Text>
        </div>
        <Text size="sm" component="div">
          {source.connectionId === null ? (
            <Middle text={source.webBaseUrl ?? ''} longest={32} mono />
          ) : (
            <Link
              to="/connections/$connectionId"
              params={{ connectionId: source.connectionId }}
              style={{ color: 'inherit' }}
            >
              <Middle text={source.connectionName ?? ''} longest={32} />
            </Link>
          )}
          {source.prefix !== '' && (
            <Text size="xs" c="dimmed" component="div">
              below <Middle text={source.prefix} longest={32} mono />
            </Text>
          )}
        </Text>
        <UsageToday source={source} />
        {source.secured ? (
          <State tone="ok" word="Signed" why="Only signed URLs are served." />
        ) : (
          <State tone="unknown" word="Public" why="Anybody who knows a path may ask for any size." />
        )}
      </li>
    ))}
  </ul>
);
