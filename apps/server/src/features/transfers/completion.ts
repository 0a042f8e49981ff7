import type { ReportedPart } from './part-store.ts';
import type { TransferRow } from './transfer-store.ts';

/** An upload whose parts the bucket is about to put together. */
export interface Completion {
  row: TransferRow;
  uploadId: string;
  parts: ReportedPart[];
  /** It was asked before, and nobody knows what came of it. */
  askedBefore: boolean;
}
