import { expect } from 'vitest';
import type { TransferScene } from '../../../../../tests/support/transfer-scene.ts';
import { transferTest as test } from '../../../../../tests/support/transfer-test.ts';
import {
  codesOf,
  createOne,
  fileOf,
  helloEtag as hello,
  putWhole,
  uploadSignal as signal,
} from '../../../../../tests/support/upload-steps.ts';
import type { Grant } from './index.ts';

/** Completes a file with an ETag of the sender's own, whether it was sent or not. */
const report = async (scene: TransferScene, grant: Grant, name: string, sent: boolean) => {
  const uploads = scene.transfers.uploads(grant);
  const upload = await createOne(uploads, fileOf(name));
  if (sent) await putWhole(upload, 'hello');
  await uploads.complete([{ id: upload.id, etag: '"made up"', done: [] }], signal);
  return async () => {
    const { state, receipt } = await uploads.get(upload.id, signal);
    return { state, proof: receipt?.proof ?? null, etag: receipt?.etag ?? null };
  };
};

test('a sender’s word becomes what was seen; a receipt of nothing is taken back, told, and counted no more', async ({
  scene,
}) => {
  const own = await scene.openGrant({ prefix: 'look/' });
  const blind = await scene.openGrant({ prefix: 'look/', connectionId: scene.putOnly.id });
  const there = await report(scene, own, 'there.jpg', true);
  const lied = await report(scene, own, 'lied.jpg', false);
  const unseen = await report(scene, blind, 'unseen.jpg', true);
  scene.clock.forward({ minutes: 6 });
  expect(await scene.transfers.reconcile(signal)).toEqual({ seen: 1, missing: 1 });
  expect(await scene.transfers.reconcile(signal)).toEqual({ seen: 0, missing: 0 });
  expect(await there()).toEqual({ state: 'received', proof: 'seen', etag: hello });
  expect(await lied()).toEqual({ state: 'missing', proof: null, etag: null });
  expect(await unseen()).toEqual({ state: 'received', proof: 'reported', etag: 'made up' });
  expect(scene.toldMissing.map(({ files }) => files.map(({ name, state }) => [name, state]))).toEqual([
    [['lied.jpg', 'missing']],
  ]);
  // The URL of the one that never came is good for a while.
  expect(await scene.countedBy(own)).toMatchObject({ files: 2 });
  scene.clock.forward({ minutes: 15 });
  await scene.transfers.sweep(signal);
  expect(await scene.countedBy(own)).toMatchObject({ files: 1 });
  // Its name is free, and no other's is.
  expect(await codesOf(scene.transfers.uploads(own), [fileOf('lied.jpg'), fileOf('there.jpg')])).toEqual([
    'ok',
    'objectExists',
  ]);
  scene.clock.forward({ minutes: -21 });
});

test('a grant’s files are looked up at once when somebody wants to know', async ({ scene }) => {
  const grant = await scene.openGrant({ prefix: 'now/' });
  const others = Array.from({ length: 20 }, (_, at) => report(scene, grant, `${at}.jpg`, true));
  const lied = await report(scene, grant, 'lied.jpg', false);
  const looks = await Promise.all(others);
  const missing = await scene.transfers.lookUpReported(grant, signal);
  expect(missing.map(({ name, state, size }) => [name, state, size])).toEqual([['lied.jpg', 'missing', 5]]);
  for (const look of looks) expect(await look()).toMatchObject({ proof: 'seen', etag: hello });
  expect(await lied()).toMatchObject({ state: 'missing' });
  expect(await scene.transfers.lookUpReported(grant, signal)).toEqual([]);
});

test('another’s object that was there before is nobody’s receipt', async ({ scene }) => {
  const connection = await scene.connect('claims', 'claims/');
  const opened = await scene.connections.openBucket(scene.teamId, connection.id);
  await opened.putObject('in/victim.jpg', new TextEncoder().encode('hello'), { signal });
  scene.clock.forward({ minutes: 1 });
  const grant = await scene.openGrant({ connectionId: connection.id });
  const claim = await report(scene, grant, 'victim.jpg', false);
  expect(await scene.transfers.lookUpReported(grant, signal)).toHaveLength(1);
  expect(await claim()).toMatchObject({ state: 'missing' });
  scene.clock.forward({ minutes: 21 });
  await scene.transfers.sweep(signal);
  expect(await scene.keys()).toContain('claims/in/victim.jpg');
});
