import fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createFairLanes, type FairLanesOptions, type LanePass } from './fair-lanes.ts';

const { signal } = new AbortController();
const start = (options: Partial<FairLanesOptions> = {}) => {
  const lanes = createFairLanes({
    maxRunning: 4,
    maxRunningPerLane: 2,
    maxBytes: 100,
    maxBytesPerLane: 50,
    maxWaitingPerLane: 5,
    maxWaitMilliseconds: 10_000,
    ...options,
  });
  const entered: { name: string; pass: LanePass }[] = [];
  const enter = (name: string, bytes = 1): void => {
    lanes.enter(name, bytes, signal).then(
      (pass) => entered.push({ name, pass }),
      // Who still waits when a test is over is refused later, and nobody listens then.
      () => undefined,
    );
  };
  const names = async (): Promise<string> => {
    await turn();
    return entered.map(({ name }) => name).join('');
  };
  const leave = (index: number): void => entered[index]?.pass[Symbol.dispose]();
  return { lanes, enter, names, leave, entered };
};

test('a lane has so many at once, and others are let in past it', async () => {
  const { enter, names, leave, lanes } = start();
  for (const name of 'aaaabc') enter(name);
  expect(await names()).toBe('aabc');
  expect(lanes.stats()).toEqual({ running: 4, waiting: 2, bytes: 4 });
  leave(0);
  leave(0);
  expect(await names()).toBe('aabca');
});

test('lanes take turns, however many wait in one of them', async () => {
  const { enter, names, leave } = start({ maxRunning: 1, maxWaitingPerLane: 10 });
  for (const name of 'aaaaabbc') enter(name);
  for (let index = 0; index < 7; index += 1) {
    await names();
    leave(index);
  }
  expect(await names()).toBe('aabcabaa');
});

test('bytes are bounded together and for each lane, and given back early where fewer are needed', async () => {
  const { enter, names, entered, lanes } = start({ maxRunning: 10, maxRunningPerLane: 10 });
  enter('a', 40);
  enter('a', 20);
  enter('b', 50);
  enter('c', 20);
  expect(await names()).toBe('ab');
  entered[0]?.pass.shrinkTo(10);
  expect(await names()).toBe('abac');
  expect(lanes.stats().bytes).toBe(100);
});

test('small ones do not overtake a large one for ever', async () => {
  const { enter, names, leave } = start({ maxRunning: 10, maxBytesPerLane: 100 });
  enter('a', 60);
  enter('b', 90);
  for (const name of 'cd') enter(name, 10);
  expect(await names()).toBe('a');
  leave(0);
  expect(await names()).toBe('abc');
});

test('what is larger than everything goes alone', async () => {
  const { enter, names, leave } = start();
  enter('a', 1000);
  enter('a', 1);
  expect(await names()).toBe('a');
  leave(0);
  expect(await names()).toBe('aa');
});

test('a line that is too long is refused, and one who leaves makes room', async () => {
  const { lanes, enter, names } = start({ maxRunning: 1, maxWaitingPerLane: 2 });
  enter('a');
  const gone = new AbortController();
  const second = lanes.enter('a', 1, gone.signal);
  enter('a');
  await expect(lanes.enter('a', 1, signal)).rejects.toMatchObject({ code: 'unavailable' });
  enter('b');
  gone.abort(new Error('gone'));
  await expect(second).rejects.toThrow('gone');
  await expect(lanes.enter('a', 1, gone.signal)).rejects.toThrow('gone');
  expect(await names()).toBe('a');
  expect(lanes.stats()).toMatchObject({ running: 1, waiting: 2 });
});

test('a turn that does not come in time is refused, and nobody behind it is held up', async () => {
  const { lanes, enter, names } = start({ maxRunningPerLane: 1, maxWaitMilliseconds: 20 });
  enter('a');
  await expect(lanes.enter('a', 1, signal)).rejects.toMatchObject({ code: 'unavailable' });
  enter('b');
  expect(await names()).toBe('ab');
  expect(lanes.stats()).toMatchObject({ running: 2, waiting: 0 });
});

test('whatever comes and goes, the bounds hold and nobody is left behind', async () => {
  const visit = fc.record({ name: fc.constantFrom(...'abc'), bytes: fc.nat(60), leaves: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(visit, { maxLength: 40 }), async (visits) => {
      const { lanes } = start({ maxWaitingPerLane: 100 });
      const check = (): void => {
        expect(lanes.stats().running).toBeLessThanOrEqual(4);
        expect(lanes.stats().bytes).toBeLessThanOrEqual(100);
      };
      await Promise.all(
        visits.map(async ({ name, bytes, leaves }) => {
          const gone = new AbortController();
          if (leaves) queueMicrotask(() => gone.abort(new Error('gone')));
          try {
            using pass = await lanes.enter(name, bytes, gone.signal);
            check();
            await turn();
            pass.shrinkTo(1);
            check();
            await turn();
          } catch (error) {
            if (!gone.signal.aborted) throw error;
          }
        }),
      );
      expect(lanes.stats()).toEqual({ running: 0, waiting: 0, bytes: 0 });
    }),
  );
});
