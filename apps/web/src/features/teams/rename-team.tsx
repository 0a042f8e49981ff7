import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { updateTeam } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { validateWith } from '../../lib/validate.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from './current-team.tsx';
import { teamQuery } from './queries.ts';

const RenameForm = ({ onDone }: { onDone: () => void }) => {
  const { teamId, teamName } = useTeam();
  const client = useQueryClient();
  const team = useQuery(teamQuery(teamId));
  const form = useForm({ initialValues: { name: teamName }, validate: validateWith(updateTeam.body) });
  const rename = useMutation({
    mutationFn: (body: { name: string }) => {
      const etag = team.data?.etag;
      return call(updateTeam, {
        params: { teamId },
        body,
        ...(etag === null || etag === undefined ? {} : { ifMatch: etag }),
      });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['me'] });
      await client.invalidateQueries({ queryKey: ['team', teamId] });
      toastDone('The team is renamed.');
      onDone();
    },
    // It may have been renamed by somebody else: the next try goes with the current ETag.
    onError: () => team.refetch(),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => rename.mutate(values))}>
      <Stack gap={16}>
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        {rename.isError && <ProblemNotice error={rename.error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={rename.isPending} disabled={team.isPending}>
            Rename
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** Another name for the team; nothing refers to it by name. */
export const RenameTeam = () => {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        Rename
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="Rename the team">
        <RenameForm onDone={dialog.close} />
      </Modal>
    </>
  );
};
