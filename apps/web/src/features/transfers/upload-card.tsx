import { Button, FileButton, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconFiles, IconFolder } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Connection, NameConflict } from '@windlass/contract';
import { filesOfDataTransfer, sourceOfFile, type UploadSource } from '@windlass/transfer';
import { useRef, useState, useSyncExternalStore } from 'react';
import { takesUploads } from '../connections/takes-uploads.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { conflictWords } from './transfer-words.ts';
import { UploadList } from './upload-list.tsx';
import { UploadProgress } from './upload-progress.tsx';
import { useUploadSession } from './upload-sessions.tsx';
import { withSlash } from './with-slash.ts';

/** Files and folders into the bucket, straight from this browser. */
export const UploadCard = ({ connection }: { connection: Connection }) => {
  const session = useUploadSession(connection.id);
  const snapshot = useSyncExternalStore(session.subscribe, session.snapshot);
  const [below, setBelow] = useState('');
  const [onConflict, setOnConflict] = useState<NameConflict>('refuse');
  const [over, setOver] = useState(false);
  const folder = useRef<HTMLInputElement>(null);
  const add = useMutation({
    mutationFn: async (sources: UploadSource[] | Promise<UploadSource[]>) => {
      const files = await sources;
      if (files.length > 0) await session.add({ prefix: withSlash(below), onConflict }, files);
    },
  });
  if (!takesUploads(connection)) {
    return (
      <Section title="Upload">
        <Text size="sm" c="dimmed">
          This connection is not for uploads: add the job “Ingest” in its settings, and the rights that the
          check then asks for.
        </Text>
      </Section>
    );
  }
  return (
    <Section
      title="Upload"
      about="Straight from this browser into the bucket; nothing passes through the server."
    >
      <Stack gap={12}>
        {/* Dropping is one way of three: the buttons in it do the same by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
        <div
          className="wl-drop-zone"
          data-over={over || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            // To be called in the event's own turn: the browser empties the list after it.
            add.mutate(filesOfDataTransfer(event.dataTransfer));
          }}
        >
          <Text size="sm">Drop files or folders here, or</Text>
          <Group gap={8}>
            <FileButton
              multiple
              inputProps={{ 'aria-label': 'Choose files' }}
              onChange={(files) => add.mutate(files.map((file) => sourceOfFile(file)))}
            >
              {(props) => (
                <Button
                  variant="default"
                  size="xs"
                  leftSection={<IconFiles size={16} />}
                  loading={add.isPending}
                  {...props}
                >
                  Choose files
                </Button>
              )}
            </FileButton>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconFolder size={16} />}
              onClick={() => folder.current?.click()}
            >
              Choose a folder
            </Button>
            <input
              ref={folder}
              type="file"
              hidden
              aria-label="Choose a folder"
              {...{ webkitdirectory: '' }}
              onChange={({ currentTarget }) => {
                add.mutate([...(currentTarget.files ?? [])].map((file) => sourceOfFile(file)));
                // The same folder chosen again is a change, too.
                currentTarget.value = '';
              }}
            />
          </Group>
        </div>
        <Group gap={12} grow preventGrowOverflow={false} align="flex-start">
          <TextInput
            label="Below"
            description={
              connection.prefix === '' ? 'A prefix, or nothing.' : `A prefix inside ${connection.prefix}`
            }
            placeholder="incoming/"
            spellCheck={false}
            value={below}
            onChange={({ currentTarget: { value } }) => setBelow(value)}
          />
          <Select
            label="A name that is there already"
            description="Nothing is ever overwritten."
            allowDeselect={false}
            data={Object.entries(conflictWords).map(([value, label]) => ({ value, label }))}
            value={onConflict}
            onChange={(value) => setOnConflict(value === 'rename' ? 'rename' : 'refuse')}
          />
        </Group>
        {add.isError && <ProblemNotice error={add.error} />}
        {snapshot !== null && snapshot.items.length > 0 && (
          <>
            <UploadProgress snapshot={snapshot} session={session} />
            <UploadList items={snapshot.items} session={session} />
          </>
        )}
      </Stack>
    </Section>
  );
};
