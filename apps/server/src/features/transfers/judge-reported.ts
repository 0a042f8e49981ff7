import { isStoredAfter } from './is-own-object.ts';
import type { Sight } from './look-up.ts';
import type { TransferRow } from './transfer-store.ts';

/**
 * What a look says of a sender's word. `seen`: the object is there, as large and not older than its ticket; nobody else has a
 * ticket for its key. `missing`: nothing is there, or another's object. `open`: nobody can tell, or it is just what was
 * reported but for its age, as where the bucket's clock is behind.
 */
export type Verdict = 'seen' | 'missing' | 'open';

/** @example judgeReported({ size: '5', etag: 'aa', createdAt }, { kind: 'absent' }) // 'missing' */
export const judgeReported = (
  { size, etag, createdAt }: Pick<TransferRow, 'size' | 'etag' | 'createdAt'>,
  sight: Sight,
): Verdict => {
  if (sight.kind === 'unknown') return 'open';
  if (sight.kind === 'absent' || sight.size !== Number(size)) return 'missing';
  if (isStoredAfter(sight.storedAt, createdAt)) return 'seen';
  return sight.etag !== null && sight.etag === etag ? 'open' : 'missing';
};
