import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** The frame of screens that need no account, for people without one: a slim header and the content. */
export const OpenFrame = ({ children }: { children: ReactNode }) => (
  <>
    <a className="wl-skip" href="#main">
      Skip to the content
    </a>
    <header className="wl-open-header">
      <img src="/favicon.svg" alt="" width={24} height={24} />
      <Text fw={600} flex={1}>
        Windlass
      </Text>
      {/* Not even the sign-in's script is fetched before it is asked for. */}
      <Button component={Link} to="/sign-in" preload={false} variant="default" size="xs">
        Sign in
      </Button>
    </header>
    <main id="main" className="wl-main" tabIndex={-1}>
      {children}
    </main>
  </>
);
