import {
  IconDatabase,
  IconInbox,
  IconLayoutDashboard,
  IconPhoto,
  IconShieldCheck,
  IconUsers,
} from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { WaitingCount } from './waiting-count.tsx';

/**
 * `short` stands in the bottom bar of a phone, where a sixth of the width is all there is. `desk` is a part of the place with a
 * link of its own in the rail, since people look for it by its name; in the bottom bar it belongs to the place.
 */
const places = [
  { to: '/', label: 'Overview', short: 'Overview', Icon: IconLayoutDashboard },
  {
    to: '/drops',
    label: 'Drops',
    short: 'Drops',
    Icon: IconInbox,
    desk: { to: '/orders', label: 'Orders' },
  },
  { to: '/sources', label: 'Images', short: 'Images', Icon: IconPhoto },
  { to: '/connections', label: 'Connections', short: 'Connections', Icon: IconDatabase },
  { to: '/studio', label: 'Policy studio', short: 'Studio', Icon: IconShieldCheck },
  { to: '/team', label: 'Team', short: 'Team', Icon: IconUsers },
] as const;

/** The map of the app; the same list in the rail and in the bottom bar of a phone. */
export const NavLinks = ({ phone }: { phone: boolean }) => {
  const { pathname } = useLocation();
  return (
    <ul className="wl-nav-list">
      {places.map(({ to, label, short, Icon, ...place }) => {
        const desk = 'desk' in place ? place.desk : undefined;
        return (
          <li key={to}>
            <Link
              to={to}
              className="wl-nav-link"
              activeOptions={{ exact: to === '/', includeSearch: false }}
              data-within={(phone && desk !== undefined && pathname.startsWith(desk.to)) || undefined}
            >
              <Icon size={20} stroke={1.6} aria-hidden="true" />
              <span className="wl-nav-label">{label}</span>
              <span className="wl-nav-short">{short}</span>
              {phone && desk !== undefined && <WaitingCount />}
            </Link>
            {!phone && desk !== undefined && (
              <Link
                to={desk.to}
                className="wl-nav-link wl-nav-part"
                activeOptions={{ exact: false, includeSearch: false }}
              >
                <span className="wl-nav-label">{desk.label}</span>
                <WaitingCount />
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
};
