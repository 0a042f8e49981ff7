import type { OrderApi } from '../api/order-api.ts';
import { readDraft, writeDraft, type Draft } from '../draft/draft.ts';
import { joinDrafts } from '../draft/join-drafts.ts';
import type { PageStorage } from '../draft/page-storage.ts';
import type { Store } from '../store.ts';
import { draftToSave } from './order-to-send.ts';
import type { SessionState } from './session-state.ts';

const localDelayMilliseconds = 300;
const serverDelayMilliseconds = 2000;

export const draftOf = (state: SessionState, removed: Iterable<string>): Draft => ({
  order: state.order,
  customer: state.customer,
  answers: state.answers,
  consent: state.consent ? state.page.consentText : null,
  forNew: state.forNew,
  files: [...state.files.values()].map((file) => ({
    id: file.id,
    name: file.name,
    size: file.size,
    lastModified: file.lastModified,
    type: file.type,
    transferId: file.transferId,
    received: file.state === 'received',
    options: file.options,
  })),
  removed: [...removed],
});

interface KeeperDeps {
  store: Store<SessionState>;
  api: OrderApi;
  storage: PageStorage;
  key: string;
  /** Transfers whose files the customer has removed. */
  removed: ReadonlySet<string>;
  known: Set<string>;
}

/**
 * Keeps the draft as it changes: at once in this browser, a little later on the server, where the lab would find it should
 * the customer call. The server's copy is a second one: where it cannot be written, the next change tries again.
 */
export const createDraftKeeper = ({ store, api, storage, key, removed, known }: KeeperDeps) => {
  let local: ReturnType<typeof setTimeout> | undefined;
  let remote: ReturnType<typeof setTimeout> | undefined;
  let saved = '';

  const keepLocally = () => {
    clearTimeout(local);
    local = undefined;
    const state = store.get();
    if (state.receipt !== null) return;
    for (const id of state.files.keys()) known.add(id);
    const draft = joinDrafts(draftOf(state, removed), readDraft(storage.read(key)), known);
    if (draft !== null) storage.write(key, writeDraft(draft));
  };
  const keepRemotely = (leaving: boolean) => {
    clearTimeout(remote);
    remote = undefined;
    const state = store.get();
    if (state.order === null || state.receipt !== null || state.submit.kind === 'sending') return;
    const body = draftToSave(state);
    const text = JSON.stringify(body);
    // A page that leaves may send 64 KiB (Fetch, keepalive); more stays in this browser.
    if (text === saved || (leaving && text.length > 60_000)) return;
    saved = text;
    api.save(state.order.orderToken, body, leaving).catch(() => {
      saved = '';
    });
  };

  let before = store.get();
  const stop = store.subscribe(() => {
    const state = store.get();
    const changed =
      state.order !== before.order ||
      state.customer !== before.customer ||
      state.answers !== before.answers ||
      state.consent !== before.consent ||
      state.files !== before.files;
    if (state.files.size < before.files.size) for (const id of before.files.keys()) known.add(id);
    before = state;
    if (!changed) return;
    local ??= setTimeout(keepLocally, localDelayMilliseconds);
    clearTimeout(remote);
    remote = setTimeout(() => keepRemotely(false), serverDelayMilliseconds);
  });
  const leave = () => {
    if (local !== undefined) keepLocally();
    if (remote !== undefined) keepRemotely(true);
  };
  window.addEventListener('pagehide', leave);
  return {
    now: keepLocally,
    stop: () => {
      clearTimeout(local);
      clearTimeout(remote);
      stop();
      window.removeEventListener('pagehide', leave);
    },
  };
};
