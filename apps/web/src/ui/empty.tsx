import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** A list with nothing in it: what would be here, and the way to the first one. */
export const Empty = ({ title, children, action }: EmptyProps) => (
  <Stack className="wl-card" gap={8} align="flex-start" p={24}>
    <Title order={2}>{title}</Title>
    <Text c="dimmed" maw={560}>
      {children}
    </Text>
    {action !== undefined && <div style={{ marginTop: 8 }}>{action}</div>}
  </Stack>
);
