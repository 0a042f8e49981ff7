import type { Principal } from '../authorize.ts';
import type { Identities } from '../iam/identities.ts';

/**
 * Whether a bucket counts as the caller's own. Buckets belong to the account, and so to everybody in it, as on AWS; but a
 * user with the standing of an owner is kept to what it made, because such users are strangers to each other.
 */
export const createIsOwn =
  (identities: Pick<Identities, 'user'>) =>
  (principal: Principal, { ownerId }: { ownerId: string }): boolean => {
    switch (principal.kind) {
      case 'anonymous':
        return false;
      case 'session':
        return true;
      case 'user':
        return identities.user(principal.userId)?.standing !== 'owner' || ownerId === principal.userId;
    }
  };
