import type { Refusal, UploadReceipt } from './wire.ts';

/**
 * `waiting`: in line. `preparing`: its type and hash are read, its ticket asked for. `sending`: bytes go. `completing`: the
 * server puts it together. `paused` until resumed; `failed` until tried again; the other two are the end.
 */
export const uploadItemStates = [
  'waiting',
  'preparing',
  'sending',
  'completing',
  'paused',
  'done',
  'failed',
  'cancelled',
] as const;
export type UploadItemState = (typeof uploadItemStates)[number];

/** Failures that this side finds out; those of the server keep the code of its catalogue of errors. */
export const localErrorCodes = [
  'corsHidesEtag',
  'bucketRefused',
  'bucketUnavailable',
  'network',
  'unreadable',
  'unexpected',
] as const;
export type LocalErrorCode = (typeof localErrorCodes)[number];

/** One file on its way. Each change makes a new object, so that a view may compare by identity. */
export interface UploadItem {
  /** Of this uploader, from the moment it was added. */
  readonly id: string;
  /** The name as it is sent: NFC. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly type: string;
  readonly state: UploadItemState;
  readonly bytesSent: number;
  /** What happened, why, and what to do next; null unless `failed`. */
  readonly error: Refusal | null;
  readonly receipt: UploadReceipt | null;
  /** Once the server knows it. */
  readonly transferId: string | null;
}

export interface UploadSnapshot {
  readonly items: readonly UploadItem[];
  /** How many are in each state. */
  readonly counts: Readonly<Record<UploadItemState, number>>;
  /** Of all that are not cancelled or failed. */
  readonly bytesSent: number;
  readonly bytesTotal: number;
  /** Over the last seconds; 0 while nothing moves. */
  readonly bytesPerSecond: number;
  /** Null while nothing moves. */
  readonly secondsLeft: number | null;
  /** Whether it waits for the network to come back. */
  readonly offline: boolean;
}
