import type { FileToUpload, Upload } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createTransferScene,
  send,
  type TransferScene,
} from '../../../../../tests/support/transfer-scene.ts';
import { codeOf } from '../../../../../tests/support/source-scene.ts';
import type { GrantUploads } from './index.ts';

const MiB = 1024 * 1024;
const signal = AbortSignal.timeout(110_000);

let scene: TransferScene;
beforeAll(async () => {
  scene = await createTransferScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const file = (name: string, size = 5, more: Partial<FileToUpload> = {}): FileToUpload => ({
  name,
  size,
  type: 'image/jpeg',
  ...more,
});
/** Tickets, where none may be refused. */
const create = async (uploads: GrantUploads, files: FileToUpload[]): Promise<Upload[]> =>
  (await uploads.create(files, signal)).map(({ upload, refusal }) => {
    if (upload === null) throw new Error(JSON.stringify(refusal));
    return upload;
  });
const createOne = async (uploads: GrantUploads, one: FileToUpload): Promise<Upload> => {
  const [upload] = await create(uploads, [one]);
  if (upload === undefined) throw new Error('There is no ticket');
  return upload;
};
const codes = async (uploads: GrantUploads, files: FileToUpload[]): Promise<string[]> =>
  (await uploads.create(files, signal)).map(({ refusal }) => refusal?.code ?? 'ok');
const put = ({ put: request }: Upload, body: string) => {
  if (request === null) throw new Error('There is no PUT');
  return send(request, body);
};
/** Sends parts of zeros. */
const sendParts = async (uploads: GrantUploads, { id }: Upload, numbers: number[]) => {
  const { requests } = await uploads.signParts(id, { done: [], sign: numbers }, signal);
  return Promise.all(
    requests.map(async (request) => {
      const { etag } = await send(request, new Uint8Array(Number(request.headers['content-length'])));
      return { number: request.number, etag };
    }),
  );
};

test('a batch of small files: tickets with PUTs, receipts for their ETags, told in one transaction', async () => {
  const grant = await scene.openGrant({ prefix: 'batch/' });
  const uploads = scene.transfers.uploads(grant);
  const names = ['a.jpg', 'Familie/Grüße 1.jpg', '写真.jpg'];
  const tickets = await create(
    uploads,
    names.map((name) => file(name)),
  );
  const sent = await Promise.all(tickets.map((ticket) => put(ticket, 'hello')));
  expect(sent.map(({ status }) => status)).toEqual([200, 200, 200]);

  const before = scene.told.length;
  const results = await uploads.complete(
    tickets.map(({ id }, at) => ({ id, etag: sent[at]?.etag, done: [] })),
    signal,
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
    signal,
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
  const ticket = await createOne(uploads, file('film.mov', 20 * MiB, { type: 'video/quicktime' }));
  expect(ticket).toMatchObject({ kind: 'multipart', partSize: 8 * MiB, partCount: 3, put: null });

  const [first, ...others] = await sendParts(uploads, ticket, [1, 2, 3]);
  await uploads.signParts(ticket.id, { done: first === undefined ? [] : [first], sign: [] }, signal);
  expect(await uploads.get(ticket.id, signal)).toMatchObject({ state: 'open', partsDone: [1] });
  const [early] = await uploads.complete([{ id: ticket.id, done: others.slice(0, 1) }], signal);
  expect(early?.refusal).toMatchObject({
    code: 'uploadIncomplete',
    detail: 'Of 3 parts are missing: 3.',
  });
  const [done] = await uploads.complete([{ id: ticket.id, done: others.slice(1) }], signal);
  expect(done?.receipt).toMatchObject({ key: 'team/large/film.mov', size: 20 * MiB, proof: 'completed' });
  expect(await uploads.get(ticket.id, signal)).toMatchObject({ state: 'received', partsDone: [1, 2, 3] });
  expect(await scene.openUploads()).toEqual([]);
});

test('a key that may only put objects gets receipts too, for small files and large ones', async () => {
  const grant = await scene.openGrant({ connectionId: scene.putOnly.id, prefix: 'p/' });
  const uploads = scene.transfers.uploads(grant);
  const [small, large] = await create(uploads, [file('a.jpg'), file('b.mov', 17 * MiB)]);
  if (small === undefined || large === undefined) throw new Error('There is no ticket');
  const { etag } = await put(small, 'hello');
  const done = await sendParts(uploads, large, [1, 2, 3]);
  const results = await uploads.complete(
    [
      { id: small.id, etag, done: [] },
      { id: large.id, done },
    ],
    signal,
  );
  expect(results.map(({ receipt }) => receipt?.proof)).toEqual(['reported', 'completed']);
  // It may not look: whoever has no ETag has no receipt.
  const blind = await createOne(uploads, file('c.jpg'));
  await put(blind, 'hello');
  const [refused] = await uploads.complete([{ id: blind.id, done: [] }], signal);
  expect(refused?.refusal?.code).toBe('uploadIncomplete');
});

test('asked again with its mark, a file has the upload that it had; another file may not have the mark', async () => {
  const grant = await scene.openGrant({ prefix: 'again/', limits: { maxFiles: 1 } });
  const uploads = scene.transfers.uploads(grant);
  const marked = file('a.jpg', 5, { retryKey: 'mark-of-a-file-0001' });
  const first = await createOne(uploads, marked);
  expect((await createOne(uploads, marked)).id).toBe(first.id);
  expect(await codes(uploads, [{ ...marked, size: 6 }])).toEqual(['idempotencyConflict']);
  await uploads.complete([{ id: first.id, etag: (await put(first, 'hello')).etag, done: [] }], signal);
  expect(await createOne(uploads, marked)).toMatchObject({ id: first.id, state: 'received' });
});

describe('names that are taken', () => {
  test('are refused while an upload of them is under way, and by the bucket once the object is there', async () => {
    const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: 'taken/' }));
    const ticket = await createOne(uploads, file('a.jpg'));
    expect(await codes(uploads, [file('a.jpg'), file('b.jpg'), file('b.jpg')])).toEqual([
      'objectExists',
      'ok',
      'objectExists',
    ]);
    await uploads.complete([{ id: ticket.id, etag: (await put(ticket, 'hello')).etag, done: [] }], signal);
    // The ledger knows it, and the bucket says so.
    expect(await codes(uploads, [file('a.jpg')])).toEqual(['objectExists']);
    // A large file is refused before a byte of it is sent.
    expect(await codes(uploads, [file('a.jpg', 20 * MiB)])).toEqual(['objectExists']);
  });

  test('may be used again once the object was deleted', async () => {
    const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: 'gone/' }));
    const ticket = await createOne(uploads, file('a.jpg'));
    await uploads.complete([{ id: ticket.id, etag: (await put(ticket, 'hello')).etag, done: [] }], signal);
    const bucket = await scene.connections.openBucket(scene.teamId, scene.connection.id);
    await bucket.deleteObject('gone/a.jpg', { signal });
    expect(await codes(uploads, [file('a.jpg')])).toEqual(['ok']);
  });

  test('get a number behind them where the grant says so, also among a hundred of one name', async () => {
    const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: 'many/', onConflict: 'rename' }));
    const tickets = await create(
      uploads,
      Array.from({ length: 100 }, () => file('IMG_1.jpg')),
    );
    expect(tickets.map(({ key }) => key)).toEqual([
      'team/many/IMG_1.jpg',
      ...Array.from({ length: 99 }, (_, at) => `team/many/IMG_1 (${at + 2}).jpg`),
    ]);
    expect((await createOne(uploads, file('IMG_1.jpg'))).key).toBe('team/many/IMG_1 (101).jpg');
  });

  test('of two grants at once go to one of them', async () => {
    const grants = await Promise.all([0, 1, 2, 3].map(() => scene.openGrant({ prefix: 'race/' })));
    const outcomes = await Promise.all(
      grants.map((grant) => codes(scene.transfers.uploads(grant), [file('a.jpg'), file('b.jpg')])),
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

test('limits are counted over calls, also at once, and an upload that is cancelled counts no more', async () => {
  const limits = { maxFiles: 3, maxTotalBytes: 12, maxFileBytes: 8, types: ['image/*', 'video/mp4'] };
  const uploads = scene.transfers.uploads(await scene.openGrant({ prefix: 'limits/', limits }));
  expect(
    await codes(uploads, [
      file('big.jpg', 9),
      file('a.html', 1, { type: 'text/html' }),
      file('a.mp4', 1, { type: 'video/mp4' }),
    ]),
  ).toEqual(['fileTooLarge', 'fileTypeRefused', 'ok']);
  const atOnce = await Promise.all(
    Array.from({ length: 6 }, (_, at) => codes(uploads, [file(`${at}.jpg`, 5)])),
  );
  expect(atOnce.flat().toSorted()).toEqual(['ok', 'ok', ...Array(4).fill('quotaExceeded')]);
  const { items } = await uploads.list({ limit: 10, state: 'open' });
  const [last] = items;
  if (last === undefined) throw new Error('There is no upload');
  await uploads.abort(last.id, signal);
  expect(await codes(uploads, [file('again.jpg', 6)])).toEqual(['ok']);
  expect(await codes(uploads, [file('more.jpg', 1)])).toEqual(['quotaExceeded']);
});

test('what was cancelled, or received, takes no further parts; of another grant nothing is known', async () => {
  const grant = await scene.openGrant({ prefix: 'ended/' });
  const uploads = scene.transfers.uploads(grant);
  const ticket = await createOne(uploads, file('a.mov', 20 * MiB));
  await sendParts(uploads, ticket, [1]);
  expect(await scene.openUploads()).toEqual(['team/ended/a.mov']);
  const others = scene.transfers.uploads(await scene.openGrant());
  expect(await codeOf(others.get(ticket.id, signal))).toBe('notFound');
  expect(await codeOf(others.abort(ticket.id, signal))).toBe('notFound');
  expect(await codeOf(others.signParts(ticket.id, { done: [], sign: [1] }, signal))).toBe('notFound');
  expect((await others.complete([{ id: ticket.id, done: [] }], signal))[0]?.refusal?.code).toBe('notFound');

  await uploads.abort(ticket.id, signal);
  await uploads.abort(ticket.id, signal);
  expect(await scene.openUploads()).toEqual([]);
  expect(await codeOf(uploads.signParts(ticket.id, { done: [], sign: [1] }, signal))).toBe('uploadEnded');
  expect((await uploads.complete([{ id: ticket.id, done: [] }], signal))[0]?.refusal?.code).toBe(
    'uploadEnded',
  );
  const small = await createOne(uploads, file('b.jpg'));
  await uploads.complete([{ id: small.id, etag: (await put(small, 'hello')).etag, done: [] }], signal);
  expect(await codeOf(uploads.abort(small.id, signal))).toBe('uploadEnded');
  expect(await codeOf(uploads.signParts(small.id, { done: [], sign: [1] }, signal))).toBe('uploadEnded');
});

test('a grant that was ended takes nothing, and what was under way is forgotten by the bucket with the next round', async () => {
  const grant = await scene.openGrant({ prefix: 'revoked/' });
  const uploads = scene.transfers.uploads(grant);
  const ticket = await createOne(uploads, file('a.mov', 20 * MiB));
  await sendParts(uploads, ticket, [1]);
  await scene.transfers.revokeGrant(scene.actors.member, { teamId: scene.teamId, uploadGrantId: grant.id });
  expect(scene.enqueued.at(-1)).toEqual({ queue: 'upload-janitor', payload: {} });
  expect(await codeOf(uploads.create([file('b.jpg')], signal))).toBe('grantInvalid');
  expect(await codeOf(uploads.signParts(ticket.id, { done: [], sign: [2] }, signal))).toBe('uploadEnded');
  await scene.transfers.sweep(signal);
  expect(await scene.openUploads()).toEqual([]);
  const { items } = await scene.transfers.listGrants(scene.actors.member, scene.teamId, { limit: 200 });
  expect(items.find(({ id }) => id === grant.id)).toMatchObject({ files: 0, bytes: 0 });
});

test('a connection goes only with its uploads, and its bucket forgets them', async () => {
  const connection = await scene.connections.create(scene.actors.owner, scene.teamId, {
    name: 'to be deleted',
    provider: 'embedded',
    bucket: 'photos',
    region: 'us-east-1',
    endpoint: scene.bucket.url,
    addressing: 'path',
    prefix: 'deleted/',
    jobs: ['ingest'],
    checkEveryHours: 0,
    credentials: { kind: 'accessKey', ...scene.credentials, sessionToken: undefined },
  });
  const uploads = scene.transfers.uploads(await scene.openGrant({ connectionId: connection.id }));
  await sendParts(uploads, await createOne(uploads, file('a.mov', 20 * MiB)), [1]);
  const at = { teamId: scene.teamId, connectionId: connection.id };
  expect(await codeOf(scene.connections.delete(scene.actors.owner, at, false))).toBe('inUse');
  expect(await scene.openUploads()).toHaveLength(1);
  await scene.connections.delete(scene.actors.owner, at, true);
  expect(await scene.openUploads()).toEqual([]);
  expect(await codeOf(uploads.create([file('b.jpg')], signal))).toBe('grantInvalid');
});
