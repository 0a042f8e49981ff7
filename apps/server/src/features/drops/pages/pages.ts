import type { Challenge, OrderPage, OrderStatus } from '@windlass/contract';
import { hashToken } from '../../../platform/crypto/token.ts';
import type { DropsDeps } from '../deps.ts';
import { phaseFacts } from '../drop-presenter.ts';
import { findDropByName, findDropOfStatus, usageOf } from '../drop-store.ts';
import { findForm } from '../forms/form-store.ts';
import { missingForm, missingOrder, missingPage } from '../missing.ts';
import type { StatusLink } from '../page-keys.ts';
import type { DropRow, OrderMails } from '../ports.ts';
import { createChallenges } from './challenges.ts';
import { createDoor } from './door.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { isOver, openOrder, orderOfToken } from './open-order.ts';
import { presentPage } from './order-page.ts';
import { findOrderByStatus, listOrderEvents, listOrderFiles, stateLabelsOf } from './order-store.ts';
import { phaseOf } from './phases.ts';
import { createStartOrder, type StartOrder } from './start-order.ts';
import { presentStatus } from './status.ts';
import { createSubmitOrder, type SubmitOrder } from './submit-order.ts';

type StartInput = Parameters<StartOrder>[2];

/** Which sites may show a page in a frame, and whether it loads hCaptcha's script. */
export interface PageEmbedding {
  /** Null: any. */
  embedOrigins: readonly string[] | null;
  hcaptcha: boolean;
}

/** What customers' browsers call. Nobody signs in: whoever has a page's name, an order's token or its status link is let in. */
export interface OrderPages {
  /** @throws AppError notFound */
  page(name: string): Promise<OrderPage>;
  /** @param network of the caller: an address, or the /64 of an IPv6 one. @throws AppError notFound, tooManyRequests */
  challenge(name: string, network: string): Promise<Challenge>;
  /** @throws AppError notFound, dropClosed, wrongPassword, challengeFailed, tooManyRequests */
  start(name: string, network: string, given: StartInput): ReturnType<StartOrder>;
  /** Whether a token is one of an order. @throws AppError notFound */
  requireOrder(token: string): Promise<void>;
  drafts: Drafts;
  submit: SubmitOrder;
  /** @throws AppError notFound */
  status(token: string): Promise<OrderStatus>;
  /** Of the document at `/d/:name` or `/o/:token`; null where there is no such page. */
  embeddingOf(at: { name: string } | { statusToken: string }): Promise<PageEmbedding | null>;
}

export const createOrderPages = (
  deps: DropsDeps & { mails: OrderMails; statusLink: StatusLink },
): OrderPages => {
  const { db, clock, mailer } = deps;
  const door = createDoor(deps);
  const challenges = createChallenges(deps);
  const start = createStartOrder({ ...deps, door, challenges });

  const find = async (name: string): Promise<DropRow> => (await findDropByName(db, name)) ?? missingPage();

  return {
    page: async (name) => {
      const drop = await find(name);
      const at = { teamId: drop.teamId, dropId: drop.id };
      const now = clock.now();
      const { fields } = (await findForm(db, at, drop.formVersion)) ?? missingForm();
      const phase = phaseOf(phaseFacts(drop, await usageOf(db, at, now)), now);
      return presentPage(drop, fields, { phase, sendsMail: mailer.from !== null });
    },

    challenge: async (name, network) => {
      const drop = await find(name);
      await door.countChallenge(drop, network);
      return challenges.create(drop, network);
    },

    start: async (name, network, given) => start(await find(name), network, given),

    requireOrder: async (token) => {
      await orderOfToken(deps, token);
    },
    drafts: createDrafts(deps),
    submit: createSubmitOrder(deps),

    status: async (token) => {
      const order = await findOrderByStatus(db, hashToken(token));
      if (order === null || isOver(order, clock.now())) return missingOrder();
      const at = { teamId: order.teamId, orderId: order.id };
      return presentStatus(await openOrder(db, order), {
        files: await listOrderFiles(db, at),
        events: await listOrderEvents(db, at),
        labels: await stateLabelsOf(db, order.teamId),
      });
    },

    embeddingOf: async (at) => {
      const drop =
        'name' in at
          ? await findDropByName(db, at.name)
          : await findDropOfStatus(db, hashToken(at.statusToken));
      if (drop === null) return null;
      return { embedOrigins: drop.embedOrigins, hcaptcha: drop.challenge === 'hcaptcha' };
    },
  };
};
