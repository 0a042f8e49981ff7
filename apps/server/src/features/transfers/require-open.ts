import type { TransferState } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { TransferRow } from './transfer-store.ts';

const endings: Record<Exclude<TransferState, 'open'>, string> = {
  completing: 'The bucket is putting it together: complete it again to learn what came of it.',
  received: 'It was received.',
  aborted: 'It was cancelled.',
  expired: 'Its time is over.',
  missing: 'It was reported, but it was not in the bucket when it was looked up: ask for a new upload.',
};

/** @throws AppError uploadEnded where no bytes may come any more */
export const requireOpen = (
  { state, expiresAt }: Pick<TransferRow, 'state' | 'expiresAt'>,
  now: Date,
): void => {
  if (state !== 'open') throw new AppError('uploadEnded', endings[state]);
  if (expiresAt <= now) throw new AppError('uploadEnded', endings.expired);
};
