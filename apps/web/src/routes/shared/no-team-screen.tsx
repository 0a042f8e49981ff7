import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { NewTeam } from '../../features/shell/new-team.tsx';
import { rememberTeam } from '../../features/teams/choose-team.ts';
import { PageHeader } from '../../ui/page-header.tsx';

/** Signed in, but a member of no team any more. */
export const NoTeamScreen = () => {
  const [opened, making] = useDisclosure(false);
  return (
    <main className="wl-alone">
      <Stack gap={8}>
        <PageHeader title="You are in no team" />
        <Text>Ask somebody for an invitation link, or make a team of your own.</Text>
        <Button w="fit-content" onClick={making.open}>
          Make a team
        </Button>
        <NewTeam opened={opened} onClose={making.close} onMade={rememberTeam} />
      </Stack>
    </main>
  );
};
