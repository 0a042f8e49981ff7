import {
  IconDatabase,
  IconInbox,
  IconLayoutDashboard,
  IconPhoto,
  IconShieldCheck,
  IconUsers,
} from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';

/** `short` stands in the bottom bar of a phone, where a sixth of the width is all there is; `also` belongs to the same place. */
const places = [
  { to: '/', label: 'Overview', short: 'Overview', Icon: IconLayoutDashboard },
  { to: '/drops', label: 'Drops', short: 'Drops', Icon: IconInbox, also: '/orders' },
  { to: '/sources', label: 'Images', short: 'Images', Icon: IconPhoto },
  { to: '/connections', label: 'Connections', short: 'Connections', Icon: IconDatabase },
  { to: '/studio', label: 'Policy studio', short: 'Studio', Icon: IconShieldCheck },
  { to: '/team', label: 'Team', short: 'Team', Icon: IconUsers },
] as const;

/** The map of the app; the same list in the rail and in the bottom bar. */
export const NavLinks = () => {
  const { pathname } = useLocation();
  return (
    <ul className="wl-nav-list">
      {places.map(({ to, label, short, Icon, ...place }) => (
        <li key={to}>
          <Link
            to={to}
            className="wl-nav-link"
            activeOptions={{ exact: to === '/', includeSearch: false }}
            data-within={('also' in place && pathname.startsWith(place.also)) || undefined}
          >
            <Icon size={20} stroke={1.6} aria-hidden="true" />
            <span className="wl-nav-label">{label}</span>
            <span className="wl-nav-short">{short}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
};
