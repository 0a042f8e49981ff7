import type { Id, IdPrefix } from '@windlass/contract';
import { typeid } from 'typeid-js';

/** A new id, e.g. `con_01kazq8v3kf2wvpn2d8m6b3c9t`: a UUIDv7 (RFC 9562) in base32, so ids sort by age. */
export const newId = <P extends IdPrefix>(prefix: P): Id<P> =>
  // typeid's own text type knows nothing of our brand.
  typeid(prefix).toString() as string as Id<P>;
