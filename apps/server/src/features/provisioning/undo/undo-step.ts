import type { UndoAction } from '@windlass/contract';
import type { ProvisionedRow } from '../store.ts';

/** What undoing one record would do. */
export interface UndoFinding {
  action: UndoAction;
  detail: string;
  /** What would be written back. */
  document: string | null;
  /** True where the record has nothing left to undo. */
  settled: boolean;
}

/** How one kind of record is undone. */
export interface Undo {
  look(row: ProvisionedRow, signal: AbortSignal): Promise<UndoFinding>;
  /** Only after `delete` or `restore`. Not `done` where it turned out that it must stay, with the reason. */
  carryOut(
    row: ProvisionedRow,
    finding: UndoFinding,
    signal: AbortSignal,
  ): Promise<{ done: boolean; detail: string }>;
}

/** What the record is of was removed by somebody else. */
export const gone: UndoFinding = {
  action: 'keep',
  detail: 'It is gone already.',
  document: null,
  settled: true,
};
/** It stays, and the record with it unless it is `settled`. */
export const keep = (detail: string, settled = false): UndoFinding => ({
  action: 'keep',
  detail,
  document: null,
  settled,
});
/** It was made by us, and nobody changed it since. */
export const remove = (detail: string): UndoFinding => ({
  action: 'delete',
  detail,
  document: null,
  settled: false,
});
/** It was there before: `document` is what it was then. */
export const restore = (detail: string, document: string): UndoFinding => ({
  action: 'restore',
  detail,
  document,
  settled: false,
});
/** What somebody else changed is theirs. */
export const changedSince = keep('It was changed since: it stays as it is.');
