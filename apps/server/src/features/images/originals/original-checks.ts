import type { Clock } from '../../../kernel/clock.ts';
import { createFairLanes, type FairLanesOptions } from './fair-lanes.ts';
import type { KnownOriginal } from './held-original.ts';
import type { KnownOriginals } from './known-originals.ts';
import type { OriginFailures } from './origin-failures.ts';
import type { Origin } from './origin.ts';

export interface OriginalChecksOptions {
  known: KnownOriginals;
  failures: OriginFailures;
  clock: Clock;
  lanes: FairLanesOptions;
  timeoutMilliseconds: number;
}

/**
 * Asks an origin for its facts of the object at `place`, and remembers them; a failure is remembered under the place.
 *
 * @throws AppError, as the origin does; unavailable where too many ask this origin already
 */
export type CheckOriginal = (
  origin: Origin,
  key: string,
  place: string,
  signal: AbortSignal,
) => Promise<KnownOriginal>;

export const createOriginalChecks = ({
  known,
  failures,
  clock,
  lanes: laneOptions,
  timeoutMilliseconds,
}: OriginalChecksOptions): CheckOriginal => {
  const lanes = createFairLanes(laneOptions);
  return async (origin, key, place, signal) => {
    using turn = new DisposableStack();
    turn.use(await lanes.enter(origin.id, 0, signal));
    return await failures.ask(place, timeoutMilliseconds, signal, async (bounded) => {
      const askedAt = clock.now().getTime();
      return known.remember(place, await origin.head(key, { signal: bounded }), askedAt);
    });
  };
};
