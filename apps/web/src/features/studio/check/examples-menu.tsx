import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { examples } from '../state/examples.ts';
import type { CheckState } from '../state/studio-state.ts';

/** Policies to begin with. Choosing one takes the place of what is there, which the menu says. */
export const ExamplesMenu = ({ onChoose }: { onChoose: (check: CheckState) => void }) => (
  <Menu position="bottom-end" width={340}>
    <Menu.Target>
      <Button variant="default" rightSection={<IconChevronDown size={16} />}>
        Examples
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Label>Takes the place of your documents</Menu.Label>
      {examples.map(({ id, title, about, check }) => (
        <Menu.Item key={id} onClick={() => onChoose(check)}>
          <Text size="sm" fw={500}>
            {title}
          </Text>
          <Text size="xs" c="dimmed">
            {about}
          </Text>
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  </Menu>
);
