import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconCopyPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { cloneDrop, copyTitle, type Drop } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { validateWith } from '../../lib/validate.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTeam } from '../teams/current-team.tsx';

/** Another page like this one, for the next event. */
export const CloneDrop = ({ drop }: { drop: Drop }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  const form = useForm({
    initialValues: { title: copyTitle(drop.title), name: `${drop.name.slice(0, 60)}-2` },
    validate: validateWith(cloneDrop.body),
  });
  const clone = useMutation({
    mutationFn: (body: { name: string; title: string }) =>
      call(cloneDrop, { params: { teamId, dropId: drop.id }, body }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['drops', teamId] });
      dialog.close();
      await navigate({ to: '/drops/$dropId', params: { dropId: id } });
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  return (
    <>
      <Button variant="default" leftSection={<IconCopyPlus size={16} />} onClick={dialog.open}>
        Clone
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={`Another page like ${drop.title}`}>
        <form noValidate onSubmit={form.onSubmit((values) => clone.mutate(values))}>
          <Stack gap={16}>
            <Text size="sm">It has the same settings and questions, and no orders.</Text>
            <TextInput
              data-autofocus
              label="Title"
              {...form.getInputProps('title')}
              // Ready to be typed over.
              onFocus={({ currentTarget }) => currentTarget.select()}
            />
            <TextInput
              label="Address"
              description="The last part of its link."
              spellCheck={false}
              {...form.getInputProps('name')}
            />
            {clone.isError && <ProblemNotice error={clone.error} />}
            <Group justify="flex-end" gap={8}>
              <Button variant="default" onClick={dialog.close}>
                Cancel
              </Button>
              <Button type="submit" loading={clone.isPending}>
                Make it
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
};
