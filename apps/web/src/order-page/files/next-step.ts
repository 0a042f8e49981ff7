import type { Refusal } from '@windlass/transfer';
import { words } from '../words.ts';

/** What a customer can do about a file that failed: what only the lab can mend is for the lab to be told. */
export const nextStep = ({ code, next }: Refusal): string => {
  if (code === 'bucketRefused' || code === 'corsHidesEtag') return words.files.tellLab;
  // Its order was not sent in time: a reload finds that out, and begins another with the same files.
  return code === 'grantInvalid' ? words.files.loadAgain : next;
};
