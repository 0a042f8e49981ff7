import type { OrderPage } from '@windlass/contract';
import { emptyCustomer, type CustomerInput } from '../draft/draft.ts';
import { withAnswer, type AnswerValue } from '../files/file-options.ts';
import { thrownAway } from '../draft/join-drafts.ts';
import { bodyOf } from '../files/source-body.ts';
import { createStore, type Store } from '../store.ts';
import { createBeginning, hasGate, type Entrance } from './begin-order.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import { createFileActions, type FileActions } from './file-actions.ts';
import { createOtherTabs } from './follow-other-tabs.ts';
import { createLaneHolder } from './lane-holder.ts';
import { restoreSession } from './restore-session.ts';
import { createSending } from './send-order.ts';
import { draftKey, receiptKey, type SessionCore, type SessionDeps } from './session-deps.ts';
import { emptySession, type SessionState } from './session-state.ts';

/** One customer's order on one page: what it knows, and all that can be done with it. */
export interface OrderSession extends FileActions {
  readonly store: Store<SessionState>;
  readonly previews: SessionDeps['previews'];
  /** False where the browser keeps nothing for this page. */
  readonly keeps: boolean;
  /** Takes up what an earlier page has left. */
  restore(): Promise<void>;
  begin(entrance?: Entrance): Promise<void>;
  /** Undefined where the browser no longer has them. */
  bytesOf(id: string): Blob | undefined;
  setCustomer(part: Partial<CustomerInput>): void;
  setAnswer(fieldId: string, value: AnswerValue | undefined): void;
  setConsent(consent: boolean): void;
  /** Null ends it. */
  select(ids: Iterable<string> | null): void;
  send(): void;
  stopWaiting(): void;
  /** Throws the order away, on the server too. */
  startOver(): Promise<void>;
  /** After the receipt: an empty order for the same customer. */
  orderAgain(): void;
  /** Leaves uploads to be resumed. */
  close(): void;
}

export const createOrderSession = (page: OrderPage, deps: SessionDeps): OrderSession => {
  const store = createStore(emptySession(page));
  const core: SessionCore = {
    ...deps,
    store,
    bytes: new Map(),
    removed: new Set(),
    twins: new Set(),
    known: new Set(),
  };
  const { api, storage, receipts, shelf, previews, bytes, removed, twins, known } = core;
  const key = draftKey(page.name);
  const holder = createLaneHolder(core);
  const keeper = createDraftKeeper({ store, api, storage, key, removed, known });
  /** It is the lab's by now: nothing of it has to be kept here. */
  const cleanUp = () => {
    holder.close();
    previews.clear();
    void shelf.clear();
    storage.remove(key);
  };
  const otherTabs = createOtherTabs(core, holder, {
    sent: cleanUp,
    thrownAway: () => {
      forget(store.get().customer);
      store.patch({ note: 'thrownAway' });
    },
  });
  const begin = createBeginning(core, (order, draft) => {
    if (draft !== null) otherTabs.adopt(draft);
    keeper.now();
    holder.open(order);
  });

  const beginUnlessGated = () => {
    if (!hasGate(page)) void begin();
  };
  const actions = createFileActions(core, holder, (ids) => {
    if (store.get().order === null) beginUnlessGated();
    else holder.send(ids);
  });
  /** Nothing of the order is left here. */
  const forget = (customer: CustomerInput) => {
    holder.close();
    bytes.clear();
    removed.clear();
    twins.clear();
    previews.clear();
    void shelf.clear();
    store.set({ ...emptySession(page), customer });
    storage.remove(key);
    receipts.remove(receiptKey(page.name));
  };
  const sending = createSending(core, otherTabs, cleanUp);
  const stopWatching = sending.watch();
  const stopListening = otherTabs.listen();
  const comeOnline = () => {
    const { start, files } = store.get();
    if (start.kind === 'failed' && start.problem.status === 0 && files.size > 0) beginUnlessGated();
  };
  window.addEventListener('online', comeOnline);

  return {
    ...actions,
    store,
    previews,
    keeps: storage.keeps,
    restore: async () => {
      const goesOn = await restoreSession(core);
      const { order, files } = store.get();
      if (goesOn && order !== null) holder.open(order);
      else if (files.size > 0) beginUnlessGated();
    },
    begin,
    bytesOf: (id) => {
      const source = bytes.get(id);
      return source === undefined ? undefined : bodyOf(source);
    },
    setCustomer: (part) => store.patch({ customer: { ...store.get().customer, ...part } }),
    setAnswer: (fieldId, value) => store.patch({ answers: withAnswer(store.get().answers, fieldId, value) }),
    setConsent: (consent) => store.patch({ consent }),
    select: (ids) => store.patch({ selected: ids === null ? null : new Set(ids) }),
    send: sending.send,
    stopWaiting: sending.stopWaiting,
    startOver: async () => {
      const { order } = store.get();
      storage.write(key, thrownAway);
      forget(emptyCustomer);
      // What the server still has of it goes by itself when it expires.
      if (order !== null) await api.cancel(order.orderToken).catch(() => undefined);
    },
    orderAgain: () => forget(store.get().customer),
    close: () => {
      keeper.now();
      keeper.stop();
      window.removeEventListener('online', comeOnline);
      stopWatching();
      stopListening();
      holder.close();
    },
  };
};
