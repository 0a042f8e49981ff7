import type { Connection } from '@windlass/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDropScene, type DropScene } from '../../../../../../tests/support/drop-scene.ts';

let scene: DropScene;
beforeAll(async () => {
  scene = await createDropScene();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

const signal = AbortSignal.timeout(60_000);

/** An order with one file that is there, and one of which its sender only says so. */
const begin = async ({ id: connectionId }: Connection) => {
  const drop = await scene.create({ connectionId });
  const started = await scene.start(drop);
  const there = await scene.upload(started, 'there.jpg');
  const uploads = scene.transfers.uploads(await scene.transfers.grantOf(started.uploadToken));
  const [made] = await uploads.create([{ name: 'ghost.jpg', size: 7, type: 'image/jpeg' }], signal);
  const ghost = made?.upload?.id;
  if (ghost === undefined) throw new Error('There is no upload.');
  await uploads.complete([{ id: ghost, etag: 'fake', done: [] }], signal);
  return { drop, started, there, ghost };
};
const daysOf = async (dropId: string) =>
  (await scene.db.selectFrom('dropDays').select(['dropId', 'bytes', 'files']).execute()).filter(
    (day) => day.dropId === dropId,
  );

it('an order is not sent with a file that its sender only says is there, where the connection may look', async () => {
  const { drop, started, there, ghost } = await begin(scene.connection);
  const both = { files: [{ transferId: there }, { transferId: ghost }] };
  await expect(scene.submit(started, both)).rejects.toMatchObject({
    code: 'uploadIncomplete',
    errors: [{ path: 'files.1' }],
  });
  expect(await daysOf(drop.id)).toMatchObject([{ bytes: '9', files: '1' }]);
  expect((await scene.submit(started, { files: [{ transferId: there }] })).files).toHaveLength(1);
});

it('of an order that was sent, what turns out to be missing goes, and the team is told', async () => {
  const { drop, started, there, ghost } = await begin(scene.putOnly);
  await scene.submit(started, { files: [{ transferId: there }, { transferId: ghost }] });
  const { id, grantId, files } = await scene.db
    .selectFrom('orders')
    .selectAll()
    .where('number', '=', started.number)
    .executeTakeFirstOrThrow();
  if (grantId === null) throw new Error('There is no grant.');
  expect(files).toBe(2);
  // From now on the key may look.
  const look = {
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:ListBucket'],
    Resource: ['arn:aws:s3:::photos', 'arn:aws:s3:::photos/*'],
  };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [look] });
  await scene.bucket.iam.putPolicy({ user: 'put-only' }, 'look', policy);
  await scene.transfers.lookUpReportedOf(scene.teamId, grantId, signal);
  const shown = await scene.drops.desk.show(scene.actors.member, { teamId: scene.teamId, orderId: id });
  expect(shown).toMatchObject({ files: 1, bytes: 9, items: [{ name: 'there.jpg' }] });
  expect(shown.notes).toMatchObject([{ by: null, text: expect.stringContaining('“ghost.jpg”') }]);
  expect(await daysOf(drop.id)).toMatchObject([{ bytes: '9', files: '1' }]);
});
