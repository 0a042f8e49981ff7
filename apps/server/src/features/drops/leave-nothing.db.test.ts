import type { Drop } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../tests/support/drop-scene.ts';
import { codeOf } from '../../../../../tests/support/source-scene.ts';

let scene: DropScene;
beforeAll(async () => {
  scene = await createDropScene();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

/** An order with one file, as it is sent. */
const fullOrder = async (drop: Drop) => {
  const started = await scene.start(drop);
  return { started, order: { files: [{ transferId: await scene.upload(started, 'a.jpg') }] } };
};
const orderRow = (number: string) =>
  scene.db.selectFrom('orders').selectAll().where('number', '=', number).executeTakeFirstOrThrow();

describe('an order', () => {
  it('takes from the bucket what came and was removed again, where the connection may delete', async () => {
    const { started, order } = await fullOrder(await scene.create({ connectionId: scene.connection.id }));
    const removed = [await scene.upload(started, 'unwanted.jpg')];
    await scene.submit(started, { files: order.files, removed });
    await scene.carryOut('order-objects');
    const prefix = `team/orders/${started.number}/`;
    expect((await scene.keys()).filter((key) => key.startsWith(prefix))).toEqual([`${prefix}a.jpg`]);
  });

  it('deletes what its customer removed, and nothing that its sender names nowhere', async () => {
    const start = async () => {
      const { started, order } = await fullOrder(await scene.create({ connectionId: scene.connection.id }));
      const [removed, unknown] = [
        await scene.upload(started, 'no.jpg'),
        await scene.upload(started, 'b.jpg'),
      ];
      const left = async () => {
        await scene.carryOut('order-objects');
        const keys = (await scene.keys()).filter((key) => key.includes(`/${started.number}/`));
        return keys.map((key) => key.slice(key.lastIndexOf('/') + 1)).toSorted();
      };
      return { started, files: order.files, removed, unknown, left };
    };
    const strict = await start();
    await expect(
      scene.submit(strict.started, { files: strict.files, removed: [strict.removed] }),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('“b.jpg” came') });
    expect(await strict.left()).toEqual(['a.jpg', 'b.jpg', 'no.jpg']);
    const both = [...strict.files, { transferId: strict.unknown }];
    expect(
      (await scene.submit(strict.started, { files: both, removed: [strict.removed] })).files,
    ).toHaveLength(2);
    expect(await strict.left()).toEqual(['a.jpg', 'b.jpg']);

    const silent = await start();
    expect((await scene.submit(silent.started, { files: silent.files })).files).toHaveLength(1);
    expect(await silent.left()).toEqual(['a.jpg', 'b.jpg', 'no.jpg']);
  });
});

describe('an order that its customer never sends', () => {
  it('takes all that came from the bucket once its week is over, also what was removed from it again', async () => {
    const drop = await scene.create({ connectionId: scene.connection.id });
    const { started, order } = await fullOrder(drop);
    await scene.upload(started, 'unwanted.jpg');
    // What is left in it; the other was removed.
    const files = order.files.map(({ transferId }) => ({ transferId, options: {} }));
    await scene.drops.pages.drafts.save(started.orderToken, { files });
    const prefix = `team/orders/${started.number}/`;
    const left = async () => (await scene.keys()).filter((key) => key.startsWith(prefix));
    expect(await left()).toHaveLength(2);
    scene.clock.forward({ days: 6 });
    expect(await scene.drops.expireDrafts(AbortSignal.timeout(20_000))).toBe(0);
    scene.clock.forward({ days: 2 });
    expect(await scene.drops.expireDrafts(AbortSignal.timeout(20_000))).toBe(1);
    await scene.carryOut('order-objects');
    expect(await left()).toEqual([]);
  });
});

describe('a page', () => {
  it.each([
    [true, 'with the files of its orders', []],
    [false, 'without them', ['a.jpg', 'manifest.json']],
  ] as const)('goes (files=%s) %s; what was not sent goes in any case', async (files, _how, left) => {
    const drop = await scene.create({ connectionId: scene.connection.id });
    const { started, order } = await fullOrder(drop);
    await scene.submit(started, { files: order.files });
    await scene.carryOut('order-manifest');
    const draft = await fullOrder(drop);
    await scene.drops.delete(scene.actors.admin, scene.at(drop), { cascade: true, files });
    await scene.carryOut('order-objects');
    const under = async (number: string): Promise<string[]> => {
      const prefix = `team/orders/${number}/`;
      return (await scene.keys())
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length));
    };
    expect(await under(started.number)).toEqual(left);
    expect(await under(draft.started.number)).toEqual([]);
  });

  it('is not deleted with files that its connection may not delete', async () => {
    const { connections, actors, teamId, putOnly } = scene;
    await connections.checks.check(actors.owner, { teamId, connectionId: putOnly.id });
    const drop = await scene.create();
    const { started, order } = await fullOrder(drop);
    await scene.submit(started, { files: order.files });
    const asked = { cascade: true, files: true };
    expect(await codeOf(scene.drops.delete(actors.admin, scene.at(drop), asked))).toBe('conflict');
    expect((await orderRow(started.number)).state).toBe('received');
  });
});
