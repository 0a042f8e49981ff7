import type { OrderDraft } from '@windlass/contract';
import type { StartedOrder } from '../api/order-api.ts';
import { readDraft } from '../draft/draft.ts';
import { askForDraft } from './ask-for-draft.ts';
import { draftKey, type SessionCore } from './session-deps.ts';

type Core = Pick<SessionCore, 'api' | 'storage' | 'store'>;

/** One tab after the other; the ones that wait then find what the first has begun. Pages over plain http have no locks. */
export const oneTabAtATime = async <Result>(
  { storage, store }: Pick<Core, 'storage' | 'store'>,
  step: () => Promise<Result>,
): Promise<Result> =>
  storage.keeps && 'locks' in navigator
    ? navigator.locks.request(draftKey(store.get().page.name), step)
    : step();

/**
 * The order that another tab of this browser has begun on this page since this one was loaded. It is gone on with here too:
 * there is one draft a page, and of two orders the other would be lost with the next reload.
 *
 * @returns null where there is none, or none that can be gone on with
 * @throws where the server does not say which: beginning is tried again
 */
export const orderOfAnotherTab = async ({
  api,
  storage,
  store,
}: Core): Promise<{ order: StartedOrder; draft: OrderDraft } | null> => {
  const order = readDraft(storage.read(draftKey(store.get().page.name)))?.order ?? null;
  if (order === null) return null;
  const found = await askForDraft({ api }, order.orderToken);
  if (found.kind === 'unreachable') throw found.error;
  return found.kind === 'gone' || found.draft.submittedAt !== null ? null : { order, draft: found.draft };
};
