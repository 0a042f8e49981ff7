import type { UndoAction } from '@windlass/contract';
import type { BucketAdmin, IamAdmin } from '../../../platform/s3/index.ts';
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
  /** Only after `delete` or `restore`. Null where it turned out that it must stay, with the reason. */
  carryOut(
    row: ProvisionedRow,
    finding: UndoFinding,
    signal: AbortSignal,
  ): Promise<{ done: boolean; detail: string }>;
}

export interface UndoTools {
  bucket: BucketAdmin;
  iam: IamAdmin | null;
}

export const gone: UndoFinding = {
  action: 'keep',
  detail: 'It is gone already.',
  document: null,
  settled: true,
};
export const keep = (detail: string, settled = false): UndoFinding => ({
  action: 'keep',
  detail,
  document: null,
  settled,
});
export const remove = (detail: string): UndoFinding => ({
  action: 'delete',
  detail,
  document: null,
  settled: false,
});
export const restore = (detail: string, document: string): UndoFinding => ({
  action: 'restore',
  detail,
  document,
  settled: false,
});
export const changedSince = keep('It was changed since: it stays as it is.');
