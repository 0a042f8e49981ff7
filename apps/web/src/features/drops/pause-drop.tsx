import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { Drop } from '@windlass/contract';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import { useSaveDrop } from './use-save-drop.ts';

interface PauseDropProps {
  drop: Drop;
  /** Told the page's ETag after it. */
  onSaved?: (etag: string | null) => void;
}

/** Stops taking orders, and takes them again. Whoever is at an order may still finish it. */
export const PauseDrop = ({ drop, onSaved }: PauseDropProps) => {
  const save = useSaveDrop(drop, null);
  const set = (paused: boolean) =>
    save.mutate(
      { paused },
      {
        onSuccess: ({ etag }) => {
          toastDone(paused ? `${drop.title} is paused.` : `${drop.title} takes orders again.`);
          onSaved?.(etag);
        },
        onError: toastProblem,
      },
    );
  const Icon = drop.paused ? IconPlayerPlay : IconPlayerPause;
  const word = drop.paused ? 'Resume' : 'Pause';
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon size={16} />}
      loading={save.isPending}
      aria-label={`${word} ${drop.title}`}
      onClick={() => set(!drop.paused)}
    >
      {word}
    </Button>
  );
};
