/* oxlint-disable import/no-unassigned-import -- style sheets are imported for their effect */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './styles/base.css';
import './styles/drops.css';
import './styles/json.css';
import './styles/orders.css';
import './styles/parts.css';
import './styles/shell.css';
import './styles/sources.css';
import './styles/studio.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app.tsx';
import { meQuery } from './features/account/queries.ts';
import { createQueryClient } from './lib/query-client.ts';
import { createAppRouter } from './router.ts';

// zod would compile its parsers with eval, which the page's policy forbids.
z.config({ jitless: true });

const queryClient = createQueryClient(() => {
  queryClient.removeQueries({ queryKey: meQuery.queryKey });
  void router.invalidate();
});
const router = createAppRouter(queryClient);

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App queryClient={queryClient} router={router} />
  </StrictMode>,
);
