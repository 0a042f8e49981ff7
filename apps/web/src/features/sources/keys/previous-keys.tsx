import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { endKeyOverlap, type Source } from '@windlass/contract';
import { call } from '../../../lib/api.ts';
import { formatExact } from '../../../lib/format.ts';
import { Confirm } from '../../../ui/confirm-delete.tsx';
import { Since } from '../../../ui/since.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { useTeam } from '../../teams/current-team.tsx';

interface PreviousKeysProps {
  source: Source;
  until: string;
  mayWrite: boolean;
}

/** The keys before the last rotation, for as long as they still work. */
export const PreviousKeys = ({ source, until, mayWrite }: PreviousKeysProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const end = useMutation({
    mutationFn: () => call(endKeyOverlap, { params: { teamId, sourceId: source.id } }),
    onSuccess: async () => {
      dialog.close();
      await client.invalidateQueries({ queryKey: ['source', teamId, source.id] });
      toastDone('URLs signed with the keys before are refused from now on.');
    },
  });
  return (
    <div className="wl-notice">
      <Group justify="space-between" gap={8}>
        <Text size="sm" component="div" flex="1 1 200px">
          The keys before these still work. They end <Since time={until} />, on {formatExact(until)}.
        </Text>
        {mayWrite && (
          <Button size="xs" variant="default" onClick={dialog.open}>
            End them now
          </Button>
        )}
      </Group>
      <Confirm
        opened={opened}
        onClose={dialog.close}
        title="End the keys before"
        button="End them now"
        busy={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate()}
      >
        Lost: every URL that is still signed with the keys before the last rotation. URLs signed with the keys
        in use go on working.
      </Confirm>
    </div>
  );
};
