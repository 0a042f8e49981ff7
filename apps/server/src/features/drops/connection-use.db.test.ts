import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../tests/support/drop-scene.ts';
import { dropsOnConnections } from './connection-use.ts';

let scene: DropScene;
beforeAll(async () => {
  scene = await createDropScene();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

it('keeps a connection where it leads to while files of orders are there, those of drafts too', async () => {
  const { db, teamId, connection, putOnly } = scene;
  const use = dropsOnConnections({ db });
  const objection = (id: typeof connection.id) => use.objection(db, teamId, id, 'move');
  const drop = await scene.create({ connectionId: connection.id });
  await scene.start(drop);
  // A page may follow, as a draft without files does.
  expect(await objection(connection.id)).toBeNull();
  const started = await scene.start(drop);
  const transferId = await scene.upload(started, 'a.jpg');
  expect(await objection(connection.id)).toMatch(/^One order has its files where this connection leads to/);
  await scene.submit(started, { files: [{ transferId }] });
  expect(await objection(connection.id)).toMatch(/^One order has its files/);
  expect(await objection(putOnly.id)).toBeNull();
  await db.updateTable('orders').set({ filesDeletedAt: scene.clock.now() }).execute();
  expect(await objection(connection.id)).toBeNull();
});
