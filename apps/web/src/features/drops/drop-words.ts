import type { ChallengeKind, Drop, DropAccessKind, DropPhase, FormFieldKind } from '@windlass/contract';
import type { Tone } from '../../lib/tone.ts';

/** Whether an order page takes orders, in a dot and a word. */
export const dropPhaseWords = {
  open: { tone: 'ok', word: 'Open', why: 'It takes orders.' },
  late: {
    tone: 'attention',
    word: 'Late',
    why: 'Its deadline is over; orders still come in and are marked as late.',
  },
  paused: {
    tone: 'unknown',
    word: 'Paused',
    why: 'Somebody of the team has paused it; customers are told so.',
  },
  closed: { tone: 'unknown', word: 'Closed', why: 'Its deadline and the late hours are over.' },
  full: {
    tone: 'attention',
    word: 'Full',
    why: 'A quota is used up: orders of a day, bytes of a day, or bytes in all.',
  },
} as const satisfies Record<DropPhase, { tone: Tone; word: string; why: string }>;

/** Whether files go by themselves. */
export const retentionWords = {
  none: { tone: 'unknown', word: 'Kept', why: 'Files stay until somebody deletes them.' },
  deletes: {
    tone: 'ok',
    word: 'Deletes',
    why: 'Windlass deletes the files itself when their days are over.',
  },
  lifecycle: { tone: 'ok', word: 'By the bucket', why: 'A lifecycle rule of the bucket deletes the files.' },
  missingRule: {
    tone: 'attention',
    word: 'Rule missing',
    why: 'The key may not delete, and the bucket has no rule that does.',
  },
  unknown: { tone: 'unknown', word: 'Unknown', why: 'It was not looked at yet, or the bucket does not say.' },
} as const satisfies Record<Drop['retention']['state'], { tone: Tone; word: string; why: string }>;

export const accessWords = {
  open: 'Whoever has the link',
  password: 'A password',
  pin: 'A PIN of four to eight digits',
} as const satisfies Record<DropAccessKind, string>;

export const challengeWords = {
  none: 'Nothing',
  proofOfWork: 'Work that the browser does by itself',
  hcaptcha: 'hCaptcha, or a service that speaks its protocol',
} as const satisfies Record<ChallengeKind, string>;

export const customerFieldWords = { off: 'Not asked', optional: 'Optional', required: 'Required' } as const;

export const fieldKindWords = {
  text: 'Text',
  choice: 'Choice',
  number: 'Number',
  date: 'Date',
  email: 'E-mail',
} as const satisfies Record<FormFieldKind, string>;
