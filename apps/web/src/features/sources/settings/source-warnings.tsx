import { Stack, Text } from '@mantine/core';
import { sentence } from '../../../lib/format.ts';

interface SourceWarningsProps {
  warnings: readonly { path: string; message: string }[];
}

/** What was saved all the same and is odd about it: a base URL that does not answer, say. */
export const SourceWarnings = ({ warnings }: SourceWarningsProps) =>
  warnings.length > 0 && (
    <div className="wl-notice" data-tone="attention" role="status">
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          Saved, with something to look at
        </Text>
        {warnings.map(({ path, message }) => (
          <Text key={`${path} ${message}`} size="sm">
            {sentence(message)}
          </Text>
        ))}
      </Stack>
    </div>
  );
