import type { Draft, DraftFile } from './draft.ts';

/** What a tab puts in the place of its draft when it throws the order away, so that the others know; no draft is read from it. */
export const thrownAway = 'thrown away';

const tokenOf = ({ order }: Draft): string | null => order?.orderToken ?? null;

/**
 * What a tab writes down: its own draft, and beside it the files that another tab of the same order has written there. Of two
 * tabs that wrote only what they have, the later would take the other's files out of the draft.
 *
 * @param known ids of the files that this tab has or has had: of these it alone says whether they are there
 * @returns null where it has nothing to say: another tab has begun the order, and this one will go on with it
 */
export const joinDrafts = (own: Draft, stored: Draft | null, known: ReadonlySet<string>): Draft | null => {
  if (stored === null) return own;
  const [mine, theirs] = [tokenOf(own), tokenOf(stored)];
  if (mine === null && theirs !== null) return null;
  if (theirs !== null && theirs !== mine) return own;
  const removed = removedOf(own, stored);
  const gone = new Set(removed);
  const beside = stored.files.filter(
    ({ id, transferId }) => !known.has(id) && (transferId === null || !gone.has(transferId)),
  );
  return { ...own, files: [...own.files, ...beside], removed };
};

/** Transfers that were removed in any tab; what this one shows is not, whatever was written before. */
export const removedOf = (
  own: { files: Iterable<Pick<DraftFile, 'transferId'>>; removed: Iterable<string> },
  stored: Pick<Draft, 'removed'> | null,
): string[] => {
  const removed = new Set([...own.removed, ...(stored?.removed ?? [])]);
  for (const { transferId } of own.files) if (transferId !== null) removed.delete(transferId);
  return [...removed];
};
