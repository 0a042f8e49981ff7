import type { OrderFileId } from '@windlass/contract';
import { expect, it } from 'vitest';
import { createSignFiles } from './sign-files.ts';

// The brand of an id exists for the compiler alone.
const idOf = (number: number) => `fil_${number}` as OrderFileId;
const hour = 3_600_000;

const signer = (expiresAt: number, missing: readonly string[] = []) => {
  const calls: string[][] = [];
  const sign = async (ids: OrderFileId[]) => {
    calls.push(ids);
    return ids
      .filter((id) => !missing.includes(id))
      .map((id) => ({
        id,
        url: `https://b/${id}?${calls.length}`,
        expiresAt: new Date(expiresAt).toISOString(),
      }));
  };
  return { calls, sign };
};

it('signs what is asked for together in calls of a hundred, and each file once', async () => {
  const { calls, sign } = signer(2 * hour);
  const { urlOf } = createSignFiles({ sign, now: () => hour });
  const urls = await Promise.all(Array.from({ length: 250 }, (_, number) => urlOf(idOf(number % 240))));
  expect(calls.map(({ length }) => length)).toEqual([100, 100, 40]);
  expect(urls[3]).toBe(urls[243]);
  await urlOf(idOf(7));
  expect(calls).toHaveLength(3);
});

it('signs anew what is about to run out', async () => {
  let now = hour;
  const { calls, sign } = signer(2 * hour);
  const { urlOf } = createSignFiles({ sign, now: () => now });
  const first = await urlOf(idOf(1));
  now = 2 * hour - 30_000;
  expect(await urlOf(idOf(1))).not.toBe(first);
  expect(calls).toHaveLength(2);
});

it('fails for a file that is gone, for all where nothing could be signed, and asks again after', async () => {
  const { urlOf } = createSignFiles(signer(2 * hour, ['fil_2']));
  await expect(urlOf(idOf(2))).rejects.toThrow(/not there/);
  let broken = true;
  const { sign } = signer(2 * hour);
  const again = createSignFiles({
    now: () => hour,
    sign: async (ids) => {
      if (broken) throw new Error('offline');
      return sign(ids);
    },
  });
  await expect(again.urlOf(idOf(1))).rejects.toThrow('offline');
  broken = false;
  await expect(again.urlOf(idOf(1))).resolves.toContain('fil_1');
});
