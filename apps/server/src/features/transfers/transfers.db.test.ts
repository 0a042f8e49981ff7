import { createConnection, listUploadGrants } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTransferScene, type TransferScene } from '../../../../../tests/support/transfer-scene.ts';
import { codeOf } from '../../../../../tests/support/source-scene.ts';
import {
  codesOf,
  createAll,
  createOne,
  fileOf,
  putWhole,
  sendParts,
  uploadSignal,
} from '../../../../../tests/support/upload-steps.ts';

const MiB = 1024 * 1024;

let scene: TransferScene;
beforeAll(async () => {
  scene = await createTransferScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

test('a batch of small files: tickets with PUTs, receipts for their ETags, told in one transaction', async () => {
  const grant = await scene.openGrant({ prefix: 'batch/' });
  const uploads = scene.transfers.uploads(grant);
  const names = ['a.jpg', 'Familie/Grüße 1.jpg', '写真.jpg'];
  const tickets = await createAll(
    uploads,
    names.map((name) => fileOf(name)),
  );
  const sent = await Promise.all(tickets.map((ticket) => putWhole(ticket, 'hello')));
  expect(sent.map(({ status }) => status)).toEqual([200, 200, 200]);

  const before = scene.told.length;
  const results = await uploads.complete(
    tickets.map(({ id }, at) => ({ id, etag: sent[at]?.etag, done: [] })),
    uploadSignal,
  );
  expect(results.map(({ receipt }) => receipt)).toMatchObject(
    names.map((name) => ({
      key: `team/batch/${name}`,
      name,
      size: 5,
      etag: '5d41402abc4b2a76b9719d911017c592',
      proof: 'reported',
    })),
  );
  expect(scene.told.slice(before).map(({ files }) => files.map(({ name }) => name))).toEqual([names]);
  expect(await scene.keys()).toEqual(expect.arrayContaining(names.map((name) => `team/batch/${name}`)));
  // Asked again, the same receipts, and nobody is told twice.
  const again = await uploads.complete(
    tickets.map(({ id }) => ({ id, done: [] })),
    uploadSignal,
  );
  expect(again).toEqual(results);
  expect(scene.told.length).toBe(before + 1);
  expect(await scene.transfers.filesOf(scene.db, scene.teamId, grant.id)).toMatchObject(
    names.map((name) => ({ name, key: `batch/${name}`, state: 'received' })),
  );
});

test('a large file: parts that are reported bit by bit, what is missing named, and one object of them all', async () => {
  const grant = await scene.openGrant({ prefix: 'large/' });
  const uploads = scene.transfers.uploads(grant);
  const ticket = await createOne(uploads, fileOf('film.mov', 20 * MiB, { type: 'video/quicktime' }));
  expect(ticket).toMatchObject({ kind: 'multipart', partSize: 8 * MiB, partCount: 3, put: null });

  const [first, ...others] = await sendParts(uploads, ticket, [1, 2, 3]);
  await uploads.signParts(ticket.id, { done: first === undefined ? [] : [first], sign: [] }, uploadSignal);
  expect(await uploads.get(ticket.id, uploadSignal)).toMatchObject({ state: 'open', partsDone: [1] });
  const [early] = await uploads.complete([{ id: ticket.id, done: others.slice(0, 1) }], uploadSignal);
  expect(early?.refusal).toMatchObject({
    code: 'uploadIncomplete',
    detail: 'Of 3 parts are missing: 3.',
  });
  const [done] = await uploads.complete([{ id: ticket.id, done: others.slice(1) }], uploadSignal);
  expect(done?.receipt).toMatchObject({ key: 'team/large/film.mov', size: 20 * MiB, proof: 'completed' });
  expect(await uploads.get(ticket.id, uploadSignal)).toMatchObject({
    state: 'received',
    partsDone: [1, 2, 3],
  });
  expect(await scene.openUploads()).toEqual([]);
});

test('a key that may only put objects gets receipts too, for small files and large ones', async () => {
  const grant = await scene.openGrant({ connectionId: scene.putOnly.id, prefix: 'p/' });
  const uploads = scene.transfers.uploads(grant);
  const [small, large] = await createAll(uploads, [fileOf('a.jpg'), fileOf('b.mov', 17 * MiB)]);
  if (small === undefined || large === undefined) throw new Error('There is no ticket');
  const { etag } = await putWhole(small, 'hello');
  const done = await sendParts(uploads, large, [1, 2, 3]);
  const results = await uploads.complete(
    [
      { id: small.id, etag, done: [] },
      { id: large.id, done },
    ],
    uploadSignal,
  );
  expect(results.map(({ receipt }) => receipt?.proof)).toEqual(['reported', 'completed']);
  // It may not look: whoever has no ETag has no receipt.
  const blind = await createOne(uploads, fileOf('c.jpg'));
  await putWhole(blind, 'hello');
  const [refused] = await uploads.complete([{ id: blind.id, done: [] }], uploadSignal);
  expect(refused?.refusal?.code).toBe('uploadIncomplete');
});

test('asked again with its mark, a file has the upload that it had; another file may not have the mark', async () => {
  const grant = await scene.openGrant({ prefix: 'again/', limits: { maxFiles: 1 } });
  const uploads = scene.transfers.uploads(grant);
  const marked = fileOf('a.jpg', 5, { retryKey: 'mark-of-a-file-0001' });
  const first = await createOne(uploads, marked);
  expect((await createOne(uploads, marked)).id).toBe(first.id);
  expect(await codesOf(uploads, [{ ...marked, size: 6 }])).toEqual(['idempotencyConflict']);
  await uploads.complete(
    [{ id: first.id, etag: (await putWhole(first, 'hello')).etag, done: [] }],
    uploadSignal,
  );
  expect(await createOne(uploads, marked)).toMatchObject({ id: first.id, state: 'received' });
});

describe('names that are taken', () => {
  test('are refused while an upload of them is under way, and by the bucket once the object is there', async () => {
    const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: 'taken/' }));
    const ticket = await createOne(uploads, fileOf('a.jpg'));
    expect(await codesOf(uploads, [fileOf('a.jpg'), fileOf('b.jpg'), fileOf('b.jpg')])).toEqual([
      'objectExists',
      'ok',
      'objectExists',
    ]);
    await uploads.complete(
      [{ id: ticket.id, etag: (await putWhole(ticket, 'hello')).etag, done: [] }],
      uploadSignal,
    );
    // The ledger knows it, and the bucket says so.
    expect(await codesOf(uploads, [fileOf('a.jpg')])).toEqual(['objectExists']);
    // A large file is refused before a byte of it is sent.
    expect(await codesOf(uploads, [fileOf('a.jpg', 20 * MiB)])).toEqual(['objectExists']);
  });

  test('may be used again once the object was deleted', async () => {
    const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: 'gone/' }));
    const ticket = await createOne(uploads, fileOf('a.jpg'));
    await uploads.complete(
      [{ id: ticket.id, etag: (await putWhole(ticket, 'hello')).etag, done: [] }],
      uploadSignal,
    );
    const bucket = await scene.connections.openBucket(scene.teamId, scene.connection.id);
    await bucket.deleteObject('gone/a.jpg', { signal: uploadSignal });
    expect(await codesOf(uploads, [fileOf('a.jpg')])).toEqual(['ok']);
  });

  test('are looked for where nobody knows whether the bucket refuses to write over them', async () => {
    const { actors, teamId, bucket, credentials } = scene;
    const other = await scene.connections.create(
      actors.owner,
      teamId,
      createConnection.body.parse({
        name: 'other',
        provider: 'other',
        bucket: 'photos',
        endpoint: bucket.url,
        region: 'us-east-1',
        addressing: 'path',
        prefix: 'other/',
        jobs: ['ingest'],
        credentials,
      }),
    );
    const opened = await scene.connections.openBucket(teamId, other.id);
    await opened.putObject('a.jpg', new Uint8Array(5), { signal: uploadSignal });
    const uploads = scene.transfers.uploads(await scene.openGrant({ connectionId: other.id, prefix: '' }));
    expect(await codesOf(uploads, [fileOf('a.jpg'), fileOf('b.jpg')])).toEqual(['objectExists', 'ok']);
    // So is each number that a name would get.
    await opened.putObject('a (2).jpg', new Uint8Array(5), { signal: uploadSignal });
    const renaming = await scene.openGrant({ connectionId: other.id, prefix: '', onConflict: 'rename' });
    const wanted = [fileOf('a.jpg'), fileOf('a.jpg'), fileOf('c.jpg')];
    const tickets = await createAll(scene.transfers.uploads(renaming), wanted);
    expect(tickets.map(({ key }) => key)).toEqual(['other/a (3).jpg', 'other/a (4).jpg', 'other/c.jpg']);
  });

  test('get a number behind them where the grant says so, also among a hundred of one name', async () => {
    const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: 'many/', onConflict: 'rename' }));
    const tickets = await createAll(
      uploads,
      Array.from({ length: 100 }, () => fileOf('IMG_1.jpg')),
    );
    expect(tickets.map(({ key }) => key)).toEqual([
      'team/many/IMG_1.jpg',
      ...Array.from({ length: 99 }, (_, at) => `team/many/IMG_1 (${at + 2}).jpg`),
    ]);
    expect((await createOne(uploads, fileOf('IMG_1.jpg'))).key).toBe('team/many/IMG_1 (101).jpg');
  });

  test('as a folder are refused to a file, and below a file to any', async () => {
    const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: 'tree/' }));
    const all = ['x', 'x/y.jpg', 'a/b', 'a'].map((name) => fileOf(name));
    expect(await codesOf(uploads, all)).toEqual(['objectExists', 'ok', 'ok', 'objectExists']);
    const more = ['x', 'x/y.jpg/z', 'x/y.jp', 'x!', 'X'].map((name) => fileOf(name));
    expect(await codesOf(uploads, more)).toEqual(['objectExists', 'nameRefused', 'ok', 'ok', 'ok']);
  });

  test('as a folder get a number where the grant says so', async () => {
    const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: 'wood/', onConflict: 'rename' }));
    const keysOf = async (...names: string[]): Promise<string[]> =>
      (
        await createAll(
          uploads,
          names.map((name) => fileOf(name)),
        )
      ).map(({ key }) => key.slice('team/wood/'.length));
    expect(await keysOf('x', 'x/y.jpg', 'x')).toEqual(['x (2)', 'x/y.jpg', 'x (3)']);
    expect(await keysOf('x', 'x/y.jpg')).toEqual(['x (4)', 'x/y (2).jpg']);
    expect(await codesOf(uploads, [fileOf('x (2)/y.jpg')])).toEqual(['nameRefused']);
  });

  test('of two grants at once go to one of them', async () => {
    const grants = await Promise.all([0, 1, 2, 3].map(() => scene.openGrant({ prefix: 'race/' })));
    const outcomes = await Promise.all(
      grants.map((grant) => codesOf(scene.transfers.uploads(grant), [fileOf('a.jpg'), fileOf('b.jpg')])),
    );
    for (const at of [0, 1]) {
      expect(outcomes.map((each) => each[at]).toSorted()).toEqual([
        'objectExists',
        'objectExists',
        'objectExists',
        'ok',
      ]);
    }
  });
});

