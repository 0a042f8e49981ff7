import type { ConnectionId } from '@windlass/contract';
import { expect } from 'vitest';
import type { TransferScene } from '../../../../../tests/support/transfer-scene.ts';
import { transferTest as test } from '../../../../../tests/support/transfer-test.ts';
import {
  createOne,
  fileOf,
  helloEtag as hello,
  putWhole,
  uploadSignal as signal,
} from '../../../../../tests/support/upload-steps.ts';
import type { RemovableObject, RemovalOutcome } from './index.ts';

/** Puts `hello` below the connection's prefix, and says what a receipt would say. */
const put = async (
  scene: TransferScene,
  name: string,
  connection = scene.connection,
): Promise<RemovableObject> => {
  const grant = await scene.openGrant({ connectionId: connection.id, prefix: 'gone/' });
  const ticket = await createOne(scene.transfers.uploads(grant), fileOf(name));
  await putWhole(ticket, 'hello');
  return { key: `gone/${name}`, size: 5, etag: hello, ticketAt: scene.clock.now(), proof: 'reported' };
};
const remove = async (
  scene: TransferScene,
  connectionId: ConnectionId,
  objects: RemovableObject[],
): Promise<RemovalOutcome[]> => {
  const removals = await scene.transfers.removeObjects(scene.teamId, connectionId, objects, signal);
  expect(removals.map(({ key }) => key)).toEqual(objects.map(({ key }) => key));
  return removals.map(({ outcome }) => outcome);
};

test('deletes what is proven to be ours, and leaves every other object where it is', async ({ scene }) => {
  const own = await put(scene, 'own.jpg');
  const larger = await put(scene, 'larger.jpg');
  const other = await put(scene, 'other.jpg');
  const older = await put(scene, 'older.jpg');
  const outcomes = await remove(scene, scene.connection.id, [
    own,
    { ...larger, size: 6 },
    { ...other, etag: 'whatever', proof: 'seen' },
    { ...older, ticketAt: new Date(scene.clock.now().getTime() + 60_000), proof: 'completed' },
    { ...own, key: 'gone/never.jpg' },
  ]);
  expect(outcomes).toEqual(['deleted', 'notOurs', 'notOurs', 'notOurs', 'absent']);
  expect((await scene.keys()).filter((key) => key.startsWith('team/gone/'))).toEqual([
    'team/gone/larger.jpg',
    'team/gone/older.jpg',
    'team/gone/other.jpg',
  ]);
});

test('where the connection may not look, the bucket’s own word is enough and a sender’s is not', async ({
  scene,
}) => {
  const { bucket, putOnly } = scene;
  await bucket.iam.createUser({ name: 'deleter' });
  const Action = ['s3:PutObject', 's3:DeleteObject'];
  const Statement = [{ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::photos/deleter/*' }];
  const document = JSON.stringify({ Version: '2012-10-17', Statement });
  await bucket.iam.putPolicy({ user: 'deleter' }, 'delete', document);
  const deleter = await scene.connect('deleter', 'deleter/', await bucket.iam.createAccessKey('deleter'));
  const objects = [
    { ...(await put(scene, 'seen.jpg', deleter)), proof: 'seen' as const },
    { ...(await put(scene, 'completed.jpg', deleter)), proof: 'completed' as const },
    await put(scene, 'reported.jpg', deleter),
  ];
  expect(await remove(scene, deleter.id, objects)).toEqual(['deleted', 'deleted', 'refused']);
  expect((await scene.keys()).filter((key) => key.startsWith('deleter/'))).toEqual([
    'deleter/gone/reported.jpg',
  ]);
  // A key that only puts deletes nothing.
  const kept = { ...(await put(scene, 'kept.jpg', putOnly)), proof: 'completed' as const };
  expect(await remove(scene, putOnly.id, [kept])).toEqual(['refused']);
});
