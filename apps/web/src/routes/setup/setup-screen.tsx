import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { createOwner } from '@windlass/contract';
import { useEffect, useState } from 'react';
import { AccountFields } from '../../features/account/account-fields.tsx';
import { meQuery, setupQuery } from '../../features/account/queries.ts';
import { call } from '../../lib/api.ts';
import { readFragmentToken, stripFragment } from '../../lib/fragment-token.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { validateWith } from '../../lib/validate.ts';
import { Alone } from '../../ui/alone.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** The first visitor makes the owner account with the one-time link of the console. */
export const SetupScreen = () => {
  const [token] = useState(() => readFragmentToken(window.location.hash));
  useEffect(stripFragment, []);
  const client = useQueryClient();
  const navigate = useNavigate();
  const setup = useQuery(setupQuery);
  const form = useForm({
    initialValues: { token: token ?? '', email: '', name: '', password: '' },
    validate: validateWith(createOwner.body),
  });
  const make = useMutation({
    mutationFn: (body: typeof form.values) => call(createOwner, { body }),
    onSuccess: async (me) => {
      client.setQueryData(meQuery.queryKey, me);
      await client.invalidateQueries({ queryKey: setupQuery.queryKey });
      await navigate({ to: '/', replace: true });
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  if (setup.data?.needsOwner === false && !make.isPending && !make.isSuccess) {
    return (
      <Alone>
        <div>
          <PageHeader title="The owner account exists already" />
          <Text>
            This link has done its work.{' '}
            <Anchor component={Link} to="/sign-in">
              Sign in
            </Anchor>{' '}
            instead.
          </Text>
        </div>
      </Alone>
    );
  }
  return (
    <Alone>
      <form onSubmit={form.onSubmit((values) => make.mutate(values))} noValidate>
        <Stack gap={16}>
          <PageHeader
            title="Make the owner account"
            about="The owner connects buckets and invites the others."
          />
          {make.isError && <ProblemNotice error={make.error} />}
          {token === null && (
            <TextInput
              label="One-time token"
              description="The part after #token= in the link that the program printed on its console."
              required
              autoComplete="off"
              {...form.getInputProps('token')}
            />
          )}
          <AccountFields form={form} />
          <Button type="submit" loading={make.isPending} fullWidth>
            Make the account
          </Button>
        </Stack>
      </form>
    </Alone>
  );
};
