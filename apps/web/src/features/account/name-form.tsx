import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { updateMe } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { validateWith } from '../../lib/validate.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';
import { meQuery } from './queries.ts';

/** The name that others see. */
export const NameForm = () => {
  const { user } = useTeam();
  const client = useQueryClient();
  const form = useForm({ initialValues: { name: user.name }, validate: validateWith(updateMe.body) });
  const save = useMutation({
    mutationFn: (body: { name: string }) => call(updateMe, { body }),
    onSuccess: (me) => {
      client.setQueryData(meQuery.queryKey, me);
      form.resetDirty();
      toastDone('Your name is saved.');
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap={12}>
        {save.isError && <ProblemNotice error={save.error} />}
        <Group align="flex-end" gap={8}>
          <TextInput label="Your name" autoComplete="name" flex="1 1 240px" {...form.getInputProps('name')} />
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