test('limits are counted over calls, also at once, and an upload that is cancelled counts no more once its URL has run out', async () => {
  const limits = { maxFiles: 3, maxTotalBytes: 12, maxFileBytes: 8, types: ['image/*', 'video/mp4'] };
  const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: 'limits/', limits }));
  expect(
    await codesOf(uploads, [
      fileOf('big.jpg', 9),
      fileOf('a.html', 1, { type: 'text/html' }),
      fileOf('a.mp4', 1, { type: 'video/mp4' }),
    ]),
  ).toEqual(['fileTooLarge', 'fileTypeRefused', 'ok']);
  const atOnce = await Promise.all(
    Array.from({ length: 6 }, (_, at) => codesOf(uploads, [fileOf(`${at}.jpg`, 5)])),
  );
  expect(atOnce.flat().toSorted()).toEqual(['ok', 'ok', ...Array(4).fill('quotaExceeded')]);
  const { items } = await uploads.list({ limit: 10, state: 'open' });
  const [last] = items;
  if (last === undefined) throw new Error('There is no upload');
  await uploads.abort(last.id, uploadSignal);
  expect(await codesOf(uploads, [fileOf('again.jpg', 1)])).toEqual(['quotaExceeded']);
  scene.clock.forward({ minutes: 21 });
  await scene.transfers.sweep(uploadSignal);
  scene.clock.forward({ minutes: -21 });
  expect(await codesOf(uploads, [fileOf('again.jpg', 6)])).toEqual(['ok']);
  expect(await codesOf(uploads, [fileOf('more.jpg', 1)])).toEqual(['quotaExceeded']);
});

