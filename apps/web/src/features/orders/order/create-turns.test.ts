import { expect, it } from 'vitest';
import { createTurns } from './create-turns.ts';

const never = new AbortController().signal;

it('runs no more at once than it may, in the order in which they asked', async () => {
  const turns = createTurns(2);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const work = (number: number) => async () => {
    begun.push(number);
    most = Math.max(most, (running += 1));
    await Promise.resolve();
    running -= 1;
  };
  await Promise.all([1, 2, 3, 4, 5].map((number) => turns.take(never, work(number))));
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

it('gives the turn of who has lost interest, or has failed, to the next', async () => {
  const turns = createTurns(1);
  const gone = new AbortController();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const first = turns.take(never, () => promise);
  const left = turns.take(gone.signal, () => Promise.reject(new Error('ran')));
  const failed = turns.take(never, () => Promise.reject(new Error('no picture')));
  const last = turns.take(never, () => Promise.resolve('shown'));
  gone.abort(new Error('scrolled away'));
  resolve(undefined);
  await first;
  await expect(left).rejects.toThrow('scrolled away');
  await expect(failed).rejects.toThrow('no picture');
  await expect(last).resolves.toBe('shown');
});
