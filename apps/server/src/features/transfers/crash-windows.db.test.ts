import type { Upload } from '@windlass/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '../../../../../tests/support/source-scene.ts';
import { createTransferScene, type TransferScene } from '../../../../../tests/support/transfer-scene.ts';
import {
  createOne,
  fileOf,
  sendParts,
  uploadSignal as signal,
} from '../../../../../tests/support/upload-steps.ts';
import type { Grant, GrantUploads } from './index.ts';

/** Just too large for one PUT: three parts, the last of one byte. */
const size = 16 * 1024 * 1024 + 1;
let scene: TransferScene;
beforeAll(async () => {
  scene = await createTransferScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

interface Begun {
  grant: Grant;
  uploads: GrantUploads;
  upload: Upload;
  done: { number: number; etag: string }[];
}
let count = 0;
/** An upload whose parts are all in the bucket, and not reported. */
const begin = async (connectionId = scene.connection.id): Promise<Begun> => {
  const grant = await scene.openGrant({ connectionId, prefix: `w${(count += 1)}/` });
  const uploads = scene.transfers.uploads(grant);
  const upload = await createOne(uploads, fileOf('a.mov', size));
  const numbers = Array.from({ length: upload.partCount }, (_, at) => at + 1);
  return { grant, uploads, upload, done: await sendParts(uploads, upload, numbers) };
};
const rowOf = ({ upload }: Begun) =>
  scene.db.selectFrom('transfers').selectAll().where('id', '=', upload.id).executeTakeFirstOrThrow();
const bucketOf = ({ grant }: Begun) => scene.connections.openBucket(grant.teamId, grant.connectionId);
const complete = async ({ uploads, upload, done }: Begun) => {
  const [result] = await uploads.complete([{ id: upload.id, done }], signal);
  return result?.receipt?.proof ?? result?.refusal?.code;
};
/** What a process does before it asks the bucket, and no more. */
const sayCompleting = async (begun: Begun): Promise<void> => {
  await begun.uploads.signParts(begun.upload.id, { done: begun.done, sign: [] }, signal);
  await scene.db
    .updateTable('transfers')
    .set({ state: 'completing' })
    .where('id', '=', begun.upload.id)
    .execute();
};
/** And this, before it dies without having written what came of it. */
const completeInBucket = async (begun: Begun): Promise<void> => {
  const { uploads } = await bucketOf(begun);
  const { key, uploadId } = await rowOf(begun);
  await uploads.completeUpload(key, uploadId ?? '', begun.done, { size, crc64nvme: null, signal });
};
/** Buckets that remember answer a second completion with the first one's success; others know no such upload any more. */
const forgetInBucket = async (begun: Begun): Promise<void> => {
  const { uploads } = await bucketOf(begun);
  const { key } = await rowOf(begun);
  const { uploadId } = await uploads.createUpload(key, { contentType: 'image/jpeg', signal });
  await uploads.abortUpload(key, uploadId, { signal });
  await scene.db.updateTable('transfers').set({ uploadId }).where('id', '=', begun.upload.id).execute();
};
/** By default, whoever began an upload may list its parts and abort it; a policy may say otherwise. */
const denyMore = () =>
  scene.bucket.iam.putPolicy(
    { user: 'put-only' },
    'deny-more',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Action: ['s3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
          Resource: 'arn:aws:s3:::photos/*',
        },
      ],
    }),
  );
/** With an ETag that the bucket never gave. */
const wrong = (begun: Begun): Begun => ({
  ...begun,
  done: begun.done.map((part) =>
    part.number === 2 ? { ...part, etag: '"0123456789abcdef0123456789abcdef"' } : part,
  ),
});
const toldOf = ({ upload }: Begun): number =>
  scene.told.flatMap(({ files }) => files).filter(({ id }) => id === upload.id).length;
/** As a lifecycle rule does. */
const abortInBucket = async (begun: Begun): Promise<void> => {
  const { keyPrefix, key, uploadId } = await rowOf(begun);
  await scene.abortInBucket(keyPrefix + key, uploadId ?? '');
};

