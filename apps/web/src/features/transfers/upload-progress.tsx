import { Button, Group, Progress, Stack, Text, VisuallyHidden } from '@mantine/core';
import type { UploadSnapshot } from '@windlass/transfer';
import { formatBytes, formatDuration, plural } from '../../lib/format.ts';
import type { UploadSession } from './upload-session.ts';

interface UploadProgressProps {
  snapshot: UploadSnapshot;
  session: UploadSession;
}

const movingOf = ({ counts }: UploadSnapshot): number =>
  counts.waiting + counts.preparing + counts.sending + counts.completing;

/** `36 MB/s, 12 s left`, or why nothing moves; empty where nothing is to be sent. */
const paceOf = (snapshot: UploadSnapshot): string[] => {
  const { bytesPerSecond, secondsLeft, offline } = snapshot;
  if (movingOf(snapshot) === 0) return [];
  if (offline) return ['waits for the network'];
  return [
    ...(bytesPerSecond > 0 ? [`${formatBytes(bytesPerSecond)}/s`] : []),
    ...(secondsLeft === null ? [] : [`${formatDuration(secondsLeft)} left`]),
  ];
};

/** Files, bytes, rate and time left, in one line. */
const lineOf = (snapshot: UploadSnapshot): string => {
  const { counts, items, bytesSent, bytesTotal } = snapshot;
  return [
    `${counts.done} of ${plural(items.length - counts.cancelled, 'file')}`,
    `${formatBytes(bytesSent)} of ${formatBytes(bytesTotal)}`,
    ...paceOf(snapshot),
  ].join(', ');
};

/** All files together: how far, how fast, and what can be done about them. */
export const UploadProgress = ({ snapshot, session }: UploadProgressProps) => {
  const { counts, bytesSent, bytesTotal } = snapshot;
  const moving = movingOf(snapshot);
  const rests = moving === 0;
  const ended =
    rests && counts.paused === 0
      ? `${plural(counts.done, 'file')} uploaded${counts.failed > 0 ? `, ${counts.failed} failed` : ''}.`
      : '';
  return (
    <Stack gap={8}>
      <Progress
        value={bytesTotal === 0 ? (rests ? 100 : 0) : (bytesSent / bytesTotal) * 100}
        color={counts.failed > 0 && rests ? 'red' : 'teal'}
        aria-label="Progress of all files"
      />
      <Group gap={8} justify="space-between">
        <Text size="sm">{lineOf(snapshot)}</Text>
        <Group gap={8}>
          {moving > 0 && (
            <Button size="compact-xs" variant="default" onClick={() => session.pause()}>
              Pause all
            </Button>
          )}
          {counts.paused > 0 && (
            <Button size="compact-xs" variant="default" onClick={() => session.resume()}>
              Resume all
            </Button>
          )}
          {counts.failed > 0 && (
            <Button size="compact-xs" variant="default" onClick={() => session.retry()}>
              Try {counts.failed === 1 ? 'it' : `${counts.failed}`} again
            </Button>
          )}
          {moving + counts.paused > 0 ? (
            <Button size="compact-xs" variant="default" onClick={session.cancelAll}>
              Cancel all
            </Button>
          ) : (
            <Button size="compact-xs" variant="default" onClick={session.clear}>
              Clear the list
            </Button>
          )}
        </Group>
      </Group>
      <VisuallyHidden role="status">{ended}</VisuallyHidden>
    </Stack>
  );
};
