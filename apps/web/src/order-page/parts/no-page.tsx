import { words } from '../words.ts';

/** For an address that leads to no page. */
export const NoPage = () => (
  <div className="notice" data-tone="attention">
    <h1>{words.noPage.title}</h1>
    <p>{words.noPage.detail}</p>
    <p>{words.noPage.next}</p>
  </div>
);
