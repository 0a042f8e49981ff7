import { Text } from '@mantine/core';
import { rules } from '@windlass/policy';

const titleOf = new Map<string, string>(Object.entries(rules).map(([id, [, title]]) => [id, title]));

/** The stable id of a rule and what it is about. */
export const RuleText = ({ rule }: { rule: string }) => (
  <Text size="xs" c="dimmed">
    <span className="wl-mono">{rule}</span> {titleOf.get(rule)}
  </Text>
);
