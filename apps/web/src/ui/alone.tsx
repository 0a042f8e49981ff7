import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** The frame of screens without a team: set-up, sign-in, invitation. */
export const Alone = ({ children }: { children: ReactNode }) => (
  <main className="wl-alone">
    <Stack gap={24}>
      <Group gap={8}>
        <img src="/favicon.svg" alt="" width={28} height={28} />
        <Text fw={600}>Windlass</Text>
      </Group>
      {children}
    </Stack>
  </main>
);
