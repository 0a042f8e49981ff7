import type { Membership, Role, User } from '@windlass/contract';
import { createContext, useContext } from 'react';

/** The team that the screens are about, and who looks at it. */
export interface CurrentTeam {
  teamId: Membership['teamId'];
  teamName: string;
  role: Role;
  memberships: readonly Membership[];
  user: User;
}

export const CurrentTeamContext = createContext<CurrentTeam | null>(null);

/** @throws outside the shell, where there is no team. */
export const useTeam = (): CurrentTeam => {
  const team = useContext(CurrentTeamContext);
  if (team === null) throw new Error('useTeam is for screens inside the shell');
  return team;
};
