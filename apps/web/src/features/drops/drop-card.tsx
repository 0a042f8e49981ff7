import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Drop } from '@windlass/contract';
import { formatBytes, plural } from '../../lib/format.ts';
import { Copy } from '../../ui/copy.tsx';
import { DemoMark } from '../../ui/demo-mark.tsx';
import { Since } from '../../ui/since.tsx';
import { State } from '../../ui/state.tsx';
import { dropPhaseWords, retentionWords } from './drop-words.ts';
import { PauseDrop } from './pause-drop.tsx';
import { ShareDrop } from './share-drop.tsx';

/** What a page has of orders, as the way to them. */
const Orders = ({ drop }: { drop: Drop }) => (
  <Text size="sm" component="div">
    <Link to="/orders" search={{ drop: drop.id }}>
      {drop.orders.total === 0 ? 'No order yet' : plural(drop.orders.total, 'order')}
    </Link>
    {drop.orders.total > 0 && `, ${drop.orders.open} open, ${formatBytes(drop.orders.bytes)}`}
  </Text>
);

/** One order page: whether it takes orders, what came, and how to give it away. */
export const DropCard = ({ drop, mayWrite }: { drop: Drop; mayWrite: boolean }) => {
  const { tone, word, why } = dropPhaseWords[drop.phase];
  const files = retentionWords[drop.retention.state];
  return (
    <li className="wl-card wl-drop" style={{ borderTop: `3px solid ${drop.color}` }}>
      <Stack gap={12} h="100%">
        <Group justify="space-between" gap={8} align="flex-start" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Link to="/drops/$dropId" params={{ dropId: drop.id }} className="wl-row-main">
              {drop.title}
            </Link>
            <Text size="xs" c="dimmed" component="div">
              into {drop.connectionName} {drop.demo && <DemoMark />}
            </Text>
          </div>
          <State tone={tone} word={word} why={why} />
        </Group>
        <div>
          <Orders drop={drop} />
          <Text size="xs" c="dimmed" component="div">
            {drop.closesAt === null ? (
              'No deadline'
            ) : (
              <>
                {drop.phase === 'closed' || drop.phase === 'late' ? 'Deadline was ' : 'Deadline '}
                <Since time={drop.closesAt} />
              </>
            )}
            {drop.retentionDays !== null && ` · files go after ${plural(drop.retentionDays, 'day')}`}
          </Text>
          {drop.retentionDays !== null && files.tone === 'attention' && (
            <Text size="xs" component="div">
              <State tone={files.tone} word={files.word} why={drop.retention.detail} />
            </Text>
          )}
        </div>
        <Group gap={4} wrap="nowrap" mt="auto">
          <Anchor href={drop.url} target="_blank" rel="noreferrer" size="sm" className="wl-clip">
            {drop.url.replace(/^https?:\/\//, '')}
          </Anchor>
          <Copy text={drop.url} what={`link of ${drop.title}`} />
        </Group>
        <Group gap={8}>
          <ShareDrop drop={drop} />
          {mayWrite && <PauseDrop drop={drop} />}
        </Group>
      </Stack>
    </li>
  );
};
