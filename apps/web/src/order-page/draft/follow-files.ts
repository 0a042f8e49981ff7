import type { OrderFile, OrderFiles } from '../files/order-file.ts';
import type { DraftFile } from './draft.ts';

/** What becomes of the files of a tab when another tab of its order has changed something. */
export interface Followed {
  readonly files: OrderFiles;
  /** Ids of files that this tab had not sent yet, and the other has. */
  readonly overtaken: readonly string[];
  /** Transfers of files that both tabs have sent: one of the two is enough. */
  readonly twins: readonly string[];
}

/** A file that has arrived by way of another tab. */
export const arrivedFile = ({ received: _received, ...file }: DraftFile): OrderFile => ({
  ...file,
  state: 'received',
  bytesSent: file.size,
  error: null,
});

/**
 * Takes up what has arrived through another tab, and lets go of what was removed there. What was chosen for a file stays as
 * this tab shows it: that is what it sends.
 *
 * @param there files of the order that have arrived
 * @param removedThere transfers that another tab has removed
 * @param removedHere those that this one has
 */
export const followFiles = (
  own: OrderFiles,
  there: Iterable<OrderFile>,
  { removedThere, removedHere }: { removedThere: Iterable<string>; removedHere: ReadonlySet<string> },
): Followed => {
  const gone = new Set(removedThere);
  const left = [...own.values()].filter(
    ({ state, transferId }) => state !== 'received' || transferId === null || !gone.has(transferId),
  );
  const files = new Map(left.map((file) => [file.id, file]));
  const shown = new Set(left.map(({ transferId }) => transferId));
  const overtaken: string[] = [];
  const twins: string[] = [];
  let changed = files.size < own.size;
  for (const file of there) {
    const { id, transferId } = file;
    if (transferId === null || shown.has(transferId) || gone.has(transferId) || removedHere.has(transferId))
      continue;
    const mine = files.get(id);
    if (mine?.state === 'received') {
      twins.push(transferId);
      continue;
    }
    if (mine !== undefined) overtaken.push(id);
    files.set(id, mine === undefined ? file : { ...file, options: mine.options });
    changed = true;
  }
  return { files: changed ? files : own, overtaken, twins };
};
