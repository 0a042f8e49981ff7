import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Folded facts: the browser's own disclosure, so the keyboard and screen readers know it. */
export const Fold = ({ label, children }: { label: string; children: ReactNode }) => (
  <details className="wl-fold">
    <Text component="summary" size="sm" c="dimmed" w="fit-content" style={{ cursor: 'pointer' }}>
      {label}
    </Text>
    <div style={{ paddingTop: 4 }}>{children}</div>
  </details>
);
