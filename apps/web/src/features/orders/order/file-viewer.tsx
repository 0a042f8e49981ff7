import { ActionIcon, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { FormField, OrderFile } from '@windlass/contract';
import { useState } from 'react';
import { formatBytes } from '../../../lib/format.ts';
import { Facts } from '../../../ui/facts.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { toastProblem } from '../../../ui/toast.ts';
import { answersSaid } from './answer-text.ts';
import { FileMark } from './file-tile.tsx';
import { useOrderFiles } from './order-files-context.ts';
import { saveFrom } from './save-from.ts';

interface FileViewerProps {
  files: readonly OrderFile[];
  /** The file that is looked at; null: closed. */
  at: number | null;
  fields: readonly FormField[];
  readable: boolean;
  onAt: (at: number | null) => void;
}

/** The original, where the image server makes no picture of it: it is larger than it takes, or of a kind that it does not. */
const Original = ({ file }: { file: OrderFile }) => {
  const { inline } = useOrderFiles();
  const query = useQuery({
    queryKey: ['order-file', file.id],
    queryFn: () => inline.urlOf(file.id),
    // The URL runs out; the signer keeps it as long as it is good.
    staleTime: 0,
    gcTime: 0,
  });
  if (query.isPending) return <Loader size="sm" aria-label="Loading the picture" />;
  if (query.data === undefined) return <ProblemNotice error={query.error} />;
  return <img src={query.data} alt={file.name} referrerPolicy="no-referrer" />;
};

/** As large as the window shows it, made by the image server: HEIC, TIFF and PDF too, which few browsers show by themselves. */
const Preview = ({ file }: { file: OrderFile }) => {
  const [broken, setBroken] = useState(false);
  if (file.previewUrl !== null && !broken)
    return (
      <img
        src={file.previewUrl}
        alt={file.name}
        referrerPolicy="no-referrer"
        onError={() => setBroken(true)}
      />
    );
  return file.type.startsWith('image/') ? <Original file={file} /> : <FileMark type={file.type} />;
};

/** One file: its picture as large as the window allows, what is wished for it, and the way to its bytes. */
export const FileViewer = ({ files, at, fields, readable, onAt }: FileViewerProps) => {
  const { attachment } = useOrderFiles();
  const file = at === null ? undefined : files[at];
  const there = file !== undefined && readable && file.deletedAt === null;
  const go = (step: number) => {
    if (at === null) return;
    const next = at + step;
    if (next >= 0 && next < files.length) onAt(next);
  };
  const download = async (id: OrderFile['id']) => {
    try {
      saveFrom(await attachment.urlOf(id));
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <Modal
      opened={file !== undefined}
      onClose={() => onAt(null)}
      size="xl"
      title={file === undefined ? '' : file.name}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') go(-1);
        if (event.key === 'ArrowRight') go(1);
      }}
    >
      {file !== undefined && at !== null && (
        <Stack gap={16}>
          <div className="wl-viewer">
            {there ? <Preview key={file.previewUrl ?? file.id} file={file} /> : <FileMark type={file.type} />}
          </div>
          <Group justify="space-between" gap={8}>
            <Group gap={4}>
              <ActionIcon
                variant="default"
                aria-label="The file before"
                disabled={at === 0}
                onClick={() => go(-1)}
              >
                <IconChevronLeft size={16} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                aria-label="The next file"
                disabled={at === files.length - 1}
                onClick={() => go(1)}
              >
                <IconChevronRight size={16} />
              </ActionIcon>
              <Text size="sm" c="dimmed">
                {at + 1} of {files.length}
              </Text>
            </Group>
            {there && (
              <Button
                size="xs"
                leftSection={<IconDownload size={16} />}
                onClick={() => void download(file.id)}
              >
                Download
              </Button>
            )}
          </Group>
          <Facts
            facts={[
              ...answersSaid(
                fields.filter(({ scope }) => scope === 'file'),
                file.options,
              ).map(({ label, text }) => ({ name: label, value: text })),
              { name: 'File size', value: formatBytes(file.size) },
              { name: 'File type', value: file.type },
              { name: 'Key', value: <span className="wl-mono">{file.key}</span> },
              ...(file.checksum === null
                ? []
                : [
                    {
                      name: file.checksum.algorithm === 'sha256' ? 'SHA-256' : 'CRC-64/NVME',
                      value: <span className="wl-mono">{file.checksum.value}</span>,
                    },
                  ]),
            ]}
          />
        </Stack>
      )}
    </Modal>
  );
};
