import { Stack, Text } from '@mantine/core';
import type { ProviderNote } from '@windlass/policy/generate';

interface ProviderNotesProps {
  notes: readonly ProviderNote[];
  /** True where the provider's own steps are shown elsewhere. */
  steps: boolean;
}

/** What the provider cannot express, said before somebody counts on it. */
export const ProviderNotes = ({ notes, steps }: ProviderNotesProps) => {
  const shown = notes.filter(({ kind }) => kind === 'limit' || !steps);
  if (shown.length === 0) return null;
  return (
    <Stack gap={8}>
      {shown.map(({ title, lines, kind }) => (
        <div key={title} className="wl-notice" data-tone={kind === 'limit' ? 'attention' : undefined}>
          <Text fw={600}>{title}</Text>
          {lines.map((line) => (
            <Text key={line} size="sm">
              {line}
            </Text>
          ))}
        </div>
      ))}
    </Stack>
  );
};
