import type { Answers, FormField, OrderDraft, OrderReceipt } from '@windlass/contract';
import { readDraft, writeDraft, type Draft } from '../draft/draft.ts';
import { restoreFiles } from '../draft/restore-files.ts';
import { sourceOfKept } from '../files/source-body.ts';
import { askForDraft, type FoundDraft } from './ask-for-draft.ts';
import { draftKey, receiptKey, type SessionCore } from './session-deps.ts';
import { emptySession } from './session-state.ts';
import { showReceipt } from './show-receipt.ts';

const known = (answers: Answers, fields: readonly FormField[]): Answers => {
  const ids = new Set(fields.map(({ id }) => id));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => ids.has(id)));
};

/** The receipt of an order that was sent from here, so that a reload does not lose it. */
const readReceipt = (text: string | null): OrderReceipt | null => {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    // Written by this page alone, from the server's answer.
    return typeof value === 'object' && value !== null && 'number' in value ? (value as OrderReceipt) : null;
  } catch {
    return null;
  }
};

const filesOnServer = (draft: Draft, found: FoundDraft): OrderDraft['files'] => {
  if (found.kind === 'there') return found.draft.files;
  if (found.kind === 'gone') return [];
  return draft.files.flatMap(({ transferId, received, ...file }) =>
    // What this browser last knew of them, until the server answers again.
    transferId === null
      ? []
      : [{ ...file, received, transferId: transferId as OrderDraft['files'][number]['transferId'] }],
  );
};

/**
 * Takes up what an earlier page has left: the receipt of an order that was sent, or a draft with its files.
 *
 * @returns whether an order is under way, so that its uploads go on
 */
export const restoreSession = async (core: SessionCore): Promise<boolean> => {
  const { store, storage, receipts, shelf, previews, bytes } = core;
  const { page } = store.get();
  const receipt = readReceipt(receipts.read(receiptKey(page.name)));
  if (receipt !== null) {
    store.patch({ receipt });
    return false;
  }
  const key = draftKey(page.name);
  const draft = readDraft(storage.read(key));
  if (draft === null) {
    // What an order has left that is nowhere written down is nobody's any more.
    previews.clear();
    void shelf.all().then(shelf.clear);
    return false;
  }
  const [found, kept] = await Promise.all([
    draft.order === null ? { kind: 'gone' as const } : askForDraft(core, draft.order.orderToken),
    shelf.all(),
  ]);
  if (found.kind === 'there' && found.draft.submittedAt !== null && draft.order !== null) {
    await showReceipt(core, draft.order, found.draft);
    return false;
  }
  const fields = found.kind === 'there' ? found.draft.fields : page.fields;
  const files = restoreFiles(draft, filesOnServer(draft, found), new Set(kept.keys()));
  for (const [id, body] of kept) {
    const file = files.get(id);
    // One that is not in the draft may be another tab's, which has not written it down yet; the shelf is emptied with the order.
    if (file === undefined) continue;
    if (file.state === 'received') void shelf.drop(id);
    else bytes.set(id, sourceOfKept(file, body));
  }
  const goesOn = found.kind !== 'gone';
  // Or what is written from now on would be taken for that of a tab that has not heard of the order yet.
  if (!goesOn && draft.order !== null) storage.write(key, writeDraft({ ...draft, order: null }));
  store.set({
    ...emptySession(page),
    page: { ...page, fields },
    order: goesOn ? draft.order : null,
    customer: draft.customer,
    answers: known(draft.answers, fields),
    consent: draft.consent !== null && draft.consent === page.consentText,
    forNew: known(draft.forNew, fields),
    files,
    note: draft.order === null ? null : goesOn ? 'resumed' : 'expired',
  });
  return goesOn;
};
