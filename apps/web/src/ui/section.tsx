import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  id?: string;
  children: ReactNode;
}

/** A titled part of a screen. */
export const Section = ({ title, about, actions, id, children }: SectionProps) => (
  <Stack component="section" gap={12} {...(id === undefined ? {} : { id })} aria-label={title} miw={0}>
    <Group justify="space-between" align="flex-start" gap={8}>
      <div style={{ minWidth: 0, flex: '1 1 200px' }}>
        <Title order={2}>{title}</Title>
        {about !== undefined && (
          <Text size="sm" c="dimmed" component="div">
            {about}
          </Text>
        )}
      </div>
      {actions}
    </Group>
    {children}
  </Stack>
);
