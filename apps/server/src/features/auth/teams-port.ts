import type { Membership, UserId } from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';

/** What accounts need of teams; the teams feature provides it, so that it may stand on this one and not the other way round. */
export interface TeamsPort {
  listMemberships(db: Database, userId: UserId): Promise<Membership[]>;
  /** Gives the first owner a team: the demo team while nobody is in it, else a new one. */
  adoptFirstTeam(db: Database, userId: UserId): Promise<void>;
  /** True when the link still works and, where it is bound to an e-mail, is bound to this one. */
  mayAccept(db: Database, invitationHash: string, email: string): Promise<boolean>;
  /** Uses the invitation up and makes the person a member. Throws AppError `linkInvalid`. */
  accept(db: Database, invitationHash: string, person: { userId: UserId; email: string }): Promise<void>;
}
