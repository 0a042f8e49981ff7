import type { StartedOrder } from '../api/order-api.ts';
import { filesOfAnotherTab, problemOf } from '../api/order-problem.ts';
import { readDraft, type Draft } from '../draft/draft.ts';
import { removedOf } from '../draft/join-drafts.ts';
import { baseName, totalsOf } from '../files/order-file.ts';
import type { OtherTabs } from './follow-other-tabs.ts';
import { missingOf } from './missing.ts';
import { orderToSubmit } from './order-to-send.ts';
import { draftKey, receiptKey, type SessionCore } from './session-deps.ts';

/** Sends the order, now or as soon as its files have arrived. */
export interface Sending {
  send(): void;
  /** Files still come, but the order stays here. */
  stopWaiting(): void;
  /** @returns how to stop looking whether the files have arrived */
  watch(): () => void;
}

/** @param onSent the lab has the order */
export const createSending = (
  core: SessionCore,
  otherTabs: Pick<OtherTabs, 'look'>,
  onSent: () => void,
): Sending => {
  const { store, api, receipts, storage, removed, twins, known } = core;

  /** What other tabs have written down of this order. */
  const written = (order: StartedOrder): Draft | null => {
    const draft = readDraft(storage.read(draftKey(store.get().page.name)));
    return draft?.order?.orderToken === order.orderToken ? draft : null;
  };

  /** The lab has changed the text since this page was loaded: it is shown, and its box is empty again. */
  const showNewConsent = async (): Promise<void> => {
    const { consentText } = await api.page(store.get().page.name).catch(() => store.get().page);
    const { page } = store.get();
    if (consentText !== page.consentText) store.patch({ page: { ...page, consentText }, consent: false });
  };
  const submit = async (): Promise<void> => {
    const state = store.get();
    if (state.order === null || state.submit.kind === 'sending') return;
    const draft = written(state.order);
    const coming = draft?.files.filter(
      ({ id, received }) => !received && !known.has(id) && !state.files.has(id),
    );
    const [first] = coming ?? [];
    if (coming !== undefined && first !== undefined) {
      const problem = filesOfAnotherTab(baseName(first.name), coming.length);
      store.patch({ submit: { kind: 'failed', problem } });
      return;
    }
    const own = { files: state.files.values(), removed: [...removed, ...twins] };
    store.patch({ submit: { kind: 'sending' } });
    try {
      const receipt = await api.submit(state.order.orderToken, orderToSubmit(state, removedOf(own, draft)));
      receipts.write(receiptKey(state.page.name), JSON.stringify(receipt));
      store.patch({ submit: { kind: 'idle' }, receipt });
      onSent();
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'conflict') {
        await showNewConsent();
        await otherTabs.look();
        // Another tab has sent it; or it is gone.
        if (store.get().order === null || store.get().receipt !== null) return;
      }
      store.patch({ submit: { kind: 'failed', problem } });
    }
  };
  const step = () => {
    const state = store.get();
    if (state.submit.kind !== 'waiting') return;
    // Something was emptied, removed or has failed while it waited: the list of what is missing takes over.
    if (missingOf(state).length > 0) {
      store.patch({ submit: { kind: 'idle' } });
      return;
    }
    const { count, byState } = totalsOf(state.files);
    if (byState.received === count) void submit();
  };
  return {
    send: () => {
      const state = store.get();
      if (state.submit.kind === 'sending') return;
      if (missingOf(state).length > 0) store.patch({ tried: true });
      else store.patch({ submit: { kind: 'waiting' } });
    },
    stopWaiting: () => {
      if (store.get().submit.kind === 'waiting') store.patch({ submit: { kind: 'idle' } });
    },
    watch: () => store.subscribe(step),
  };
};
