import { Button, Stack, Tabs, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { acceptInvitation, type Me } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { fieldErrors } from '../../lib/problem.ts';
import { validateWith } from '../../lib/validate.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { AccountFields, type NewAccount } from './account-fields.tsx';
import { forgetInvitationToken } from './invitation-token.ts';
import { OidcButton } from './oidc-button.tsx';
import { meQuery, setupQuery } from './queries.ts';
import { SignInForm } from './sign-in-form.tsx';

interface AcceptInvitationProps {
  token: string;
  /** Set when the invitation is for one address. */
  email: string | null;
  me: Me | undefined;
}

const accountSchema = acceptInvitation.body.shape.account.unwrap();

/** Joins with the account that is signed in, or with a new one. */
export const AcceptInvitation = ({ token, email, me }: AcceptInvitationProps) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const setup = useQuery(setupQuery);
  const form = useForm<NewAccount>({
    initialValues: { email: email ?? '', name: '', password: '' },
    validate: validateWith(accountSchema),
  });
  const join = useMutation({
    mutationFn: (account?: NewAccount) =>
      call(acceptInvitation, { body: { token, ...(account === undefined ? {} : { account }) } }),
    onSuccess: async (joined) => {
      const before = new Set(me?.memberships.map(({ teamId }) => teamId));
      const team = joined.memberships.find(({ teamId }) => !before.has(teamId));
      forgetInvitationToken();
      client.setQueryData(meQuery.queryKey, joined);
      await navigate({ to: '/', search: team === undefined ? {} : { team: team.teamId }, replace: true });
    },
    onError: (error) =>
      form.setErrors(
        Object.fromEntries(
          Object.entries(fieldErrors(error)).map(([path, text]) => [path.replace('account.', ''), text]),
        ),
      ),
  });
  const failure = join.isError ? <ProblemNotice error={join.error} /> : null;
  if (me !== undefined) {
    return (
      <Stack gap={12}>
        {failure}
        <Text>
          You are signed in as <strong>{me.user.email}</strong>.
        </Text>
        <Button loading={join.isPending} onClick={() => join.mutate(undefined)}>
          Join as {me.user.name}
        </Button>
      </Stack>
    );
  }
  return (
    <Tabs defaultValue="new">
      <Tabs.List mb={16}>
        <Tabs.Tab value="new">New account</Tabs.Tab>
        <Tabs.Tab value="known">I have an account</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="new">
        <form onSubmit={form.onSubmit((values) => join.mutate(values))} noValidate>
          <Stack gap={16}>
            {failure}
            <AccountFields form={form} lockEmail={email !== null} />
            <Button type="submit" loading={join.isPending} fullWidth>
              Make the account and join
            </Button>
          </Stack>
        </form>
      </Tabs.Panel>
      <Tabs.Panel value="known">
        <Stack gap={16}>
          <SignInForm onSignedIn={() => undefined} />
          <OidcButton oidc={setup.data?.oidc} next="/invitation" />
        </Stack>
      </Tabs.Panel>
    </Tabs>
  );
};
