import type { OrderDraft } from '@windlass/contract';
import type { StartedOrder } from '../api/order-api.ts';
import { readDraft } from '../draft/draft.ts';
import { arrivedFile, followFiles } from '../draft/follow-files.ts';
import { thrownAway } from '../draft/join-drafts.ts';
import { arrivedOnServer } from '../draft/restore-files.ts';
import type { OrderFile } from '../files/order-file.ts';
import { askForDraft } from './ask-for-draft.ts';
import type { LaneHolder } from './lane-holder.ts';
import { draftKey, type SessionCore } from './session-deps.ts';
import { showReceipt } from './show-receipt.ts';

/** What other tabs of this browser do with the same order. */
export interface OtherTabs {
  /** Takes up what has arrived, as the server says. */
  adopt(draft: OrderDraft): void;
  /** Asks the server how the order stands: a tab may have sent it, or added files. */
  look(): Promise<void>;
  /** @returns how to stop listening */
  listen(): () => void;
}

/** @param on the order was sent, or thrown away, by another tab */
export const createOtherTabs = (
  core: SessionCore,
  holder: Pick<LaneHolder, 'lane'>,
  on: { sent(): void; thrownAway(): void },
): OtherTabs => {
  const { store, storage, removed, twins } = core;
  const key = draftKey(store.get().page.name);

  const follow = (there: Iterable<OrderFile>, removedThere: Iterable<string>): void => {
    const { files } = store.get();
    const followed = followFiles(files, there, { removedThere, removedHere: removed });
    for (const transferId of followed.twins) twins.add(transferId);
    if (followed.files !== files) store.patch({ files: followed.files });
    holder.lane?.cancel(followed.overtaken);
  };
  const adopt = (draft: OrderDraft): void => {
    const stored = readDraft(storage.read(key));
    const known = stored?.files.filter(({ transferId }) => transferId !== null) ?? [];
    const gone = [...(stored?.removed ?? []), ...twins];
    follow(arrivedOnServer({ files: known, removed: gone }, draft.files), stored?.removed ?? []);
  };
  const showSent = async (order: StartedOrder, draft: OrderDraft): Promise<void> => {
    const sent = new Set<string | null>(draft.files.map(({ transferId }) => transferId));
    const leftBehind = [...store.get().files.values()].filter(({ transferId }) => !sent.has(transferId));
    await showReceipt(core, order, draft);
    store.patch({ submit: { kind: 'idle' }, leftBehind: leftBehind.length });
    on.sent();
  };
  const look = async (): Promise<void> => {
    const { order } = store.get();
    if (order === null) return;
    const found = await askForDraft(core, order.orderToken);
    const now = store.get();
    if (now.order !== order || now.receipt !== null) return;
    // One that is gone may have been over with its time, and its files wait here for the next: a reload takes them there.
    if (found.kind !== 'there') return;
    if (found.draft.submittedAt === null) adopt(found.draft);
    else await showSent(order, found.draft);
  };
  const hear = (event: StorageEvent): void => {
    const { order, receipt } = store.get();
    if (event.key !== key || event.storageArea !== localStorage || order === null || receipt !== null) return;
    if (event.newValue === thrownAway) {
      on.thrownAway();
      return;
    }
    const draft = readDraft(event.newValue);
    if (draft?.order?.orderToken === order.orderToken)
      follow(draft.files.filter(({ received }) => received).map(arrivedFile), draft.removed);
    // An answer that does not come is no news; the next change asks again.
    else look().catch(() => undefined);
  };
  return {
    adopt,
    look,
    listen: () => {
      window.addEventListener('storage', hear);
      return () => window.removeEventListener('storage', hear);
    },
  };
};
