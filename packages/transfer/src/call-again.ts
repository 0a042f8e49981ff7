import { backOffMs } from './back-off.ts';
import { localFailure, UploadFailure } from './failures.ts';
import { isWorthAnotherTry } from './judge-refusal.ts';
import { waitForNetwork } from './online.ts';
import { sleep } from './sleep.ts';
import { UploadApiError } from './upload-api.ts';
import type { OnlineSignal } from './uploader.ts';

export interface CallPatience {
  attempts: number;
  online: OnlineSignal;
  signal: AbortSignal;
}

const failureOf = (error: unknown): UploadFailure =>
  error instanceof UploadApiError
    ? new UploadFailure(error.refusal, { cause: error })
    : localFailure('network', 'Windlass could not be reached.', { cause: error });

/**
 * Makes a call of the API until it is answered: with back-off, and without counting what fails while there is no network.
 *
 * @throws UploadFailure with the server's reason, or `network`; the signal's reason when it is aborted
 */
export const callAgain = async <Answer>(
  call: () => Promise<Answer>,
  { attempts, online, signal }: CallPatience,
): Promise<Answer> => {
  for (let tries = 1; ;) {
    await waitForNetwork(online, signal);
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      if (!isWorthAnotherTry(error) || tries >= attempts) throw failureOf(error);
      await sleep(backOffMs(tries, error instanceof UploadApiError ? error.retryAfterMs : null), signal);
      if (online.isOnline()) tries += 1;
    }
  }
};
