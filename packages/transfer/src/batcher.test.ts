import { expect, test } from 'vitest';
import { createBatcher } from './batcher.ts';

/** Everything that has been asked for is under way, or in line. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A batcher whose calls are answered one by one, when the test says so. */
const startHeld = (options: { most: number; first?: number }) => {
  const calls: (readonly number[])[] = [];
  const answers: (() => void)[] = [];
  const ask = createBatcher({ ...options, lingerMs: () => 0 }, (inputs: readonly number[]) => {
    calls.push(inputs);
    return new Promise<readonly number[]>((resolve) =>
      answers.push(() => resolve(inputs.map((input) => input * 10))),
    );
  });
  return {
    calls,
    ask,
    async answerAll() {
      for (await turn(); answers.length > 0; await turn()) answers.shift()?.();
    },
  };
};

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

test('what is asked in one turn goes in one call, and each gets its own answer', async () => {
  const { calls, ask, answerAll } = startHeld({ most: 100 });
  const asked = Promise.all(numbers(50).map(ask));
  await answerAll();
  expect(calls).toEqual([numbers(50)]);
  expect(await asked).toEqual(numbers(50).map((input) => input * 10));
});

test('what is asked while a call is under way goes with the next, never more than there is room for', async () => {
  const { calls, ask, answerAll } = startHeld({ most: 20 });
  const first = ask(0);
  await turn();
  const rest = numbers(50).map(ask);
  await answerAll();
  await Promise.all([first, ...rest]);
  expect(calls.map(({ length }) => length)).toEqual([1, 20, 20, 10]);
});

test('begins with a few and doubles', async () => {
  const { calls, ask, answerAll } = startHeld({ most: 30, first: 4 });
  const asked = numbers(100).map(ask);
  await answerAll();
  await Promise.all(asked);
  expect(calls.map(({ length }) => length)).toEqual([4, 8, 16, 30, 30, 12]);
});

test('a call that fails fails those that were in it, and no others', async () => {
  let calls = 0;
  const ask = createBatcher({ most: 2, lingerMs: () => 0 }, async (inputs: readonly number[]) => {
    calls += 1;
    if (calls === 1) throw new Error('Not now.');
    return inputs;
  });
  const ended = await Promise.allSettled(numbers(3).map(ask));
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});
