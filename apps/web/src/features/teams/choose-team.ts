import type { Membership } from '@windlass/contract';

const storageKey = 'windlass-team';

/** The team chosen last on this browser, or null. */
export const rememberedTeam = (): string | null => {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    // Storage may be closed; the first team is then the answer.
    return null;
  }
};

export const rememberTeam = (teamId: string): void => {
  try {
    localStorage.setItem(storageKey, teamId);
  } catch {
    // Storage may be closed; the address still holds the team.
  }
};

/** Which team to show: the one in the address, else the one chosen last, else the first. */
export const chooseTeam = (
  memberships: readonly Membership[],
  inAddress: string | undefined,
  remembered: string | null,
): Membership | undefined =>
  memberships.find(({ teamId }) => teamId === inAddress) ??
  memberships.find(({ teamId }) => teamId === remembered) ??
  memberships[0];

const rank = { member: 0, admin: 1, owner: 2 } as const satisfies Record<Membership['role'], number>;

/** Roles contain each other: an owner may what an admin may. */
export const hasRole = (role: Membership['role'], atLeast: Membership['role']): boolean =>
  rank[role] >= rank[atLeast];
