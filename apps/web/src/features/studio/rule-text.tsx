import { Text } from '@mantine/core';

export const RuleText = ({ rule }: { rule: string }) => (
  <Text size="xs" c="dimmed" className="wl-mono">
    {rule}
  </Text>
);
