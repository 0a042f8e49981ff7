import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { providers, type Connection } from '@windlass/contract';
import { whyOf } from '../../lib/connection-state.ts';
import { plural } from '../../lib/format.ts';
import { Middle } from '../../ui/middle.tsx';
import { Since } from '../../ui/since.tsx';
import { ConnectionStateView } from '../../ui/state.tsx';
import { DemoMark } from '../../ui/demo-mark.tsx';

const columns = 'minmax(0, 2fr) minmax(0, 2fr) 136px 120px';

/** Connections as rows: name and provider, bucket, what stands on it, state since when. */
export const ConnectionList = ({ connections }: { connections: readonly Connection[] }) => (
  <ul className="wl-rows" aria-label="Connections">
    {connections.map((connection) => (
      <li key={connection.id} className="wl-row" style={{ gridTemplateColumns: columns }}>
        <div>
          <Link
            to="/connections/$connectionId"
            params={{ connectionId: connection.id }}
            className="wl-row-main"
          >
            {connection.name}
          </Link>
          <Text size="xs" c="dimmed" component="div">
            {providers[connection.provider].name} {connection.demo && <DemoMark />}
          </Text>
        </div>
        <div>
          <Middle text={connection.bucket} longest={36} mono />
          {connection.prefix !== '' && (
            <Text size="xs" c="dimmed" component="div">
              below <Middle text={connection.prefix} longest={40} mono />
            </Text>
          )}
        </div>
        <Text size="sm">{plural(connection.sourceCount, 'source')}</Text>
        <div>
          <ConnectionStateView
            state={connection.state}
            since={connection.stateSince}
            why={whyOf(connection.state, connection.lastCheck)}
          />
          <Text size="xs" c="dimmed">
            <Since time={connection.stateSince} />
          </Text>
        </div>
      </li>
    ))}
  </ul>
);
