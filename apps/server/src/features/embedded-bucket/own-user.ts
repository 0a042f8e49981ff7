import type { IamUser } from '@windlass/bucket';

/** Roles of the embedded bucket are assumed by this user, which has no right but what their trust policies give it. */
export const ownUser = 'windlass-server';

/** Is the user this server's? It reaches its own bucket by those of a standing of their own, and roles there by `ownUser`. */
export const isOwn = ({ name, standing }: Pick<IamUser, 'name' | 'standing'>): boolean =>
  standing !== 'policies' || name === ownUser;
