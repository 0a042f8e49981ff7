import { expect, test } from 'vitest';
import { mapAtOnce } from './map-at-once.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('keeps the order, and never more running than allowed', async () => {
  let running = 0;
  let most = 0;
  const doubled = await mapAtOnce([5, 4, 3, 2, 1], 2, async (number) => {
    most = Math.max(most, (running += 1));
    for (let turns = 0; turns < number; turns += 1) await turn();
    running -= 1;
    return number * 2;
  });
  expect(doubled).toEqual([10, 8, 6, 4, 2]);
  expect(most).toBe(2);
});

test('begins nothing more after a failure', async () => {
  const begun: number[] = [];
  const mapping = mapAtOnce([1, 2, 3, 4], 1, async (number) => {
    begun.push(number);
    if (number === 2) throw new Error('no');
  });
  await expect(mapping).rejects.toThrow('no');
  await turn();
  expect(begun).toEqual([1, 2]);
});
