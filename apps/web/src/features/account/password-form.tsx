import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changePassword } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { validateWith } from '../../lib/validate.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';
import { sessionsQuery } from './queries.ts';

const empty = { currentPassword: '', newPassword: '' };
const toggle = { 'aria-label': 'Show the password' };

/** Changes the password; the other sessions end. */
export const PasswordForm = () => {
  const { user } = useTeam();
  const client = useQueryClient();
  const form = useForm({ initialValues: empty, validate: validateWith(changePassword.body) });
  const change = useMutation({
    mutationFn: (body: typeof empty) => call(changePassword, { body }),
    onSuccess: async () => {
      form.reset();
      toastDone('The password is changed; your other sessions have ended.');
      await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack gap={12}>
        {change.isError && <ProblemNotice error={change.error} />}
        {/* Tells password managers whose password this is. */}
        <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          visibilityToggleButtonProps={toggle}
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label="New password"
          description="At least 10 characters. Your other sessions end."
          autoComplete="new-password"
          visibilityToggleButtonProps={toggle}
          {...form.getInputProps('newPassword')}
        />
        <Button type="submit" w="fit-content" loading={change.isPending} disabled={!form.isDirty()}>
          Change the password
        </Button>
      </Stack>
    </form>
  );
};
