import type { NameConflict, TransferState, UploadReceipt } from '@windlass/contract';
import type { UploadItemState } from '@windlass/transfer';
import type { Tone } from '../../lib/tone.ts';

/** Where an upload stands in the ledger. */
export const transferStateWords = {
  open: { tone: 'unknown', word: 'Open', why: 'Bytes may come until it expires.' },
  completing: { tone: 'unknown', word: 'Completing', why: 'The bucket is putting the parts together.' },
  received: { tone: 'ok', word: 'Received', why: 'It is in the bucket.' },
  aborted: {
    tone: 'unknown',
    word: 'Aborted',
    why: 'It was called off, or its grant revoked; its parts are deleted.',
  },
  missing: {
    tone: 'missing',
    word: 'Missing',
    why: 'Its sender reported it, but the bucket had no such object when it was looked up.',
  },
  expired: {
    tone: 'attention',
    word: 'Expired',
    why: 'It was not finished in time, or its grant was revoked; its parts are deleted.',
  },
} as const satisfies Record<TransferState, { tone: Tone; word: string; why: string }>;

/** How it is known that an object is there. */
export const proofWords = {
  completed: 'The bucket itself answered the completion.',
  seen: 'It was looked up in the bucket.',
  reported: 'The sender reported the ETag that the bucket answered with.',
} as const satisfies Record<UploadReceipt['proof'], string>;

/** Where a file stands in this page. */
export const itemStateWords = {
  waiting: { tone: 'unknown', word: 'Waiting' },
  preparing: { tone: 'unknown', word: 'Preparing' },
  sending: { tone: 'unknown', word: 'Sending' },
  completing: { tone: 'unknown', word: 'Completing' },
  paused: { tone: 'unknown', word: 'Paused' },
  done: { tone: 'ok', word: 'Uploaded' },
  failed: { tone: 'missing', word: 'Failed' },
  cancelled: { tone: 'unknown', word: 'Cancelled' },
} as const satisfies Record<UploadItemState, { tone: Tone; word: string }>;

/** What becomes of a second file of one name. */
export const conflictWords = {
  refuse: 'Refuse it',
  rename: 'Store it as “name (2)”',
} as const satisfies Record<NameConflict, string>;
