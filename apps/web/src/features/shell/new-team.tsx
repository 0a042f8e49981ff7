import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createTeam } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { validateWith } from '../../lib/validate.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { meQuery } from '../account/queries.ts';

interface NewTeamProps {
  opened: boolean;
  onClose: () => void;
  onMade: (teamId: string) => void;
}

/** A small form for another team; whoever makes it owns it. */
export const NewTeam = ({ opened, onClose, onMade }: NewTeamProps) => {
  const client = useQueryClient();
  const form = useForm({ initialValues: { name: '' }, validate: validateWith(createTeam.body) });
  const make = useMutation({
    mutationFn: (body: { name: string }) => call(createTeam, { body }),
    onSuccess: async (team) => {
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
      onClose();
      form.reset();
      onMade(team.id);
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title="New team">
      <form onSubmit={form.onSubmit((values) => make.mutate(values))} noValidate>
        <Stack gap={16}>
          <TextInput
            label="Name"
            description="You become its owner."
            data-autofocus
            required
            {...form.getInputProps('name')}
          />
          {make.isError && <ProblemNotice error={make.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={make.isPending}>
              Make team
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
