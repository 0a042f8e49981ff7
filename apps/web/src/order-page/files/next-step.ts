import type { Refusal } from '@windlass/transfer';
import { words } from '../words.ts';

/** What a customer can do about a file that failed: what only the lab can mend is for the lab to be told. */
export const nextStep = ({ code, next }: Refusal): string =>
  code === 'bucketRefused' || code === 'corsHidesEtag' ? words.files.tellLab : next;
