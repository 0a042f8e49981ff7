import { getRouteApi } from '@tanstack/react-router';
import { StudioPage } from '../../features/studio/studio-page.tsx';
import { OpenFrame } from '../../ui/open-frame.tsx';
import { TeamFrame } from '../shared/team-frame.tsx';

const route = getRouteApi('/studio');

export const StudioScreen = () => {
  const { me } = route.useRouteContext();
  const { team, view } = route.useSearch();
  const navigate = route.useNavigate();
  const page = (
    <StudioPage
      view={view ?? 'check'}
      onView={(next) => void navigate({ search: (before) => ({ ...before, view: next }) })}
    />
  );
  // Somebody who is in no team needs no team here.
  if (me === null || me.memberships.length === 0) return <OpenFrame>{page}</OpenFrame>;
  return (
    <TeamFrame me={me} team={team}>
      {page}
    </TeamFrame>
  );
};
