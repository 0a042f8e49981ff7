import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../../tests/support/drop-scene.ts';
import { codeOf } from '../../../../../../tests/support/source-scene.ts';
import {
  codesOf,
  createOne,
  fileOf,
  uploadSignal as signal,
} from '../../../../../../tests/support/upload-steps.ts';

let scene: DropScene;
beforeAll(async () => {
  scene = await createDropScene();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

const MiB = 1024 * 1024;
/** Two customers of one page at whose quota they are together. */
const begin = async (maxBytesPerDay: number) => {
  const drop = await scene.create({ connectionId: scene.connection.id, maxBytesPerDay });
  const uploadsOf = async () => {
    const { uploadToken } = await scene.start(drop);
    return scene.transfers.uploads(await scene.transfers.grantOf(uploadToken));
  };
  return { one: await uploadsOf(), other: await uploadsOf() };
};

it('holds a quota for a ticket while its URL is good; who comes back later gets what is left', async () => {
  const { one, other } = await begin(10);
  const ticket = await createOne(one, fileOf('a.jpg', 10));
  expect(await codesOf(other, [fileOf('b.jpg', 10)])).toEqual(['quotaExceeded']);
  scene.clock.forward({ minutes: 21 });
  const taken = await createOne(other, fileOf('b.jpg', 10));
  expect(await codeOf(one.get(ticket.id, signal))).toBe('quotaExceeded');
  const [late] = await one.complete([{ id: ticket.id, etag: 'late', done: [] }], signal);
  expect(late?.refusal?.code).toBe('quotaExceeded');
  expect((await one.list({ limit: 10 })).items.map(({ put }) => put)).toEqual([null]);
  // The other one goes, and there is room again.
  await other.abort(taken.id, signal);
  scene.clock.forward({ minutes: 21 });
  await scene.transfers.sweep(signal);
  expect(await one.get(ticket.id, signal)).toMatchObject({ state: 'open', put: { method: 'PUT' } });
  expect(await codesOf(other, [fileOf('c.jpg', 10)])).toEqual(['quotaExceeded']);
});

it('gives the quota of a large file to others while nobody sends it', async () => {
  const { one, other } = await begin(30 * MiB);
  const ticket = await createOne(one, fileOf('a.mov', 20 * MiB));
  await one.signParts(ticket.id, { done: [], sign: [1] }, signal);
  scene.clock.forward({ minutes: 14 });
  await one.signParts(ticket.id, { done: [], sign: [2] }, signal);
  scene.clock.forward({ minutes: 14 });
  expect(await codesOf(other, [fileOf('b.mov', 20 * MiB)])).toEqual(['quotaExceeded']);
  scene.clock.forward({ minutes: 7 });
  expect(await codesOf(other, [fileOf('b.mov', 20 * MiB)])).toEqual(['ok']);
  expect(await codeOf(one.signParts(ticket.id, { done: [], sign: [3] }, signal))).toBe('quotaExceeded');
});
