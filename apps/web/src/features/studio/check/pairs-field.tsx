import { ActionIcon, Autocomplete, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Pair } from '../state/studio-state.ts';

interface PairsFieldProps {
  /** `Condition keys`, `Headers and parameters`. */
  label: string;
  about: string;
  /** What one is called: `condition key`. */
  one: string;
  suggestions: readonly string[];
  value: readonly Pair[];
  onChange: (pairs: Pair[]) => void;
}

/** Names with values, as many as one likes. */
export const PairsField = ({ label, about, one, suggestions, value, onChange }: PairsFieldProps) => {
  const change = (index: number, patch: Partial<Pair>) =>
    onChange(value.map((pair, at) => (at === index ? { ...pair, ...patch } : pair)));
  return (
    <Stack gap={8} component="fieldset" className="wl-fieldset">
      <Text component="legend" size="sm" fw={600}>
        {label}
      </Text>
      <Text size="xs" c="dimmed">
        {about}
      </Text>
      {value.map((pair, index) => (
        // Two rows may be equal while they are written; their place is all that tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        <Group key={index} gap={4} wrap="nowrap">
          <Autocomplete
            size="xs"
            flex={3}
            miw={0}
            aria-label={`Name of ${one} ${index + 1}`}
            placeholder="name"
            data={[...suggestions]}
            limit={12}
            value={pair.name}
            onChange={(name) => change(index, { name })}
          />
          <TextInput
            size="xs"
            flex={2}
            miw={0}
            aria-label={`Value of ${one} ${index + 1}`}
            placeholder="value"
            value={pair.value}
            onChange={(event) => change(index, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${one} ${index + 1}`}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        w="fit-content"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...value, { name: '', value: '' }])}
      >
        Add a {one}
      </Button>
    </Stack>
  );
};