test('what was cancelled, or received, takes no further parts; of another grant nothing is known', async () => {
  const grant = await scene.openGrant({ prefix: 'ended/' });
  const uploads = scene.transfers.uploads(grant);
  const ticket = await createOne(uploads, fileOf('a.mov', 20 * MiB));
  await sendParts(uploads, ticket, [1]);
  expect(await scene.openUploads()).toEqual(['team/ended/a.mov']);
  const others = scene.transfers.uploads(await scene.openGrant());
  expect(await codeOf(others.get(ticket.id, uploadSignal))).toBe('notFound');
  expect(await codeOf(others.abort(ticket.id, uploadSignal))).toBe('notFound');
  expect(await codeOf(others.signParts(ticket.id, { done: [], sign: [1] }, uploadSignal))).toBe('notFound');
  expect((await others.complete([{ id: ticket.id, done: [] }], uploadSignal))[0]?.refusal?.code).toBe(
    'notFound',
  );

  await uploads.abort(ticket.id, uploadSignal);
  await uploads.abort(ticket.id, uploadSignal);
  expect(await scene.openUploads()).toEqual([]);
  expect(await codeOf(uploads.signParts(ticket.id, { done: [], sign: [1] }, uploadSignal))).toBe(
    'uploadEnded',
  );
  expect((await uploads.complete([{ id: ticket.id, done: [] }], uploadSignal))[0]?.refusal?.code).toBe(
    'uploadEnded',
  );
  const small = await createOne(uploads, fileOf('b.jpg'));
  await uploads.complete(
    [{ id: small.id, etag: (await putWhole(small, 'hello')).etag, done: [] }],
    uploadSignal,
  );
  expect(await codeOf(uploads.abort(small.id, uploadSignal))).toBe('uploadEnded');
  expect(await codeOf(uploads.signParts(small.id, { done: [], sign: [1] }, uploadSignal))).toBe(
    'uploadEnded',
  );
});

