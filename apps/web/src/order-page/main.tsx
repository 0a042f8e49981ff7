/* oxlint-disable import/no-unassigned-import -- style sheets are imported for their effect */
import './look/page.css';
import './look/files.css';
import './look/receipt.css';
import { loadTypeDetector } from '@windlass/transfer';
import { createRoot } from 'react-dom/client';
import { createOrderApi } from './api/order-api.ts';
import { OrderPage } from './order-page.tsx';
import { pageAddress } from './page-address.ts';
import { NoPage } from './parts/no-page.tsx';
import { tellHeight } from './parts/tell-height.ts';
import { StatusPage } from './status/status-page.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('drop.html has no #root');

const api = createOrderApi();
const address = pageAddress(location.pathname);

const Page = () => {
  if (address?.kind === 'order') return <OrderPage api={api} name={address.name} />;
  if (address?.kind === 'status') return <StatusPage api={api} token={address.token} />;
  return <NoPage />;
};

// A page that opens a session when it is shown would open two of them in React's strict mode.
createRoot(root).render(<Page />);
tellHeight();
// After the page has loaded, so that it takes nothing from the first paint, and a network that goes meanwhile is no matter.
if (address?.kind === 'order') addEventListener('load', () => void loadTypeDetector(), { once: true });
