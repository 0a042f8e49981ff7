import { Link } from '@tanstack/react-router';

const places = [
  { to: '/drops', label: 'Order pages' },
  { to: '/orders', label: 'Orders' },
  { to: '/drops/settings', label: 'States and costs' },
] as const;

/** The three parts of Drops, each with an address of its own. */
export const DropSections = () => (
  <nav aria-label="Drops" className="wl-sections">
    {places.map(({ to, label }) => (
      <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }}>
        {label}
      </Link>
    ))}
  </nav>
);
