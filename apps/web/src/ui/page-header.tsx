import { Group, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

interface PageHeaderProps {
  title: string;
  about?: ReactNode;
  /** Beside the title: a state. */
  aside?: ReactNode;
  actions?: ReactNode;
}

/** The head of a screen; it names the document too, for history and screen readers. */
export const PageHeader = ({ title, about, aside, actions }: PageHeaderProps) => {
  useEffect(() => {
    document.title = `${title} · Windlass`;
  }, [title]);
  return (
    <header className="wl-page-header">
      <div>
        <Group gap={12} align="baseline">
          <Title order={1}>{title}</Title>
          {aside}
        </Group>
        {about !== undefined && (
          <Text c="dimmed" size="sm" component="div" mt={4}>
            {about}
          </Text>
        )}
      </div>
      {actions !== undefined && <Group gap={8}>{actions}</Group>}
    </header>
  );
};
