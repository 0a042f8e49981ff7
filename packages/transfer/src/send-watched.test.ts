import { expect, test } from 'vitest';
import type { SendPart } from './send-part.ts';
import { sendWatched } from './send-watched.ts';

const body = new Blob(['a photo']);
const request = {
  method: 'PUT' as const,
  url: 'http://bucket/a',
  headers: {},
  expiresAt: '2030-01-01T00:00:00Z',
};
const watch = { stallMs: 100, crc64nvme: false, signal: new AbortController().signal, onProgress: () => {} };
const answer = { status: 200, etag: null, retryAfterMs: null, bodyText: '' };

/** A sender that tells these steps of its progress at once, and has its answer after so long. */
const sender =
  (told: readonly number[], answerAfterMs: number): SendPart =>
  (_, __, { onProgress, signal }) => {
    for (const bytes of told) onProgress(bytes);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(answer), answerAfterMs);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new Error('aborted'));
      });
    });
  };
const outcomeOf = (told: readonly number[], answerAfterMs: number) =>
  sendWatched(sender(told, answerAfterMs), request, body, watch);

test.concurrent.each<[string, readonly number[]]>([
  ['was told to be sent', [0, body.size]],
  // It may be sent for all that is known.
  ['nothing is told of', []],
])('the bucket has time to answer for a body that %s, and not for ever', async (_, told) => {
  const [inTime, late] = await Promise.all([outcomeOf(told, 250), outcomeOf(told, 2000)]);
  expect(inTime).toEqual({ kind: 'answer', answer });
  expect(late).toEqual({ kind: 'stalled' });
});

test.concurrent('a body that is not all sent has to move', async () => {
  expect(await outcomeOf([0], 250)).toEqual({ kind: 'stalled' });
});
