import type { Grant } from './grant.ts';
import { grantInvalid } from './refusals.ts';

/** The grant, if uploads may still begin. @throws AppError grantInvalid */
export const requireGood = (grant: Grant | null, now: Date): Grant => {
  if (grant === null) throw grantInvalid('It is unknown here.');
  if (grant.endedAt !== null) throw grantInvalid('It was ended.');
  if (grant.expiresAt <= now) throw grantInvalid('Its time is over.');
  return grant;
};
