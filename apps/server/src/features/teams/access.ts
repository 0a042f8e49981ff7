import type { Role, TeamId, UserId } from '@windlass/contract';
import type { AccessRule } from '../../kernel/access-rule.ts';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Database } from '../../platform/db/index.ts';
import { findRole } from './membership-store.ts';
import { reaches } from './policy.ts';

/** What the caller turned out to be in the team. For an API key: the role and the id of whoever made it. */
export interface Access {
  role: Role;
  userId: UserId;
}

export interface TeamAccess {
  /**
   * Throws unless the caller may do what the rule guards:
   * - `notFound` for a person who is no member and for another team's API key, so that nobody learns which teams exist;
   * - `missingScope` for an API key without the rule's scope (`noun:write` includes `noun:read`);
   * - `forbidden` for a lower role.
   *
   * The membership is read each time: whoever is removed is out with the next request.
   *
   * @example await access.require(actor, teamId, connectionPolicy.read);
   */
  require(actor: Actor, teamId: TeamId, rule: AccessRule): Promise<Access>;
}

export const createTeamAccess = ({ db }: { db: Database }): TeamAccess => ({
  require: async (actor, teamId, rule) => {
    const access = await identify(db, actor, teamId);
    if (access === null) throw new AppError('notFound', 'There is no such team, or you are not in it.');
    if (actor.kind === 'apiKey' && !covers(actor.scopes, rule.scope)) {
      throw new AppError('missingScope', `This call needs the scope ${rule.scope}.`);
    }
    if (!reaches(access.role, rule.role)) {
      throw new AppError('forbidden', `This needs the role ${rule.role}; yours is ${access.role}.`);
    }
    return access;
  },
});

const identify = async (db: Database, actor: Actor, teamId: TeamId): Promise<Access | null> => {
  if (actor.kind === 'apiKey') {
    return actor.teamId === teamId ? { role: actor.role, userId: actor.createdBy } : null;
  }
  const role = await findRole(db, teamId, actor.userId);
  return role === null ? null : { role, userId: actor.userId };
};

/** `noun:write` includes `noun:read`. */
const covers = (held: readonly string[], needed: string): boolean =>
  held.includes(needed) || held.includes(needed.replace(/:read$/, ':write'));
