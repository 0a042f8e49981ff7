import type { TransferState } from '@windlass/contract';

/**
 * `complete`: the bucket is about to be asked to put the parts together. `receive`: it is in the bucket. `reopen`: it is
 * not, and parts are to be sent. `abort` and `expire`: nobody will send it any more. `miss`: its sender said that it is in the
 * bucket, and it is not.
 */
export const transferEvents = ['complete', 'receive', 'reopen', 'abort', 'expire', 'miss'] as const;
export type TransferEvent = (typeof transferEvents)[number];

/**
 * What may happen when, and what comes of it. While the bucket puts an object together nothing ends its upload: only the
 * bucket knows whether the object will be there.
 */
export const transferMoves = {
  open: { complete: 'completing', receive: 'received', abort: 'aborted', expire: 'expired' },
  completing: { complete: 'completing', receive: 'received', reopen: 'open', abort: 'aborted' },
  received: { miss: 'missing' },
  aborted: {},
  expired: {},
  missing: {},
} as const satisfies Record<TransferState, Partial<Record<TransferEvent, TransferState>>>;

/** The states in which something may happen, for the WHERE of the statement that makes it so. */
export const statesBefore = (event: TransferEvent): TransferState[] =>
  // Object.entries loses the literal types that the table has.
  (Object.entries(transferMoves) as [TransferState, Partial<Record<TransferEvent, TransferState>>][])
    .filter(([, moves]) => event in moves)
    .map(([state]) => state);

/** Bytes may come, or are being put together: the key is held and the grant counts it. */
export const underWay = statesBefore('receive');
