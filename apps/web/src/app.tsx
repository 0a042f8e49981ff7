import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { AppRouter } from './router.ts';
import { colorSchemes, cssVariables, theme } from './theme.ts';

interface AppProps {
  queryClient: QueryClient;
  router: AppRouter;
}

/** The app inside its providers. */
export const App = ({ queryClient, router }: AppProps) => (
  <MantineProvider
    theme={theme}
    defaultColorScheme="auto"
    colorSchemeManager={colorSchemes}
    cssVariablesResolver={cssVariables}
  >
    <QueryClientProvider client={queryClient}>
      <Notifications position="top-center" limit={4} />
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>
);
