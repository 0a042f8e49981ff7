import { kill } from 'node:process';
import { describe, expect, it } from 'vitest';
import { startRenderChild } from './render-child.ts';
import { request, writeOriginals } from './testing/render-jobs.ts';

const deadlineMilliseconds = 150;

describe('a child that gets none of the CPU', () => {
  it.each([
    ['is said to be busy with a job that would be done in time', 40, 'busy'],
    ['has met its deadline with one that needs more than that', deadlineMilliseconds, 'deadline'],
  ])('%s', async (_says, predictedMilliseconds, reason) => {
    await using originals = await writeOriginals();
    const options = { maxRssBytes: 512 * 1024 * 1024, deadlineMilliseconds, niceness: 0 };
    const child = startRenderChild(options);
    try {
      while (!child.ready) await new Promise((resolve) => setTimeout(resolve, 5));
      kill(child.pid ?? 0, 'SIGSTOP');
      const outcome = await child.run(request(originals.small, 'width=20').job, predictedMilliseconds);
      expect(outcome?.result).toMatchObject({ reason });
    } finally {
      await child.kill();
    }
  });
});
