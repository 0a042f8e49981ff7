import type { Connection, Drop } from '@windlass/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../../tests/support/drop-scene.ts';
import { createDropRetention } from './check-retention.ts';

let scene: DropScene;
beforeAll(async () => {
  scene = await createDropScene();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

const signal = AbortSignal.timeout(110_000);
const dropOn = ({ id }: Pick<Connection, 'id'>): Promise<Drop> =>
  scene.create({ connectionId: id, retentionDays: 10 });
const shown = async (drop: Drop) => (await scene.drops.show(scene.actors.member, scene.at(drop))).retention;

it('writes nothing about days that were changed while the bucket was asked', async () => {
  const drop = await dropOn(scene.putOnly);
  const { check } = createDropRetention({
    ...scene,
    connections: {
      ...scene.connections,
      readLifecycle: async (...asked) => {
        await scene.edit(drop, { retentionDays: 90 });
        return scene.connections.readLifecycle(...asked);
      },
    },
  });
  await check(scene.at(drop), signal);
  expect(await shown(drop)).toMatchObject({ state: 'unknown', checkedAt: null });
  await scene.drops.checkRetention(scene.actors.admin, scene.at(drop), signal);
  expect(await shown(drop)).toMatchObject({
    lifecycleRule: expect.stringMatching(/"Days": *90/),
    checkedAt: scene.clock.now().toISOString(),
  });
});

it('a page that cannot be looked at is written down too, and is not the first of every round', async () => {
  const broken = await scene.connect('broken', 'broken/');
  const drop = await dropOn(broken);
  await scene.db
    .updateTable('connections')
    .set({ credentialsSealed: 'opens with no key' })
    .where('id', '=', broken.id)
    .execute();
  expect(await scene.drops.retention.lookAgain(signal)).toBeGreaterThan(0);
  expect(await shown(drop)).toMatchObject({ state: 'unknown', checkedAt: scene.clock.now().toISOString() });
  expect(await scene.drops.retention.lookAgain(signal)).toBe(0);
});

it('a job that is stopped writes nothing', async () => {
  const drop = await dropOn(scene.putOnly);
  await expect(scene.drops.retention.lookAgain(AbortSignal.abort(new Error('stopped')))).rejects.toThrow(
    'stopped',
  );
  expect((await shown(drop)).checkedAt).toBeNull();
});
