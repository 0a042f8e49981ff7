import type { ConnectionId, ProvisioningId, TeamId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';

const keptMilliseconds = 10 * 60 * 1000;
/** What one process holds at most: a plan is a few kilobytes, and nobody makes many. */
const maxPlans = 200;
const maxPlansOfTeam = 10;

interface Place {
  teamId: TeamId;
  connectionId: ConnectionId;
  provisioningId: ProvisioningId;
}

/**
 * Plans with their administrator keys, in the memory of this process and nowhere else. Each is forgotten when it is taken,
 * discarded, or ten minutes old. JavaScript's texts cannot be wiped: forgotten means that nothing refers to them any more.
 */
export interface PlanMemory<Plan> extends Disposable {
  /** In the place of an older plan for the same connection. @returns when it will be forgotten. @throws AppError tooManyRequests */
  put(place: Place, plan: Plan): Date;
  /** Gives the plan once; who comes second finds none. Another team or connection never finds it. */
  take(place: Place): Plan | null;
}

export const createPlanMemory = <Plan>({ clock }: { clock: Clock }): PlanMemory<Plan> => {
  const held = new Map<
    ProvisioningId,
    { place: Place; plan: Plan; expiresAt: Date; timer: NodeJS.Timeout }
  >();

  const forget = (id: ProvisioningId): void => {
    clearTimeout(held.get(id)?.timer);
    held.delete(id);
  };

  return {
    put: (place, plan) => {
      for (const { place: older } of held.values()) {
        if (older.teamId === place.teamId && older.connectionId === place.connectionId)
          forget(older.provisioningId);
      }
      const ofTeam = [...held.values()].filter((entry) => entry.place.teamId === place.teamId);
      if (held.size >= maxPlans || ofTeam.length >= maxPlansOfTeam) {
        throw new AppError('tooManyRequests', 'Too many plans are waiting: apply or discard some.', {
          headers: { 'retry-after': String(keptMilliseconds / 1000) },
        });
      }
      const expiresAt = new Date(clock.now().getTime() + keptMilliseconds);
      const timer = setTimeout(() => forget(place.provisioningId), keptMilliseconds);
      timer.unref();
      held.set(place.provisioningId, { place, plan, expiresAt, timer });
      return expiresAt;
    },
    take: ({ teamId, connectionId, provisioningId }) => {
      const entry = held.get(provisioningId);
      if (entry === undefined || entry.place.teamId !== teamId || entry.place.connectionId !== connectionId)
        return null;
      forget(provisioningId);
      return entry.expiresAt > clock.now() ? entry.plan : null;
    },
    [Symbol.dispose]: () => {
      for (const id of held.keys()) forget(id);
    },
  };
};
