import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../../tests/support/drop-scene.ts';
import { forgetLedger } from './ledger-store.ts';

let scene: DropScene;
beforeAll(async () => {
  scene = await createDropScene();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

const namesOf = async (): Promise<string[]> =>
  (await scene.db.selectFrom('transfers').select('name').orderBy('name').execute()).map(({ name }) => name);
const at = async (number: string) => {
  const { id } = await scene.db
    .selectFrom('orders')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  return { teamId: scene.teamId, orderId: id };
};

test('the ledger forgets what orders had that are gone, and nothing that another order has or that may come yet', async () => {
  const drop = await scene.create({ connectionId: scene.connection.id });
  const send = async (name: string) => {
    const started = await scene.start(drop);
    await scene.submit(started, { files: [{ transferId: await scene.upload(started, name) }] });
    return at(started.number);
  };
  const deleted = await send('deleted.jpg');
  const repeated = await send('repeated.jpg');
  await send('kept.jpg');
  const draft = await scene.start(drop);
  await scene.upload(draft, 'draft.jpg');
  const uploads = scene.transfers.uploads(await scene.openGrant());
  await uploads.create(
    [{ name: 'of-a-member.jpg', size: 1, type: 'image/jpeg' }],
    AbortSignal.timeout(10_000),
  );
  const { desk, pages } = scene.drops;
  const clone = await desk.clone(scene.actors.member, repeated);

  expect(await forgetLedger(scene.db)).toBe(0);
  for (const gone of [deleted, repeated]) await desk.delete(scene.actors.admin, gone, true);
  await pages.drafts.cancel(draft.orderToken);
  const settling = await scene.start(drop);
  await scene.upload(settling, 'settling.jpg');
  await scene.db
    .updateTable('transfers')
    .set({ state: 'completing', proof: null, receivedAt: null })
    .where('name', '=', 'settling.jpg')
    .execute();
  await pages.drafts.cancel(settling.orderToken);

  expect(await forgetLedger(scene.db)).toBe(2);
  expect(await namesOf()).toEqual(['kept.jpg', 'of-a-member.jpg', 'repeated.jpg', 'settling.jpg']);
  const grants = await scene.db.selectFrom('uploadGrants').select('holderKind').execute();
  expect(grants.filter(({ holderKind }) => holderKind === 'order')).toHaveLength(3);

  await desk.delete(scene.actors.admin, { teamId: scene.teamId, orderId: clone.id }, true);
  expect(await forgetLedger(scene.db)).toBe(1);
  expect(await namesOf()).toEqual(['kept.jpg', 'of-a-member.jpg', 'settling.jpg']);
});
