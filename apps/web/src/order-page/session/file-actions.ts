import type { Answers } from '@windlass/contract';
import type { UploadSource } from '@windlass/transfer';
import { randomHex } from '../../lib/random-hex.ts';
import { copyOptions, setOption, sharedValue, withAnswer, type AnswerValue } from '../files/file-options.ts';
import {
  addFiles,
  baseName,
  changeFiles,
  removeFiles,
  restoreFiles,
  type OrderFile,
} from '../files/order-file.ts';
import { bodyOf } from '../files/source-body.ts';
import { takeFiles, type RefusedFile } from '../files/take-files.ts';
import { words } from '../words.ts';
import type { LaneHolder } from './lane-holder.ts';
import type { SessionCore } from './session-deps.ts';

/** How long a removal can be taken back. */
export const undoMilliseconds = 10_000;

export interface FileActions {
  /** @param again files that are there already are meant to come twice */
  choose(chosen: readonly UploadSource[], again?: boolean): void;
  /** Says of some why they cannot be taken. */
  refuse(refused: readonly RefusedFile[]): void;
  dismiss(what: 'refused' | 'duplicates'): void;
  remove(ids: readonly string[]): void;
  retry(ids: readonly string[]): void;
  /** @param ids null: all, and those that come */
  setOption(ids: readonly string[] | null, fieldId: string, value: AnswerValue | undefined): void;
  /** The options of one file for all, and for those that come. */
  sameForAll(id: string): void;
  undo(): void;
  dismissUndo(): void;
}

const newFile = ({ name, size, lastModified, type }: UploadSource, options: Answers): OrderFile => ({
  id: randomHex(),
  name,
  size,
  lastModified,
  type: type ?? '',
  state: 'waiting',
  bytesSent: 0,
  error: null,
  transferId: null,
  options,
});

/**
 * What a customer does with files.
 *
 * @param onChosen new files wait for their upload
 */
export const createFileActions = (
  core: SessionCore,
  holder: LaneHolder,
  onChosen: (ids: readonly string[]) => void,
): FileActions => {
  const { store, bytes, shelf, previews, removed } = core;
  /** What makes the last removal final. */
  let settle: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const settleNow = () => {
    clearTimeout(timer);
    settle?.();
    settle = null;
    store.patch({ undo: null });
  };
  const offerUndo = (text: string, run: () => void, onSettled: () => void) => {
    settleNow();
    settle = onSettled;
    timer = setTimeout(settleNow, undoMilliseconds);
    store.patch({
      undo: {
        text,
        run: () => {
          clearTimeout(timer);
          settle = null;
          run();
          store.patch({ undo: null });
        },
      },
    });
  };

  const isWanted = (id: string) => (store.get().files.get(id)?.state ?? 'received') !== 'received';
  /** One after another, and only what still waits: copying bytes must not get in the way of sending them. */
  const keepBytes = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) {
      const source = bytes.get(id);
      if (source === undefined || !isWanted(id)) continue;
      await shelf.keep(id, bodyOf(source));
      if (!isWanted(id)) await shelf.drop(id);
    }
  };

  const choose = (chosen: readonly UploadSource[], again = false) => {
    const { files, page, forNew } = store.get();
    const taken = takeFiles(chosen, files, page, again);
    const fresh = taken.fresh.map((one) => ({ one, file: newFile(one, forNew) }));
    for (const { one, file } of fresh) bytes.set(file.id, one);
    for (const { id, chosen: one } of taken.returned) bytes.set(id, one);
    const returned = taken.returned.map(({ id }) => id);
    const waiting = changeFiles(files, returned, (file) => ({ ...file, state: 'waiting' }));
    store.patch({
      files: addFiles(
        waiting,
        fresh.map(({ file }) => file),
      ),
      refused: taken.refused,
      duplicates: taken.duplicates,
    });
    const ids = [...returned, ...fresh.map(({ file }) => file.id)];
    if (ids.length === 0) return;
    onChosen(ids);
    void keepBytes(ids);
  };

  const remove = (ids: readonly string[]) => {
    const { files, selected } = store.get();
    const gone = ids.flatMap((id) => files.get(id) ?? []);
    const [first] = gone;
    if (first === undefined) return;
    const order = [...files.keys()];
    const transfers = gone.flatMap(({ transferId }) => transferId ?? []);
    holder.lane?.hold(ids);
    for (const transferId of transfers) removed.add(transferId);
    const left = removeFiles(files, new Set(ids));
    const stillSelected = [...(selected ?? [])].filter((id) => left.has(id));
    store.patch({
      files: left,
      selected: selected === null || left.size === 0 ? null : new Set(stillSelected),
    });
    offerUndo(
      words.files.removed(gone.length, baseName(first.name)),
      () => {
        for (const transferId of transfers) removed.delete(transferId);
        store.patch({ files: restoreFiles(store.get().files, gone.map(holder.caughtUp), order) });
        holder.lane?.release(ids);
      },
      () => {
        holder.lane?.cancel(ids);
        previews.drop(ids);
        for (const id of ids) {
          bytes.delete(id);
          void shelf.drop(id);
        }
      },
    );
  };

  const setForAll = (change: (ids: readonly string[]) => void, mixed: boolean) => {
    const before = store.get();
    const ids = [...before.files.keys()];
    change(ids);
    if (!mixed) return;
    offerUndo(
      words.files.changed(ids.length),
      () => {
        const { files } = store.get();
        const options = (file: OrderFile) => before.files.get(file.id)?.options ?? file.options;
        store.patch({
          forNew: before.forNew,
          files: changeFiles(files, ids, (file) => ({ ...file, options: options(file) })),
        });
      },
      () => undefined,
    );
  };

  return {
    choose,
    refuse: (refused) => store.patch({ refused }),
    dismiss: (what) => store.patch({ [what]: [] }),
    remove,
    retry: (ids) => holder.lane?.retry(ids),
    setOption: (ids, fieldId, value) => {
      const { files } = store.get();
      if (ids !== null && ids.length < files.size) {
        store.patch({ files: setOption(files, ids, fieldId, value) });
        return;
      }
      const mixed = sharedValue(files, files.keys(), fieldId, {}).kind === 'mixed';
      setForAll((all) => {
        const { forNew } = store.get();
        store.patch({
          files: setOption(files, all, fieldId, value),
          forNew: withAnswer(forNew, fieldId, value),
        });
      }, mixed);
    },
    sameForAll: (id) => {
      const options = store.get().files.get(id)?.options;
      if (options === undefined) return;
      setForAll((all) => {
        store.patch({ files: copyOptions(store.get().files, all, options), forNew: options });
      }, store.get().files.size > 1);
    },
    undo: () => store.get().undo?.run(),
    dismissUndo: settleNow,
  };
};
