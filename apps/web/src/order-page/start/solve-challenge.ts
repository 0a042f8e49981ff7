/**
 * Does the work of a challenge in a worker of its own.
 *
 * @returns the nonce
 */
export const solveChallenge = (challenge: { salt: string; difficulty: number }): Promise<string> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./proof-of-work.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<string>) => {
      worker.terminate();
      resolve(data);
    });
    worker.addEventListener('error', (event) => {
      worker.terminate();
      reject(new Error(event.message === '' ? 'The work could not be begun.' : event.message));
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a worker, not to a window
    worker.postMessage({ salt: challenge.salt, difficulty: challenge.difficulty });
  });
