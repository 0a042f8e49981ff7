import { Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTeam } from '../teams/current-team.tsx';
import { rememberTeam } from '../teams/choose-team.ts';
import { initials } from './initials.ts';
import { NewTeam } from './new-team.tsx';

/** Shows the team and changes it; the overview of the other team opens. */
export const TeamSwitcher = () => {
  const { teamId, teamName, memberships } = useTeam();
  const navigate = useNavigate();
  const [making, making$] = useDisclosure(false);
  const choose = (chosen: string) => {
    rememberTeam(chosen);
    void navigate({ to: '/', search: { team: chosen } });
  };
  return (
    <>
      <Menu position="bottom-start" width={264}>
        <Menu.Target>
          <UnstyledButton className="wl-rail-button">
            <VisuallyHidden>Team </VisuallyHidden>
            <span className="wl-mark" aria-hidden="true">
              {initials(teamName)}
            </span>
            <Text component="span" fw={600} className="wl-clip" flex={1} title={teamName}>
              {teamName}
            </Text>
            <VisuallyHidden>. Change team</VisuallyHidden>
            <IconSelector size={16} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          <Menu.Label>Teams</Menu.Label>
          {memberships.map((membership) => (
            <Menu.Item
              key={membership.teamId}
              onClick={() => choose(membership.teamId)}
              rightSection={
                membership.teamId === teamId ? <IconCheck size={16} aria-label="current" /> : null
              }
            >
              <Text size="sm" lineClamp={2}>
                {membership.teamName}
              </Text>
              <Text size="xs" c="dimmed">
                {membership.role}
              </Text>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={16} />} onClick={making$.open}>
            New team
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NewTeam opened={making} onClose={making$.close} onMade={choose} />
    </>
  );
};
