import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { generatedExamples } from '../generate/generated-examples.ts';
import { examples, type Example } from '../state/examples.ts';
import type { CheckState } from '../state/studio-state.ts';

interface ExamplesMenuProps {
  onChoose: (check: CheckState) => void;
}

/** Policies to begin with: what people paste, and what the generator makes. */
export const ExamplesMenu = ({ onChoose }: ExamplesMenuProps) => (
  <Menu position="bottom-end" width={340}>
    <Menu.Target>
      <Button variant="default" rightSection={<IconChevronDown size={16} />}>
        Examples
      </Button>
    </Menu.Target>
    <Menu.Dropdown mah="70dvh" style={{ overflowY: 'auto' }}>
      <Menu.Label>As people paste them</Menu.Label>
      <Items examples={examples} onChoose={onChoose} />
      <Menu.Label>As the generator makes them</Menu.Label>
      <Items examples={generatedExamples()} onChoose={onChoose} />
    </Menu.Dropdown>
  </Menu>
);

const Items = ({ examples: all, onChoose }: ExamplesMenuProps & { examples: readonly Example[] }) =>
  all.map(({ id, title, about, check }) => (
    <Menu.Item key={id} onClick={() => onChoose(check)}>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      <Text size="xs" c="dimmed">
        {about}
      </Text>
    </Menu.Item>
  ));
