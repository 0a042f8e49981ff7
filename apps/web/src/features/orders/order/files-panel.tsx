import { Button, Chip, Group, Stack, Text, Title } from '@mantine/core';
import type { Order, OrderFile } from '@windlass/contract';
import { useState } from 'react';
import { formatBytes, plural } from '../../../lib/format.ts';
import { Section } from '../../../ui/section.tsx';
import { shortAnswer } from './answer-text.ts';
import { FileTile } from './file-tile.tsx';
import { FileViewer } from './file-viewer.tsx';
import { groupable, groupedBy, groupFiles, type FileGroup } from './group-files.ts';

interface FilesPanelProps {
  order: Order;
  /** Questions that files are grouped by, joined by commas; `none` for one list. */
  by: string | undefined;
  onBy: (by: string) => void;
}

/** Tiles that are there at once; more are added when asked for. */
const step = 200;

const GroupBy = ({ order, by, onBy }: FilesPanelProps) => {
  const questions = groupable(order.form.fields);
  const chosen = groupedBy(order.form.fields, by);
  if (questions.length === 0) return null;
  return (
    <Group gap={8} role="group" aria-label="Group files by">
      <Text size="sm" c="dimmed">
        Grouped by
      </Text>
      {questions.map(({ id, label }) => (
        <Chip
          key={id}
          size="xs"
          checked={chosen.includes(id)}
          onChange={(checked) => {
            const next = checked ? [...chosen, id] : chosen.filter((one) => one !== id);
            onBy(next.length === 0 ? 'none' : next.join(','));
          }}
        >
          {label}
        </Chip>
      ))}
    </Group>
  );
};

interface OneGroupProps {
  group: FileGroup;
  /** Chips are for what the group's name does not say. */
  chipsOf: (file: OrderFile) => string[];
  onOpen: (file: OrderFile) => void;
}

const OneGroup = ({ group, chipsOf, onOpen }: OneGroupProps) => {
  const [shown, setShown] = useState(step);
  const bytes = group.files.reduce((sum, { size }) => sum + size, 0);
  return (
    <Stack gap={8}>
      {group.name !== '' && (
        <Title order={3}>
          {group.name}
          <Text component="span" size="sm" c="dimmed" fw={400}>
            {' '}
            {plural(group.files.length, 'file')}, {formatBytes(bytes)}
          </Text>
        </Title>
      )}
      <ul className="wl-tiles" aria-label={group.name === '' ? 'Files' : `Files: ${group.name}`}>
        {group.files.slice(0, shown).map((file) => (
          <FileTile key={file.id} file={file} chips={chipsOf(file)} onOpen={() => onOpen(file)} />
        ))}
      </ul>
      {group.files.length > shown && (
        <Button variant="default" size="xs" w="fit-content" onClick={() => setShown(shown + step)}>
          {Math.min(step, group.files.length - shown)} more of {group.files.length}
        </Button>
      )}
    </Stack>
  );
};

/** The files of an order, grouped as they are made: all of one size, finish and number together. */
export const FilesPanel = ({ order, by, onBy }: FilesPanelProps) => {
  const [at, setAt] = useState<number | null>(null);
  const fields = order.form.fields.filter(({ scope }) => scope === 'file');
  const grouping = groupedBy(order.form.fields, by);
  const groups = groupFiles(order.items, fields, grouping);
  // The viewer goes through the files in the order in which they are seen.
  const seen = groups.flatMap(({ files }) => files);
  const chipsOf = (file: OrderFile) =>
    fields
      .filter(({ id }) => !grouping.includes(id))
      .map((field) => shortAnswer(field, file.options[field.id]))
      .filter((text) => text !== '');
  return (
    <Section
      title="Files"
      about={`${plural(order.items.length, 'file')}, ${formatBytes(order.bytes)}`}
      actions={<GroupBy order={order} by={by} onBy={onBy} />}
    >
      {!order.access.readable && order.items.length > 0 && (
        <div className="wl-notice">
          <Text size="sm">{order.access.reason}</Text>
        </div>
      )}
      {order.filesDeletedAt !== null && (
        <div className="wl-notice">
          <Text size="sm">The files were deleted from the bucket; their names and options stay.</Text>
        </div>
      )}
      {order.items.length === 0 && <Text c="dimmed">This order has no files.</Text>}
      <Stack gap={24}>
        {groups.map((group) => (
          <OneGroup
            key={group.name}
            group={group}
            chipsOf={chipsOf}
            onOpen={(file) => setAt(seen.indexOf(file))}
          />
        ))}
      </Stack>
      <FileViewer files={seen} at={at} fields={fields} readable={order.access.readable} onAt={setAt} />
    </Section>
  );
};
