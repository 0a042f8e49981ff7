import { expect, test } from 'vitest';
import { sleep, TimeoutError, withTimeout } from './timing.ts';

test('sleep ends at once when its signal fires', async () => {
  const stop = new AbortController();
  const sleeping = sleep(60_000, stop.signal);
  stop.abort();
  await expect(sleeping).rejects.toMatchObject({ name: 'AbortError' });
});

test('withTimeout gives the result of work that is done in time', async () => {
  await expect(withTimeout(1_000, 'work', async () => 42)).resolves.toBe(42);
});

test('withTimeout rejects and fires the signal although the work does not listen', async () => {
  let seen: AbortSignal | undefined;
  const never = withTimeout(10, 'the bucket', (signal) => {
    seen = signal;
    return new Promise(() => {});
  });
  await expect(never).rejects.toBeInstanceOf(TimeoutError);
  await expect(never).rejects.toThrow('the bucket did not answer within 10 ms');
  expect(seen?.aborted).toBe(true);
});

test('withTimeout stops with the reason of the outer signal', async () => {
  const outer = new AbortController();
  const never = withTimeout(60_000, 'work', () => new Promise(() => {}), outer.signal);
  outer.abort(new Error('going down'));
  await expect(never).rejects.toThrow('going down');
});

test('withTimeout does not start work whose outer signal has fired', async () => {
  let started = false;
  const work = withTimeout(
    1_000,
    'work',
    async () => {
      started = true;
    },
    AbortSignal.abort(new Error('gone')),
  );
  await expect(work).rejects.toThrow('gone');
  expect(started).toBe(false);
});
