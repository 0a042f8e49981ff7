import { uploadLimits } from '@windlass/contract';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTransferScene, type TransferScene } from '../../../../../tests/support/transfer-scene.ts';
import { send } from '../../../../../tests/support/upload-scene.ts';
import { createDatabaseRateLimiter } from '../../platform/db/index.ts';
import { createHttpServer } from '../../platform/http/index.ts';
import type { NewGrant } from '../transfers/index.ts';
import { registerUppyRoutes } from './index.ts';

const MiB = 1024 * 1024;
const origin = 'http://localhost:7400';

let scene: TransferScene;
let app: FastifyInstance;
beforeAll(async () => {
  scene = await createTransferScene();
  app = await createHttpServer({
    log: pino({ level: 'silent' }),
    bindHost: '127.0.0.1',
    publicUrl: origin,
    imagesUrl: 'http://localhost:7401',
    trustProxy: false,
  });
  registerUppyRoutes(app, {
    transfers: scene.transfers,
    uppyUrls: (token) => ({ companionUrl: `${origin}/uppy/${token}` }),
    createRateLimiter: createDatabaseRateLimiter(scene.db),
  });
});
afterAll(async () => {
  await app.close();
  await scene[Symbol.asyncDispose]();
});

const openToken = async (changes: Partial<Omit<NewGrant, 'limits'>> & { limits?: object } = {}) => {
  const { limits = {}, ...more } = changes;
  const { token } = await scene.transfers.openGrant(scene.db, {
    teamId: scene.teamId,
    connectionId: scene.connection.id,
    prefix: 'uppy/',
    onConflict: 'rename',
    expiresAt: new Date(scene.clock.now().getTime() + 60 * 60_000),
    holder: { kind: 'team' },
    madeBy: null,
    limits: uploadLimits.parse(limits),
    ...more,
  });
  return token.reveal();
};

type Method = 'GET' | 'POST' | 'DELETE' | 'OPTIONS';
const call = (
  token: string,
  method: Method,
  path: string,
  body?: object | string,
): Promise<LightMyRequestResponse> =>
  app.inject({
    method,
    url: `/uppy/${token}/${path}`,
    headers: {
      host: 'localhost:7400',
      origin: 'https://shop.example',
      ...(typeof body === 'string' ? { 'content-type': 'application/xml' } : {}),
    },
    ...(body === undefined ? {} : { payload: body }),
  });
const begin = async (token: string, filename: string, size: number) =>
  (await call(token, 'POST', 's3/multipart', { filename, type: 'image/jpeg', metadata: { size } })).json();
const at = ({ uploadId, key }: { uploadId: string; key: string }, more = ''): string =>
  `s3/multipart/${uploadId}${more}?key=${encodeURIComponent(key)}`;
/** Sends a part of zeros. */
const sendPart = async (url: string, size: number) =>
  send({ method: 'PUT', url, headers: {} }, new Uint8Array(size));

test('a multipart upload by Companion’s contract: begun, signed one by one and as a batch, listed, completed', async () => {
  const token = await openToken();
  const begun = await begin(token, 'Grüße.jpg', 7 * MiB);
  expect(begun).toEqual({
    key: 'team/uppy/Grüße.jpg',
    uploadId: expect.stringMatching(/^trf_/),
    bucket: 'photos',
  });
  const one = (await call(token, 'GET', at(begun, '/1'))).json();
  expect(one).toMatchObject({ url: expect.any(String), method: 'PUT', headers: {} });
  expect(one.expires).toBeGreaterThan(60);
  const batch = (await call(token, 'GET', `${at(begun, '/batch')}&partNumbers=1,2`)).json();
  expect(Object.keys(batch.presignedUrls)).toEqual(['1', '2']);
  // Not a byte more or less than the part has.
  expect(await sendPart(batch.presignedUrls[2], 5 * MiB)).toMatchObject({ status: 403 });
  const first = await sendPart(one.url, 5 * MiB);
  expect((await call(token, 'GET', at(begun))).json()).toEqual([
    { PartNumber: 1, ETag: first.etag, Size: 5 * MiB },
  ]);
  const second = await sendPart(batch.presignedUrls[2], 2 * MiB);

  const early = await call(token, 'POST', at(begun, '/complete'), {
    parts: [{ PartNumber: 1, ETag: first.etag }],
  });
  expect([early.statusCode, early.json().code]).toEqual([409, 'uploadIncomplete']);
  const parts = [first, second].map(({ etag }, index) => ({ PartNumber: index + 1, ETag: etag }));
  const done = await call(token, 'POST', at(begun, '/complete'), { parts });
  expect(done.json()).toEqual({
    key: 'team/uppy/Grüße.jpg',
    bucket: 'photos',
    location: `${scene.bucket.url}/photos/team/uppy/${encodeURIComponent('Grüße.jpg')}`,
  });
  // Asked again, the same.
  expect((await call(token, 'POST', at(begun, '/complete'), { parts })).json().key).toBe(begun.key);
  expect(await scene.openUploads()).toEqual([]);
});

