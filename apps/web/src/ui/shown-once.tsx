import { Stack, Text } from '@mantine/core';
import { Copy } from './copy.tsx';

interface ShownOnceProps {
  /** Why it matters now. */
  about: string;
  secrets: readonly { label: string; text: string }[];
}

/** Secrets that the server tells once: to be copied now. */
export const ShownOnce = ({ about, secrets }: ShownOnceProps) => (
  <div className="wl-notice" data-tone="attention" role="status">
    <Stack gap={12}>
      <Text size="sm" fw={500}>
        {about}
      </Text>
      {secrets.map(({ label, text }) => (
        <div key={label}>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <div style={{ display: 'flex', alignItems: 'flex-start', gap: 8 }}>
            <code className="wl-mono" style={{ flex: 1, minWidth: 0, paddingTop: 4 }}>
              {text}
            </code>
            <Copy text={text} what={label} />
          </div>
        </div>
      ))}
    </Stack>
  </div>
);
