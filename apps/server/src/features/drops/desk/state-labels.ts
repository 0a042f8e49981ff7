import { deskStates, type OrderStateLabels, type TeamId } from '@windlass/contract';
import type { Actor } from '../../../kernel/actor.ts';
import { actorIdOf } from '../../../platform/http/actor-id.ts';
import type { DropsDeps } from '../deps.ts';
import { defaultStateLabels } from '../order-states.ts';
import { stateLabelsOf } from '../pages/order-store.ts';
import { replaceLabels } from './desk-store.ts';
import { deskPolicy } from './policy.ts';

/** What a team calls the states of its orders. */
export interface StateLabels {
  show(actor: Actor, teamId: TeamId): Promise<OrderStateLabels>;
  set(actor: Actor, teamId: TeamId, labels: OrderStateLabels): Promise<OrderStateLabels>;
}

export const createStateLabels = ({
  db,
  access,
  log,
}: Pick<DropsDeps, 'db' | 'access' | 'log'>): StateLabels => {
  const labelsOf = async (teamId: TeamId): Promise<OrderStateLabels> => {
    const own = await stateLabelsOf(db, teamId);
    const label = (state: (typeof deskStates)[number]): string => own[state] ?? defaultStateLabels[state];
    return {
      received: label('received'),
      downloaded: label('downloaded'),
      inProduction: label('inProduction'),
      ready: label('ready'),
      delivered: label('delivered'),
      cancelled: label('cancelled'),
    };
  };
  return {
    show: async (actor, teamId) => {
      await access.require(actor, teamId, deskPolicy.read);
      return labelsOf(teamId);
    },
    set: async (actor, teamId, labels) => {
      await access.require(actor, teamId, deskPolicy.nameStates);
      // What a state is called anyway needs no row.
      const own = deskStates
        .filter((state) => labels[state] !== defaultStateLabels[state])
        .map((state) => ({ state, label: labels[state] }));
      await db.transaction().execute((trx) => replaceLabels(trx, teamId, own));
      log.info({ actorId: actorIdOf(actor), teamId }, 'States of orders renamed');
      return labelsOf(teamId);
    },
  };
};