test('a small file by Companion’s contract is a PUT, of exactly its size, that writes over nothing', async () => {
  const token = await openToken({ prefix: 'put/' });
  const path = 's3/params?filename=a.jpg&type=image%2Fjpeg&metadata%5Bsize%5D=5';
  const params = (await call(token, 'GET', path)).json();
  expect(params).toMatchObject({
    method: 'PUT',
    fields: {},
    headers: { 'content-type': 'image/jpeg', 'if-none-match': '*' },
  });
  expect(params.headers).not.toHaveProperty('content-length');
  expect(await send(params, Buffer.from('longer than that'))).toMatchObject({
    status: 403,
  });
  expect(await send(params, Buffer.from('hello'))).toMatchObject({ status: 200 });
  expect(await send(params, Buffer.from('jello'))).toMatchObject({ status: 412 });
  // A client that asks again for the same file has the same upload.
  const again = (await call(token, 'GET', path)).json();
  expect(new URL(again.url).pathname).toBe(new URL(params.url).pathname);
});

test('a PUT of which its client tells nobody is found when its time is over', async () => {
  const token = await openToken({ prefix: 'silent/' });
  const ask = async (name: string) =>
    (await call(token, 'GET', `s3/params?filename=${name}&metadata%5Bsize%5D=5`)).json();
  expect(await send(await ask('sent.jpg'), Buffer.from('hello'))).toMatchObject({ status: 200 });
  await ask('never.jpg');
  const grant = await scene.transfers.grantOf(token);
  scene.clock.forward({ minutes: 61 });
  await scene.transfers.sweep(AbortSignal.timeout(20_000));
  const files = await scene.transfers.filesOf(scene.db, scene.teamId, grant.id);
  expect(files).toMatchObject([{ name: 'sent.jpg', state: 'received', proof: 'seen', size: 5 }]);
});