describe('when the process died', () => {
  test('after the bucket began an upload whose id it did not write down: another is begun, and the first found and forgotten', async () => {
    const grant = await scene.openGrant({ prefix: 'lost/' });
    const uploads = scene.transfers.uploads(grant);
    const upload = await createOne(uploads, fileOf('a.mov', size));
    await scene.db
      .updateTable('transfers')
      .set({ uploadBegunAt: scene.clock.now() })
      .where('id', '=', upload.id)
      .execute();
    const bucket = await scene.connections.openBucket(scene.teamId, scene.connection.id);
    await bucket.uploads.createUpload('lost/a.mov', { contentType: 'image/jpeg', signal });

    const done = await sendParts(uploads, upload, [1, 2, 3]);
    expect(await scene.openUploads()).toHaveLength(2);
    // Too soon: its id could be on its way.
    await scene.transfers.sweep(signal);
    expect(await scene.openUploads()).toHaveLength(2);
    scene.clock.forward({ minutes: 11 });
    await scene.transfers.sweep(signal);
    expect(await scene.openUploads()).toHaveLength(1);
    expect(await complete({ grant, uploads, upload, done })).toBe('completed');
    expect(await scene.openUploads()).toEqual([]);
  });

  test('before it asked the bucket to put the parts together', async () => {
    const begun = await begin();
    await sayCompleting(begun);
    expect(await codeOf(begun.uploads.abort(begun.upload.id, signal))).toBe('conflict');
    expect(await complete(begun)).toBe('completed');
  });

  test('after it asked, and the bucket remembers: it is asked again', async () => {
    const begun = await begin();
    await sayCompleting(begun);
    await completeInBucket(begun);
    expect(await complete(begun)).toBe('completed');
    expect(toldOf(begun)).toBe(1);
  });

  test('after it asked, and the bucket does not: the object is looked at, and known by its size and ETag', async () => {
    const begun = await begin();
    await sayCompleting(begun);
    await completeInBucket(begun);
    await forgetInBucket(begun);
    expect(await complete(begun)).toBe('seen');
    expect(toldOf(begun)).toBe(1);
  });

  test('after it asked, with a key that may not look: the word of the sender stands', async () => {
    const begun = await begin(scene.putOnly.id);
    await sayCompleting(begun);
    await completeInBucket(begun);
    await forgetInBucket(begun);
    expect(await complete(begun)).toBe('reported');
  });

  test('while it wrote the receipt: nothing was acknowledged, nobody was told, and the next call does both', async () => {
    const begun = await begin();
    scene.failNextTelling();
    await expect(complete(begun)).rejects.toThrow('the database is away');
    expect(toldOf(begun)).toBe(0);
    expect(await complete(begun)).toBe('completed');
    expect(toldOf(begun)).toBe(1);
  });
});

describe('when the bucket does not put it together', () => {
  test('since it knows no such upload any more: all parts are sent anew, under the same id', async () => {
    for (const connection of [scene.connection, scene.putOnly]) {
      const begun = await begin(connection.id);
      await abortInBucket(begun);
      expect(await complete(begun)).toBe('uploadRestarted');
      expect(await begun.uploads.get(begun.upload.id, signal)).toMatchObject({
        id: begun.upload.id,
        state: 'open',
        partsDone: [],
      });
      const done = await sendParts(begun.uploads, begun.upload, [1, 2, 3]);
      expect(await complete({ ...begun, done })).toBe('completed');
    }
  });

  test('since somebody else has written the key: theirs stays, ours is forgotten and counts no more', async () => {
    const begun = await begin();
    const bucket = await bucketOf(begun);
    const { key } = await rowOf(begun);
    await bucket.putObject(key, Buffer.from('theirs'), { signal });
    expect(await complete(begun)).toBe('objectExists');
    expect((await bucket.headObject(key, { signal })).size).toBe(6);
    expect(await begun.uploads.get(begun.upload.id, signal)).toMatchObject({ state: 'aborted' });
    expect(await scene.openUploads()).toEqual([]);
  });

  test('since a part is another than was reported: it is named, or all are sent anew where it may not look', async () => {
    const begun = await begin();
    const [result] = await begun.uploads.complete([{ id: begun.upload.id, done: wrong(begun).done }], signal);
    expect(result?.refusal).toMatchObject({
      code: 'uploadIncomplete',
      detail: expect.stringContaining('Send again: 2.'),
    });
    expect(await begun.uploads.get(begun.upload.id, signal)).toMatchObject({
      state: 'open',
      partsDone: [1, 3],
    });
    expect(await complete(begun)).toBe('completed');
    const blind = await begin(scene.putOnly.id);
    await denyMore();
    expect(await complete(wrong(blind))).toBe('uploadRestarted');
  });
});

