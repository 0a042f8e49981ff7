import { IconDatabase, IconLayoutDashboard, IconPhoto, IconShieldCheck, IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

const places = [
  { to: '/', label: 'Overview', Icon: IconLayoutDashboard },
  { to: '/sources', label: 'Images', Icon: IconPhoto },
  { to: '/connections', label: 'Connections', Icon: IconDatabase },
  { to: '/studio', label: 'Policy studio', Icon: IconShieldCheck },
  { to: '/team', label: 'Team', Icon: IconUsers },
] as const;

/** The map of the app; the same list in the rail and in the bottom bar. */
export const NavLinks = () => (
  <ul className="wl-nav-list">
    {places.map(({ to, label, Icon }) => (
      <li key={to}>
        <Link to={to} className="wl-nav-link" activeOptions={{ exact: to === '/', includeSearch: false }}>
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          <span>{label}</span>
        </Link>
      </li>
    ))}
  </ul>
);
