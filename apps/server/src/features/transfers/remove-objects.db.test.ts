import { createConnection } from '@windlass/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTransferScene, type TransferScene } from '../../../../../tests/support/transfer-scene.ts';
import {
  createOne,
  fileOf,
  putWhole,
  uploadSignal as signal,
} from '../../../../../tests/support/upload-steps.ts';
import type { RemovableObject, RemovalOutcome } from './index.ts';

let scene: TransferScene;
beforeAll(async () => {
  scene = await createTransferScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const hello = '5d41402abc4b2a76b9719d911017c592';
/** Puts `hello` below the connection's prefix, and says what a receipt would say. */
const put = async (name: string, connection = scene.connection): Promise<RemovableObject> => {
  const grant = await scene.openGrant({ connectionId: connection.id, prefix: 'gone/' });
  const ticket = await createOne(scene.transfers.uploads(grant), fileOf(name));
  await putWhole(ticket, 'hello');
  return { key: `gone/${name}`, size: 5, etag: hello, ticketAt: scene.clock.now(), proof: 'reported' };
};
const remove = async (
  connectionId: typeof scene.connection.id,
  objects: RemovableObject[],
): Promise<RemovalOutcome[]> => {
  const removals = await scene.transfers.removeObjects(scene.teamId, connectionId, objects, signal);
  expect(removals.map(({ key }) => key)).toEqual(objects.map(({ key }) => key));
  return removals.map(({ outcome }) => outcome);
};

test('deletes what is proven to be ours, and leaves every other object where it is', async () => {
  const own = await put('own.jpg');
  const larger = await put('larger.jpg');
  const other = await put('other.jpg');
  const older = await put('older.jpg');
  const outcomes = await remove(scene.connection.id, [
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

test('where the connection may not look, the bucket’s own word is enough and a sender’s is not', async () => {
  const { actors, teamId, bucket, putOnly } = scene;
  await bucket.iam.createUser({ name: 'deleter' });
  const Action = ['s3:PutObject', 's3:DeleteObject'];
  const Statement = [{ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::photos/deleter/*' }];
  const document = JSON.stringify({ Version: '2012-10-17', Statement });
  await bucket.iam.putPolicy({ user: 'deleter' }, 'delete', document);
  const deleter = await scene.connections.create(
    actors.owner,
    teamId,
    createConnection.body.parse({
      name: 'deleter',
      provider: 'embedded',
      bucket: 'photos',
      endpoint: bucket.url,
      addressing: 'path',
      prefix: 'deleter/',
      jobs: ['ingest'],
      credentials: await bucket.iam.createAccessKey('deleter'),
    }),
  );
  const objects = [
    { ...(await put('seen.jpg', deleter)), proof: 'seen' as const },
    { ...(await put('completed.jpg', deleter)), proof: 'completed' as const },
    await put('reported.jpg', deleter),
  ];
  expect(await remove(deleter.id, objects)).toEqual(['deleted', 'deleted', 'refused']);
  expect((await scene.keys()).filter((key) => key.startsWith('deleter/'))).toEqual([
    'deleter/gone/reported.jpg',
  ]);
  // A key that only puts deletes nothing.
  const kept = { ...(await put('kept.jpg', putOnly)), proof: 'completed' as const };
  expect(await remove(putOnly.id, [kept])).toEqual(['refused']);
});