test('a grant that was ended takes nothing, and what was under way is forgotten by the bucket with the next round', async () => {
  const grant = await scene.openGrant({ prefix: 'revoked/' });
  const uploads = scene.transfers.uploads(grant);
  const ticket = await createOne(uploads, fileOf('a.mov', 20 * MiB));
  await sendParts(uploads, ticket, [1]);
  await scene.transfers.revokeGrant(scene.actors.member, { teamId: scene.teamId, uploadGrantId: grant.id });
  expect(scene.enqueued.at(-1)).toEqual({ queue: 'upload-janitor', payload: {} });
  expect(await codeOf(uploads.create([fileOf('b.jpg')], uploadSignal))).toBe('grantInvalid');
  expect(await codeOf(uploads.signParts(ticket.id, { done: [], sign: [2] }, uploadSignal))).toBe(
    'uploadEnded',
  );
  await scene.transfers.sweep(uploadSignal);
  expect(await scene.openUploads()).toEqual([]);
  expect(await scene.countedBy(grant)).toEqual({ files: 0, bytes: 0 });
});

test('a connection goes only with its uploads, and its bucket forgets them', async () => {
  const connection = await scene.connect('to-be-deleted', 'deleted/');
  const uploads = scene.transfers.uploads(await scene.openGrant({ connectionId: connection.id }));
  await sendParts(uploads, await createOne(uploads, fileOf('a.mov', 20 * MiB)), [1]);
  const at = { teamId: scene.teamId, connectionId: connection.id };
  expect(await codeOf(scene.connections.delete(scene.actors.owner, at, false))).toBe('inUse');
  expect(await scene.openUploads()).toHaveLength(1);
  await scene.connections.delete(scene.actors.owner, at, true);
  expect(await scene.openUploads()).toEqual([]);
  expect(await codeOf(uploads.create([fileOf('b.jpg')], uploadSignal))).toBe('grantInvalid');
});

test('grants are listed by connection and holder, and only those that are good where that is asked for', async () => {
  const { actors, teamId, transfers } = scene;
  const there = await scene.connect('listed', 'listed/');
  const on = { connectionId: there.id };
  const soon = new Date(scene.clock.now().getTime() + 60_000);
  const over = await scene.openGrant({ ...on, expiresAt: soon });
  const good = await scene.openGrant(on);
  const revoked = await scene.openGrant(on);
  await transfers.revokeGrant(actors.member, { teamId, uploadGrantId: revoked.id });
  scene.clock.forward({ minutes: 1 });
  const ids = async (query: object, actor = actors.member) =>
    (await transfers.listGrants(actor, teamId, listUploadGrants.query.parse(query))).items.map(
      ({ id }) => id,
    );
  expect(await ids(on)).toEqual([revoked.id, good.id, over.id]);
  expect(await ids({ ...on, good: 'true' })).toEqual([good.id]);
  expect(await ids({ ...on, holder: 'team', good: 'true' })).toEqual([good.id]);
  expect(await ids({ ...on, holder: 'order' })).toEqual([]);
  expect(await ids({ connectionId: scene.putOnly.id })).not.toContain(good.id);
  expect(await codeOf(ids(on, actors.stranger))).toBe('notFound');
});
