import { createConnection } from '@windlass/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTransferScene, type TransferScene } from '../../../../../tests/support/transfer-scene.ts';
import {
  codesOf,
  createOne,
  fileOf,
  putWhole,
  uploadSignal as signal,
} from '../../../../../tests/support/upload-steps.ts';
import type { Grant } from './index.ts';

let scene: TransferScene;
beforeAll(async () => {
  scene = await createTransferScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const hello = '5d41402abc4b2a76b9719d911017c592';
/** Completes a file with an ETag of the sender's own, whether it was sent or not. */
const report = async (grant: Grant, name: string, sent: boolean) => {
  const uploads = scene.transfers.uploads(grant);
  const upload = await createOne(uploads, fileOf(name));
  if (sent) await putWhole(upload, 'hello');
  await uploads.complete([{ id: upload.id, etag: '"made up"', done: [] }], signal);
  return async () => {
    const { state, receipt } = await uploads.get(upload.id, signal);
    return { state, proof: receipt?.proof ?? null, etag: receipt?.etag ?? null };
  };
};
const countedBy = async ({ id }: Grant) => {
  const { items } = await scene.transfers.listGrants(scene.actors.member, scene.teamId, { limit: 200 });
  return items.find((grant) => grant.id === id)?.files;
};

test('a sender’s word becomes what was seen; a receipt of nothing is taken back, told, and counted no more', async () => {
  const own = await scene.openGrant({ prefix: 'look/' });
  const blind = await scene.openGrant({ prefix: 'look/', connectionId: scene.putOnly.id });
  const there = await report(own, 'there.jpg', true);
  const lied = await report(own, 'lied.jpg', false);
  const unseen = await report(blind, 'unseen.jpg', true);
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
  expect(await countedBy(own)).toBe(2);
  scene.clock.forward({ minutes: 15 });
  await scene.transfers.sweep(signal);
  expect(await countedBy(own)).toBe(1);
  // Its name is free, and no other's is.
  expect(await codesOf(scene.transfers.uploads(own), [fileOf('lied.jpg'), fileOf('there.jpg')])).toEqual([
    'ok',
    'objectExists',
  ]);
  scene.clock.forward({ minutes: -21 });
});

test('a grant’s files are looked up at once when somebody wants to know', async () => {
  const grant = await scene.openGrant({ prefix: 'now/' });
  const others = Array.from({ length: 20 }, (_, at) => report(grant, `${at}.jpg`, true));
  const lied = await report(grant, 'lied.jpg', false);
  const looks = await Promise.all(others);
  const missing = await scene.transfers.lookUpReported(grant, signal);
  expect(missing.map(({ name, state, size }) => [name, state, size])).toEqual([['lied.jpg', 'missing', 5]]);
  for (const look of looks) expect(await look()).toMatchObject({ proof: 'seen', etag: hello });
  expect(await lied()).toMatchObject({ state: 'missing' });
  expect(await scene.transfers.lookUpReported(grant, signal)).toEqual([]);
});

test('another’s object that was there before is nobody’s receipt', async () => {
  const { actors, teamId, bucket, credentials } = scene;
  const connection = await scene.connections.create(
    actors.owner,
    teamId,
    createConnection.body.parse({
      name: 'claims',
      provider: 'embedded',
      bucket: 'photos',
      endpoint: bucket.url,
      addressing: 'path',
      prefix: 'claims/',
      jobs: ['ingest'],
      credentials,
    }),
  );
  const opened = await scene.connections.openBucket(teamId, connection.id);
  await opened.putObject('in/victim.jpg', new TextEncoder().encode('hello'), { signal });
  scene.clock.forward({ minutes: 1 });
  const grant = await scene.openGrant({ connectionId: connection.id });
  const claim = await report(grant, 'victim.jpg', false);
  expect(await scene.transfers.lookUpReported(grant, signal)).toHaveLength(1);
  expect(await claim()).toMatchObject({ state: 'missing' });
  scene.clock.forward({ minutes: 21 });
  await scene.transfers.sweep(signal);
  expect(await scene.keys()).toContain('claims/in/victim.jpg');
});
