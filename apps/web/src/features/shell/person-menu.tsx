import {
  Menu,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
  type MantineColorScheme,
} from '@mantine/core';
import {
  IconApi,
  IconCheck,
  IconDeviceDesktop,
  IconDevices,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { signOut } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { toastProblem } from '../../ui/toast.ts';
import { noteSignedIn } from '../account/signed-in-hint.ts';
import { useTeam } from '../teams/current-team.tsx';
import { initials } from './initials.ts';

const schemes: readonly { value: MantineColorScheme; label: string; Icon: typeof IconSun }[] = [
  { value: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
];

/** Theme, account, sessions and the way out. */
export const PersonMenu = ({ compact = false }: { compact?: boolean }) => {
  const { user } = useTeam();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = useMutation({
    mutationFn: () => call(signOut, {}),
    onSuccess: async () => {
      noteSignedIn(false);
      await navigate({ to: '/sign-in', search: {} });
      client.clear();
    },
    onError: toastProblem,
  });
  return (
    <Menu position={compact ? 'bottom-end' : 'top-start'} width={232}>
      <Menu.Target>
        <UnstyledButton className="wl-rail-button">
          <span className="wl-mark" data-round aria-hidden="true">
            {initials(user.name)}
          </span>
          {compact ? (
            <VisuallyHidden>{user.name}</VisuallyHidden>
          ) : (
            <span style={{ minWidth: 0 }}>
              <Text component="span" size="sm" fw={500} className="wl-clip">
                {user.name}
              </Text>
              <Text component="span" size="xs" c="dimmed" className="wl-clip">
                {user.email}
              </Text>
            </span>
          )}
          <VisuallyHidden>. Account and theme</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Theme</Menu.Label>
        {schemes.map(({ value, label, Icon }) => (
          <Menu.Item
            key={value}
            closeMenuOnClick={false}
            leftSection={<Icon size={16} />}
            rightSection={colorScheme === value ? <IconCheck size={16} aria-label="chosen" /> : null}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={16} />}>
          Account
        </Menu.Item>
        <Menu.Item component={Link} to="/account" hash="sessions" leftSection={<IconDevices size={16} />}>
          Sessions
        </Menu.Item>
        <Menu.Item component="a" href="/api/docs" leftSection={<IconApi size={16} />}>
          API documentation
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => leave.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