describe('the janitor', () => {
  test('ends what nobody came back for, and has the buckets forget it', async () => {
    const begun = await begin();
    const neverBegun = await createOne(begun.uploads, fileOf('b.mov', size));
    const single = await createOne(begun.uploads, fileOf('c.jpg'));
    scene.clock.forward({ days: 1 });
    await scene.transfers.sweep(signal);
    for (const { id } of [begun.upload, neverBegun, single]) {
      const { state } = await scene.db
        .selectFrom('transfers')
        .select('state')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      expect(state).toBe('expired');
    }
    const left = await scene.db
      .selectFrom('uploadGrants')
      .select(['files', 'bytes'])
      .where('id', '=', begun.grant.id)
      .executeTakeFirstOrThrow();
    expect(left).toEqual({ files: 0, bytes: '0' });
    expect((await scene.openUploads()).filter((key) => key.startsWith('team/'))).toEqual([]);
  });

  test('finds out what came of completions that nobody asked for again', async () => {
    const [before, after] = [await begin(), await begin()];
    await sayCompleting(before);
    await sayCompleting(after);
    await completeInBucket(after);
    scene.clock.forward({ days: 1 });
    await scene.transfers.sweep(signal);
    expect([await rowOf(before), await rowOf(after)]).toMatchObject([
      { state: 'received', proof: 'completed' },
      { state: 'received', proof: 'completed' },
    ]);
    expect([toldOf(before), toldOf(after)]).toEqual([1, 1]);
  });

  test('gives up a completion that no bucket answers for a week', async () => {
    const begun = await begin();
    await sayCompleting(begun);
    await scene.db
      .updateTable('connections')
      .set((of) => ({ bucket: 'nowhere', revision: of('revision', '+', 1) }))
      .where('id', '=', begun.grant.connectionId)
      .execute();
    scene.clock.forward({ days: 1 });
    await scene.transfers.sweep(signal);
    expect(await rowOf(begun)).toMatchObject({ state: 'completing' });
    scene.clock.forward({ days: 8 });
    await scene.transfers.sweep(signal);
    expect(await rowOf(begun)).toMatchObject({ state: 'aborted' });
    await scene.db
      .updateTable('connections')
      .set((of) => ({ bucket: 'photos', revision: of('revision', '+', 1) }))
      .where('id', '=', begun.grant.connectionId)
      .execute();
    scene.clock.forward({ days: 1 });
    await scene.transfers.sweep(signal);
    expect((await scene.openUploads()).filter((key) => key.startsWith('team/'))).toEqual([]);
  });

  test('leaves to the lifecycle rule what the key may not abort, after a week of trying', async () => {
    const begun = await begin(scene.putOnly.id);
    await denyMore();
    await begun.uploads.abort(begun.upload.id, signal);
    const triesLeft = () =>
      scene.db
        .selectFrom('uploadLeftovers')
        .select('tries')
        .where('key', 'like', `${begun.grant.prefix}%`)
        .execute();
    expect(await triesLeft()).toEqual([{ tries: 1 }]);
    for (let round = 0; round < 13; round += 1) {
      scene.clock.forward({ days: 1 });
      await scene.transfers.sweep(signal);
    }
    expect(await triesLeft()).toEqual([]);
    await abortInBucket(begun);
  });
});

test('parts are of the upload that the bucket has begun: of another nothing is kept, and it is said what to do', async () => {
  const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: `w${(count += 1)}/` }));
  const upload = await createOne(uploads, fileOf('a.mov', size));
  const done = [1, 2, 3].map((number) => ({ number, etag: 'of-another' }));
  expect(await uploads.signParts(upload.id, { done, sign: [] }, signal)).toEqual({
    requests: [],
    partsDone: 0,
  });
  const [result] = await uploads.complete([{ id: upload.id, done }], signal);
  expect(result?.refusal).toMatchObject({
    code: 'uploadIncomplete',
    detail: 'No part of it was signed yet: ask for its parts first.',
  });
  await uploads.signParts(upload.id, { done: [], sign: [1] }, signal);
  const [again] = await uploads.complete([{ id: upload.id, done: [] }], signal);
  expect(again?.refusal?.detail).toBe('Of 3 parts are missing: 1–3.');
});

test('parts that are reported by two calls at once, in any order and while it is put together, end in no deadlock', async () => {
  const begun = await begin();
  const { uploads, upload, done } = begun;
  const report = (parts: typeof done) => uploads.signParts(upload.id, { done: parts, sign: [] }, signal);
  for (let round = 0; round < 10; round += 1) {
    const part = done.slice(round % 3, (round % 3) + 1);
    const codes = await Promise.all([
      codeOf(report(done)),
      codeOf(report(done.toReversed())),
      codeOf(uploads.complete([{ id: upload.id, done: part }], signal)),
    ]);
    // Ended: it was put together meanwhile.
    expect(codes.filter((code) => code !== 'ok' && code !== 'uploadEnded')).toEqual([]);
  }
  expect(await complete(begun)).toBe('completed');
});

test('who has it put together while another call has its receipt written is answered with that receipt', async () => {
  const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: `w${(count += 1)}/` }));
  const { id } = await createOne(uploads, fileOf('a.mov', size));
  const { answer } = await scene.db.transaction().execute(async (trx) => {
    await trx.selectFrom('transfers').select('id').where('id', '=', id).forUpdate().execute();
    const slower = uploads.complete([{ id, done: [] }], signal);
    const isWaiting = sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(async () => (await isWaiting.execute(scene.db)).rows.length).toBe(1);
    await trx
      .updateTable('transfers')
      .set({ state: 'received', proof: 'completed', receivedAt: scene.clock.now() })
      .where('id', '=', id)
      .execute();
    return { answer: slower };
  });
  expect(await answer).toMatchObject([{ receipt: { transferId: id, size }, refusal: null }]);
});
