import { findNonce } from './proof-of-work.ts';

/** Works beside the page, which stays alive: takes `{ salt, difficulty }`, answers with the nonce. */
self.addEventListener('message', ({ data }: MessageEvent<{ salt: string; difficulty: number }>) => {
  self.postMessage(findNonce(data.salt, data.difficulty));
});
