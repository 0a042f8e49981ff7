import type { ReactNode } from 'react';
import { NavLinks } from './nav-links.tsx';
import { PersonMenu } from './person-menu.tsx';
import { TeamSwitcher } from './team-switcher.tsx';

/** The frame of every screen for people who are signed in: a rail beside it, or bars above and below on a phone. */
export const Shell = ({ phone, children }: { phone: boolean; children: ReactNode }) => (
  <>
    <a className="wl-skip" href="#main">
      Skip to the content
    </a>
    <div className="wl-shell">
      {phone ? (
        <section className="wl-topbar" aria-label="Team and account">
          <TeamSwitcher />
          <PersonMenu compact />
        </section>
      ) : (
        <section className="wl-rail" aria-label="Team, pages and account">
          <TeamSwitcher />
          <nav aria-label="Main">
            <NavLinks phone={false} />
          </nav>
          <PersonMenu />
        </section>
      )}
      <main id="main" className="wl-main" tabIndex={-1}>
        {children}
      </main>
      {phone && (
        <nav className="wl-bottombar" aria-label="Main">
          <NavLinks phone />
        </nav>
      )}
    </div>
  </>
);
