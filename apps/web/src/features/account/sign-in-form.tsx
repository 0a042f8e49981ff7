import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { signIn, type Me } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { validateWith } from '../../lib/validate.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { meQuery } from './queries.ts';

/** E-mail and password; `onSignedIn` runs with the session in place. */
export const SignInForm = ({ onSignedIn }: { onSignedIn: (me: Me) => void }) => {
  const client = useQueryClient();
  const form = useForm({ initialValues: { email: '', password: '' }, validate: validateWith(signIn.body) });
  const enter = useMutation({
    mutationFn: (body: { email: string; password: string }) => call(signIn, { body }),
    onSuccess: (me) => {
      client.setQueryData(meQuery.queryKey, me);
      onSignedIn(me);
    },
    onError: () => form.setFieldValue('password', ''),
  });
  return (
    <form onSubmit={form.onSubmit((values) => enter.mutate(values))} noValidate>
      <Stack gap={16}>
        {enter.isError && <ProblemNotice error={enter.error} />}
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={enter.isPending} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  );
};
