import type { DeskState, Order, OrderState } from '@windlass/contract';
import type { Tone } from '../../lib/tone.ts';

/** What each state is called until a lab renames it, and how it looks: warm is what waits for a person. */
export const orderStateWords = {
  draft: { tone: 'unknown', word: 'Draft' },
  received: { tone: 'attention', word: 'Received' },
  downloaded: { tone: 'ok', word: 'Downloaded' },
  inProduction: { tone: 'ok', word: 'In production' },
  ready: { tone: 'ok', word: 'Ready' },
  delivered: { tone: 'unknown', word: 'Delivered' },
  cancelled: { tone: 'unknown', word: 'Cancelled' },
} as const satisfies Record<OrderState, { tone: Tone; word: string }>;

export const manifestWords = {
  pending: {
    tone: 'unknown',
    word: 'Being written',
    why: 'manifest.json is written a moment after an order came in.',
  },
  written: {
    tone: 'ok',
    word: 'Written',
    why: 'manifest.json stands beside the files, as the lab’s own record.',
  },
  failed: {
    tone: 'missing',
    word: 'Failed',
    why: 'manifest.json could not be written: look at the check of the connection.',
  },
} as const satisfies Record<Order['manifest'], { tone: Tone; word: string; why: string }>;

export const mailWords = {
  pending: { tone: 'unknown', word: 'Waiting' },
  sent: { tone: 'ok', word: 'Sent' },
  failed: { tone: 'missing', word: 'Failed' },
} as const satisfies Record<Order['mails'][number]['state'], { tone: Tone; word: string }>;

const mailNames: Readonly<Record<string, string>> = {
  received: 'Confirmation',
  notice: 'Notice of the order',
  stateChanged: 'Change of state',
  filesGoSoon: 'Files go soon',
};

/** What a mail is about; one that this page does not know yet has the server's own name. */
export const mailName = (kind: string): string => mailNames[kind] ?? kind;

/** A state in the lab's own words. */
export const stateWord = (
  state: OrderState,
  labels: Partial<Record<DeskState, string>> | undefined,
): string => (state === 'draft' ? undefined : labels?.[state]) ?? orderStateWords[state].word;
