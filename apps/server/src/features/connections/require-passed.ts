import { AppError } from '../../kernel/app-error.ts';
import type { CheckResult } from './check.ts';
import { trustIsBroken } from './probe-trust.ts';
import { faultsOf } from './state-recorder.ts';

/**
 * For credentials that are about to be kept. A role that lets others in is never kept, not even by force.
 *
 * @throws AppError checkFailed, with an entry of `errors` for each row that is not as it should be
 */
export const requirePassed = (result: CheckResult, { force }: { force: boolean }): void => {
  if ((result.event === 'checkPassed' || force) && !trustIsBroken(result.rows)) return;
  const faults = faultsOf(result.rows);
  throw new AppError('checkFailed', faults.map(({ cause }) => cause).join(' '), {
    errors: faults.map(({ id, cause, next }) => ({ path: id, message: `${cause} ${next}`.trim() })),
  });
};
