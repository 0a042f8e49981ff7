import { Stack, Text } from '@mantine/core';
import { NameForm } from '../../features/account/name-form.tsx';
import { PasswordForm } from '../../features/account/password-form.tsx';
import { Sessions } from '../../features/account/sessions.tsx';
import { useTeam } from '../../features/teams/current-team.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';

/** One's own name, password and sessions. */
export const AccountScreen = () => {
  const { user } = useTeam();
  return (
    <>
      <PageHeader title="Account" about={user.email} />
      <Stack gap={32} maw={720}>
        <Section title="Name">
          <NameForm />
        </Section>
        <Section title="Password">
          {user.hasPassword ? (
            <PasswordForm />
          ) : (
            <Text c="dimmed">You sign in with another provider; there is no password here.</Text>
          )}
        </Section>
        <Sessions />
      </Stack>
    </>
  );
};
