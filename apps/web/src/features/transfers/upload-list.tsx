import { ActionIcon, Group, Progress, Text, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import type { UploadItem, UploadItemState } from '@windlass/transfer';
import { useState } from 'react';
import { formatBytes } from '../../lib/format.ts';
import { State } from '../../ui/state.tsx';
import { itemStateWords } from './transfer-words.ts';
import type { UploadSession } from './upload-session.ts';
import { visibleRows } from './visible-rows.ts';

/** CSS pixels of a row; the style sheet has the same. */
const rowHeight = 56;
/** Ends within a row, so that it shows that there is more. */
const windowHeight = 360;

interface RowProps {
  item: UploadItem;
  place: number;
  count: number;
  session: UploadSession;
}

/** What can be done about a file in each state. */
const toolsOf: Readonly<Record<UploadItemState, readonly string[]>> = {
  waiting: ['pause', 'cancel'],
  preparing: ['pause', 'cancel'],
  sending: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  failed: ['retry', 'cancel'],
  completing: [],
  done: [],
  cancelled: [],
};

const Tools = ({ item, session }: Pick<RowProps, 'item' | 'session'>) => {
  const { id, name, state } = item;
  const looks = {
    pause: { label: `Pause ${name}`, Icon: IconPlayerPause, act: () => session.pause(id) },
    resume: { label: `Resume ${name}`, Icon: IconPlayerPlay, act: () => session.resume(id) },
    retry: { label: `Try ${name} again`, Icon: IconRefresh, act: () => session.retry(id) },
    cancel: { label: `Cancel ${name}`, Icon: IconX, act: () => session.cancel(id) },
  } as const;
  return (
    <Group gap={0} wrap="nowrap">
      {Object.entries(looks).map(
        ([tool, { label, Icon, act }]) =>
          toolsOf[state].includes(tool) && (
            <ActionIcon key={tool} variant="subtle" color="gray" aria-label={label} onClick={act}>
              <Icon size={16} />
            </ActionIcon>
          ),
      )}
    </Group>
  );
};

const Row = ({ item, place, count, session }: RowProps) => {
  const { tone, word } = itemStateWords[item.state];
  const moving = item.state === 'sending' || item.state === 'completing' || item.state === 'paused';
  return (
    <li
      className="wl-upload"
      style={{ top: place * rowHeight, height: rowHeight }}
      aria-posinset={place + 1}
      aria-setsize={count}
    >
      <div style={{ minWidth: 0, flex: 1 }}>
        <span className="wl-clip" title={item.name}>
          {item.name}
        </span>
        {item.error !== null ? (
          <Tooltip label={`${item.error.detail} ${item.error.next}`}>
            <Text size="xs" c="var(--mantine-color-error)" className="wl-clip" tabIndex={0}>
              {item.error.detail}
            </Text>
          </Tooltip>
        ) : moving ? (
          <Progress
            size="sm"
            mt={6}
            value={item.size === 0 ? 100 : (item.bytesSent / item.size) * 100}
            aria-label={`Progress of ${item.name}`}
          />
        ) : (
          <Text size="xs" c="dimmed">
            {formatBytes(item.size)}
          </Text>
        )}
      </div>
      <State tone={tone} word={word} busy={item.state === 'sending'} />
      <Tools item={item} session={session} />
    </li>
  );
};

/** Files on their way. Thousands of them cost no more than those in sight. */
export const UploadList = ({ items, session }: { items: readonly UploadItem[]; session: UploadSession }) => {
  const [top, setTop] = useState(0);
  // What failed is not to be searched for among thousands.
  const ordered = [
    ...items.filter(({ state }) => state === 'failed'),
    ...items.filter(({ state }) => state !== 'failed'),
  ];
  const { first, last } = visibleRows({ top, height: windowHeight, rowHeight, count: items.length });
  return (
    // A region that scrolls is reached by the keyboard (axe: scrollable-region-focusable).
    <div
      className="wl-uploads"
      style={{ maxHeight: windowHeight }}
      role="region"
      aria-label="Files being uploaded"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
    >
      <ul style={{ height: items.length * rowHeight }}>
        {ordered.slice(first, last).map((item, index) => (
          <Row key={item.id} item={item} place={first + index} count={items.length} session={session} />
        ))}
      </ul>
    </div>
  );
};
