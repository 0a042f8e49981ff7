import { findNonce } from './proof-of-work.ts';

/** Works beside the page, which stays alive: takes `{ salt, difficulty }`, answers with the nonce. */
self.addEventListener('message', ({ data }: MessageEvent<{ salt: string; difficulty: number }>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's only listener is the page that made it
  self.postMessage(findNonce(data.salt, data.difficulty));
});
