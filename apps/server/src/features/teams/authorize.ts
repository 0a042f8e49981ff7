import type { TeamId } from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Database } from '../../platform/db/index.ts';
import { createTeamAccess, type Access } from './access.ts';
import { peopleOnly, teamPolicy, type TeamAction } from './policy.ts';

/** Asks the policy table of this feature: membership, role, scope, and whether an API key may at all. */
export const authorize = async (
  db: Database,
  actor: Actor,
  teamId: TeamId,
  action: TeamAction,
): Promise<Access> => {
  const access = await createTeamAccess({ db }).require(actor, teamId, teamPolicy[action]);
  if (actor.kind === 'apiKey' && peopleOnly.has(action)) {
    throw new AppError('forbidden', 'An API key cannot hand out rights: sign in for this.');
  }
  return access;
};
