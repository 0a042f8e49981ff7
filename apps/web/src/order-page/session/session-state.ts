import type { Answers, FormFieldScope, OrderPage, OrderReceipt } from '@windlass/contract';
import type { UploadSource } from '@windlass/transfer';
import type { StartedOrder } from '../api/order-api.ts';
import type { ProblemFacts } from '../api/order-problem.ts';
import { emptyCustomer, type CustomerInput } from '../draft/draft.ts';
import { initialAnswers } from '../files/file-options.ts';
import type { OrderFiles } from '../files/order-file.ts';
import type { RefusedFile } from '../files/take-files.ts';

/** Something that goes on, rests, or has failed. */
export type Work<Kind extends string> = { kind: Kind } | { kind: 'failed'; problem: ProblemFacts };

/** How the bytes are getting on. */
export interface TransferFacts {
  bytesPerSecond: number;
  /** Null while nothing moves. */
  secondsLeft: number | null;
  offline: boolean;
}

export interface Undo {
  readonly text: string;
  readonly run: () => void;
}

/** All that an order page knows; what of it outlives a reload is in `Draft`. */
export interface SessionState {
  /** What the lab asks; of an order that was begun earlier, the form of that day. */
  readonly page: OrderPage;
  /** Null until it has begun: with the first files, or once the password was right. */
  readonly order: StartedOrder | null;
  readonly start: Work<'idle' | 'working'>;
  readonly customer: CustomerInput;
  readonly answers: Answers;
  readonly consent: boolean;
  readonly files: OrderFiles;
  readonly forNew: Answers;
  /** Null while nothing is being selected. */
  readonly selected: ReadonlySet<string> | null;
  readonly refused: readonly RefusedFile[];
  readonly duplicates: readonly UploadSource[];
  /** What the last removal or change can be taken back by. */
  readonly undo: Undo | null;
  readonly transfer: TransferFacts;
  /** `waiting`: to be sent as soon as all files have arrived. */
  readonly submit: Work<'idle' | 'waiting' | 'sending'>;
  readonly receipt: OrderReceipt | null;
  /** Whether what is wrong with a field is shown at once: after somebody has tried to send. */
  readonly tried: boolean;
  readonly note: 'resumed' | 'expired' | 'thrownAway' | null;
  /** Files of this tab that the order was sent without, by another. */
  readonly leftBehind: number;
}

export const restingTransfer: TransferFacts = { bytesPerSecond: 0, secondsLeft: null, offline: false };

const startWith = (page: OrderPage, scope: FormFieldScope): Answers =>
  initialAnswers(page.fields.filter((field) => field.scope === scope));

export const emptySession = (page: OrderPage): SessionState => ({
  page,
  order: null,
  start: { kind: 'idle' },
  customer: emptyCustomer,
  answers: startWith(page, 'order'),
  consent: false,
  files: new Map(),
  forNew: startWith(page, 'file'),
  selected: null,
  refused: [],
  duplicates: [],
  undo: null,
  transfer: restingTransfer,
  submit: { kind: 'idle' },
  receipt: null,
  tried: false,
  note: null,
  leftBehind: 0,
});