test('what the 6.x client has signed: parts go to the bucket, the rest comes here and is answered as S3 does', async () => {
  const token = await openToken({ prefix: 'sign/' });
  const sign = async (request: object) => (await call(token, 'POST', 'sign', request)).json();
  const path = (url: string): string => url.slice(`${origin}/uppy/${token}/`.length);

  const create = await sign({ method: 'POST', key: 'a.mov', size: 6 * MiB });
  const begun = await call(token, 'POST', path(create.url), 'type is in the header');
  const uploadId = /<UploadId>(\w+)<\/UploadId>/.exec(begun.body)?.[1] ?? '';
  expect(begun.headers['content-type']).toContain('application/xml');
  const etags: string[] = [];
  for (const [partNumber, size] of [
    [1, 5 * MiB],
    [2, MiB],
  ] as const) {
    const { url } = await sign({ method: 'PUT', key: 'a.mov', uploadId, partNumber });
    expect(url.startsWith(scene.bucket.url)).toBe(true);
    etags.push((await sendPart(url, size)).etag);
  }
  const list = await sign({ method: 'GET', key: 'a.mov', uploadId });
  expect((await call(token, 'GET', path(list.url))).body).toContain(
    `<Part><PartNumber>2</PartNumber><ETag>${(etags[1] ?? '').replaceAll('"', '&quot;')}</ETag><Size>${MiB}</Size></Part>`,
  );
  const complete = await sign({ method: 'POST', key: 'a.mov', uploadId });
  expect((await call(token, 'POST', path(complete.url), '<CompleteMultipartUpload/>')).json().code).toBe(
    'malformedBody',
  );
  const xml = `<CompleteMultipartUpload>${etags
    .map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`)
    .join('')}</CompleteMultipartUpload>`;
  expect((await call(token, 'POST', path(complete.url), xml)).body).toContain(
    '<Key>team/sign/a.mov</Key></CompleteMultipartUploadResult>',
  );
  const put = await sign({ method: 'PUT', key: 'b.jpg', contentType: 'image/jpeg', size: 5 });
  expect(put).toMatchObject({ key: 'team/sign/b.jpg', headers: { 'if-none-match': '*' } });
  const other = await sign({ method: 'POST', key: 'c.mov', size: 6 * MiB });
  const opened = await call(token, 'POST', path(other.url), '');
  const id = /<UploadId>(\w+)<\/UploadId>/.exec(opened.body)?.[1] ?? '';
  const abort = await sign({ method: 'DELETE', key: 'c.mov', uploadId: id });
  expect((await call(token, 'DELETE', path(abort.url))).statusCode).toBe(204);
  expect(await scene.openUploads()).toEqual([]);
  // Objects are not for it.
  expect(await sign({ method: 'DELETE', key: 'a.mov' })).toMatchObject({ code: 'invalidRequest' });
});

describe('is refused with its reason, and nothing is written', () => {
  test('another grant’s upload, and another key', async () => {
    const token = await openToken();
    const begun = await begin(token, 'mine.jpg', 6 * MiB);
    const stranger = await openToken();
    const parts = [{ PartNumber: 1, ETag: 'a' }];
    for (const [who, upload] of [
      [stranger, begun],
      [token, { ...begun, key: 'team/uppy/other.jpg' }],
      [token, { ...begun, key: '../../other.jpg' }],
      [token, { ...begun, uploadId: 'trf_invented' }],
    ] as const) {
      const answers = [
        await call(who, 'GET', at(upload, '/1')),
        await call(who, 'GET', at(upload)),
        await call(who, 'GET', `${at(upload, '/batch')}&partNumbers=1`),
        await call(who, 'POST', at(upload, '/complete'), { parts }),
        await call(who, 'DELETE', at(upload)),
        await call(who, 'POST', 'sign', { method: 'PUT', partNumber: 1, ...upload }),
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 404));
    }
    expect((await call(token, 'DELETE', at(begun))).json()).toEqual({});
    expect(await scene.openUploads()).toEqual([]);
  });

  test.each([
    ['../../up.jpg', 10, 422, 'nameRefused'],
    ['/etc/passwd', 10, 422, 'nameRefused'],
    ['nul\0.jpg', 10, 400, 'invalidRequest'],
    ['gpj\u202eexe.jpg', 10, 422, 'nameRefused'],
    ['large.jpg', 7 * MiB, 413, 'fileTooLarge'],
  ])('a file %j of %i bytes', async (filename, size, status, code) => {
    const token = await openToken({ prefix: 'refused/', limits: { maxFileBytes: 6 * MiB } });
    const metadata = { size };
    const multipart = await call(token, 'POST', 's3/multipart', { filename, type: 'image/jpeg', metadata });
    const query = new URLSearchParams({ filename, type: 'image/jpeg', 'metadata[size]': String(size) });
    const params = await call(token, 'GET', `s3/params?${query}`);
    for (const answer of [multipart, params]) {
      expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
      expect(answer.json()).toMatchObject({ error: expect.any(String), message: expect.any(String) });
    }
    expect((await scene.keys()).filter((key) => key.startsWith('team/refused/'))).toEqual([]);
  });

  test('a file of a type that is not taken, and one of no size', async () => {
    const token = await openToken({ limits: { types: ['image/*'], maxTotalBytes: MiB } });
    const ask = async (body: object) => (await call(token, 'POST', 's3/multipart', body)).json();
    expect(
      await ask({ filename: 'a.exe', type: 'application/x-msdownload', metadata: { size: 1 } }),
    ).toMatchObject({ code: 'fileTypeRefused' });
    expect(await ask({ filename: 'a.jpg', type: 'image/jpeg', metadata: {} })).toMatchObject({
      code: 'invalidRequest',
      message: expect.stringContaining('setFileMeta'),
    });
    expect(await ask({ type: 'image/jpeg' })).toMatchObject({ status: 400 });
  });

  test('a grant that is over, or that nobody made', async () => {
    const token = await openToken({ expiresAt: new Date(scene.clock.now().getTime() + 1000) });
    scene.clock.forward({ seconds: 2 });
    for (const wrong of [token, `wu_${'a'.repeat(43)}`, 'invented']) {
      const answer = await call(wrong, 'GET', 's3/params?filename=a.jpg&metadata%5Bsize%5D=1');
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'grantInvalid']);
      expect(answer.body).not.toContain(wrong);
    }
  });

  test('temporary keys', async () => {
    const answer = await call(await openToken(), 'GET', 's3/sts');
    expect([answer.statusCode, answer.json().error]).toEqual([
      404,
      expect.stringContaining('temporary keys'),
    ]);
  });
});

test('pages of any origin may call it, errors included, without credentials', async () => {
  const token = await openToken();
  const refused = await call('invented', 'GET', 's3/params?filename=a.jpg');
  for (const answer of [await call(token, 'GET', 's3/sts'), refused]) {
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(answer.headers['cache-control']).toBe('no-store');
  }
  const preflight = await app.inject({
    method: 'OPTIONS',
    url: `/uppy/${token}/s3/multipart`,
    headers: { host: 'localhost:7400', 'access-control-request-method': 'POST' },
  });
  expect(preflight.statusCode).toBe(204);
  expect(preflight.headers['access-control-allow-methods']).toContain('DELETE');
});
