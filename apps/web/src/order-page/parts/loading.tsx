import { words } from '../words.ts';

/** The shape of what comes, so that nothing jumps when it is there. */
export const Loading = () => (
  <div className="loading" role="status" aria-label={words.loading}>
    <span style={{ width: '55%', height: 28 }} />
    <span style={{ width: '90%' }} />
    <span style={{ height: 48 }} />
    <span style={{ height: 160 }} />
  </div>
);
