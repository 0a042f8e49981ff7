import { expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';

it('answers in order, with no more at once than it may', async () => {
  let running = 0;
  let most = 0;
  const doubled = await inTurn([3, 1, 2], 2, async (number) => {
    most = Math.max(most, (running += 1));
    for (let wait = 0; wait < number; wait += 1) await Promise.resolve();
    running -= 1;
    return number * 2;
  });
  expect(doubled).toEqual([6, 2, 4]);
  expect(most).toBe(2);
  expect(await inTurn([], 4, () => Promise.resolve(1))).toEqual([]);
});

it('begins nothing more after a failure', async () => {
  const begun: number[] = [];
  const failing = inTurn([1, 2, 3, 4], 1, (number) => {
    begun.push(number);
    return number === 2 ? Promise.reject(new Error('no')) : Promise.resolve(number);
  });
  await expect(failing).rejects.toThrow('no');
  expect(begun).toEqual([1, 2]);
});
