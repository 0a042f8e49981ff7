import type { UploadItemState } from './upload-item.ts';

export const itemEvents = [
  'start',
  'send',
  'complete',
  'received',
  'fail',
  'pause',
  'resume',
  'retry',
  'cancel',
] as const;
export type ItemEvent = (typeof itemEvents)[number];

/**
 * What becomes of a file by each event; what is not named changes nothing. A file whose completion was under way when it was
 * paused or cancelled may turn out to be received: then it is done, for so it is.
 */
const moves: Readonly<Record<UploadItemState, Partial<Record<ItemEvent, UploadItemState>>>> = {
  waiting: { start: 'preparing', pause: 'paused', cancel: 'cancelled' },
  preparing: {
    send: 'sending',
    complete: 'completing',
    received: 'done',
    fail: 'failed',
    pause: 'paused',
    cancel: 'cancelled',
  },
  sending: { complete: 'completing', received: 'done', fail: 'failed', pause: 'paused', cancel: 'cancelled' },
  completing: { send: 'sending', received: 'done', fail: 'failed', pause: 'paused', cancel: 'cancelled' },
  paused: { resume: 'waiting', received: 'done', cancel: 'cancelled' },
  failed: { retry: 'waiting', cancel: 'cancelled' },
  done: {},
  cancelled: { received: 'done' },
};

/** @returns null where the event means nothing in this state */
export const moveItem = (state: UploadItemState, event: ItemEvent): UploadItemState | null =>
  moves[state][event] ?? null;

/** Nothing more happens to it by itself. */
export const isOver = (state: UploadItemState): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled';
