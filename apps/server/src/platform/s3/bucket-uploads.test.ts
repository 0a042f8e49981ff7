import { createHash } from 'node:crypto';
import { createCrc64Nvme } from '@windlass/transfer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anHourAgo,
  codeOf,
  freshKey,
  send,
  startUploadScene,
  theOnly,
  type UploadScene,
} from '../../../../../tests/support/upload-scene.ts';

const MiB = 1024 * 1024;
const { signal } = new AbortController();
const soon = { expiresInSeconds: 300, signal };
const five = Buffer.from('bytes');
const large = Buffer.alloc(5 * MiB, 'large');

let scene: UploadScene;
let uploads: UploadScene['uploads'];
beforeAll(async () => {
  scene = await startUploadScene();
  ({ uploads } = scene);
});
afterAll(() => scene[Symbol.asyncDispose]());

const signFive = (key: string, checksum: Parameters<typeof uploads.signPut>[1]['checksum'] = null) =>
  uploads.signPut(key, { ...soon, size: five.length, contentType: 'image/jpeg', checksum });
const sha256Of = (bytes: Uint8Array) => ({
  algorithm: 'sha256' as const,
  value: createHash('sha256').update(bytes).digest('base64'),
});
const crcOf = (...bytes: Uint8Array[]): string => {
  const crc = createCrc64Nvme();
  for (const one of bytes) crc.update(one);
  return Buffer.from(crc.digest()).toString('base64');
};

/** An upload of two parts, of which the named ones have been sent. */
const beginUpload = async (key: string, sent = [large, five]) => {
  const { uploadId } = await uploads.createUpload(key, { contentType: 'image/jpeg', signal });
  const plan = sent.map(({ length }, index) => ({ number: index + 1, size: length }));
  const requests = await uploads.signParts(key, uploadId, plan, soon);
  const parts = await Promise.all(
    requests.map(async ({ number, ...request }, index) => {
      const answer = await send(request, sent[index]);
      expect(answer.status).toBe(200);
      return { number, etag: answer.etag };
    }),
  );
  return { uploadId, parts, requests };
};
const whole = { size: large.length + five.length, crc64nvme: null, signal };

describe('a signed PUT', () => {
  it('stores what it was signed for, below the prefix, and says until when', async () => {
    const key = freshKey("ä b+c%'(1)*.jpg");
    const before = Date.now();
    const request = await signFive(key);
    expect(request.headers).toEqual({
      'content-length': '5',
      'content-type': 'image/jpeg',
      'if-none-match': '*',
    });
    expect(Date.parse(request.expiresAt) - before).toBeGreaterThan(298_000);
    expect(Date.parse(request.expiresAt) - before).toBeLessThanOrEqual(301_000);
    expect((await send(request, five)).status).toBe(200);
    expect(await scene.bucket.headObject(key, { signal })).toMatchObject({
      size: 5,
      contentType: 'image/jpeg',
    });
    expect(uploads.fullKey(key)).toBe(`in/${key}`);
  });

  it('takes an empty file', async () => {
    const request = await uploads.signPut(freshKey(), {
      ...soon,
      size: 0,
      contentType: 'text/plain',
      checksum: null,
    });
    expect((await send(request, Buffer.of())).status).toBe(200);
  });

  it.each([
    ['a body of another length', { body: Buffer.from('more bytes') }],
    ['another type', { headers: { 'content-type': 'text/html', 'if-none-match': '*' } }],
    ['no type', { headers: { 'if-none-match': '*' } }],
    ['no condition', { headers: { 'content-type': 'image/jpeg' } }],
  ])(
    'refuses %s',
    async (_, { headers, body = five }: { headers?: Record<string, string>; body?: Buffer<ArrayBuffer> }) => {
      const key = freshKey();
      const request = await signFive(key);
      const answer = await send({ ...request, headers: headers ?? request.headers }, body);
      expect([answer.status, answer.code]).toEqual([403, 'SignatureDoesNotMatch']);
      expect(await codeOf(scene.bucket.headObject(key, { signal }))).toBe('notFound');
    },
  );

  it('refuses other bytes than those of the checksum, and takes those', async () => {
    for (const checksum of [sha256Of(five), { algorithm: 'crc64nvme', value: crcOf(five) } as const]) {
      const key = freshKey();
      const request = await signFive(key, checksum);
      expect(request.headers).toHaveProperty(`x-amz-checksum-${checksum.algorithm}`, checksum.value);
      expect(await send(request, Buffer.from('other'))).toMatchObject({ status: 400, code: 'BadDigest' });
      expect((await send(request, five)).status).toBe(200);
    }
    const { headers, ...request } = await signFive(freshKey(), sha256Of(five));
    const other = { ...headers, 'x-amz-checksum-sha256': sha256Of(Buffer.from('other')).value };
    expect(await send({ ...request, headers: other }, Buffer.from('other'))).toMatchObject({
      status: 403,
    });
  });

  it('never overwrites: a second PUT of a key is 412, however it was signed', async () => {
    const key = freshKey();
    const request = await signFive(key);
    expect((await send(request, five)).status).toBe(200);
    expect(await send(request, five)).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    expect((await send(await signFive(key), five)).status).toBe(412);
  });

  it('ends', async () => {
    const request = await scene.signAt(anHourAgo)({
      method: 'PUT',
      key: 'in/late.jpg',
      headers: { 'content-length': '5' },
      expiresInSeconds: 300,
    });
    expect(await send(request, five)).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('is refused for a key that no object can have, and when nobody waits for it', async () => {
    expect(await codeOf(signFive('../a.jpg'))).toBe('notFound');
    expect(await codeOf(signFive('é'.repeat(511)))).toBe('notFound');
    const aborted = { ...soon, signal: AbortSignal.abort(new Error('left')) };
    await expect(uploads.signParts('a', 'u', [{ number: 1, size: 1 }], aborted)).rejects.toThrow('left');
  });
});

describe('a signed part', () => {
  it('is one of one number and one length', async () => {
    const { requests } = await beginUpload(freshKey(), [five]);
    const request = theOnly(requests);
    expect(await send(request, Buffer.from('more bytes'))).toMatchObject({ status: 403 });
    const url = request.url.replace('partNumber=1', 'partNumber=2');
    expect(await send({ ...request, url }, five)).toMatchObject({ status: 403 });
    expect((await send(request, five)).status).toBe(200);
  });

  it('is listed with its ETag and size', async () => {
    const key = freshKey();
    const { uploadId, parts } = await beginUpload(key);
    expect(await uploads.listParts(key, uploadId, { signal })).toEqual([
      { ...parts[0], size: large.length },
      { ...parts[1], size: five.length },
    ]);
    await uploads.abortUpload(key, uploadId, { signal });
    expect(await codeOf(uploads.listParts(key, uploadId, { signal }))).toBe('uploadEnded');
  });
});

describe('completeUpload', () => {
  it('makes the object of its type, in the order of the numbers, and answers the same when asked again', async () => {
    const key = freshKey();
    const { uploadId, parts } = await beginUpload(key);
    const complete = () => uploads.completeUpload(key, uploadId, parts.toReversed(), whole);
    const made = await complete();
    expect(made).toEqual({ etag: expect.stringMatching(/^"[0-9a-f]{32}-2"$/), checksummed: false });
    expect(await scene.bucket.headObject(key, { signal })).toMatchObject({
      size: whole.size,
      contentType: 'image/jpeg',
      etag: made.etag,
    });
    expect(await complete()).toEqual(made);
  });

  it('has the bucket compare a checksum of the whole', async () => {
    const key = freshKey();
    const { uploadId, parts } = await beginUpload(key);
    const wrong = { ...whole, crc64nvme: crcOf(five) };
    expect(await codeOf(uploads.completeUpload(key, uploadId, parts, wrong))).toBe('uploadRestarted');
    const right = { ...whole, crc64nvme: crcOf(large, five) };
    expect(await uploads.completeUpload(key, uploadId, parts, right)).toMatchObject({ checksummed: true });
  });

  it('says what is missing, and goes on once it is there', async () => {
    const key = freshKey();
    const { uploadId, parts } = await beginUpload(key);
    const complete = (named: typeof parts, size = whole.size) =>
      uploads.completeUpload(key, uploadId, named, { ...whole, size });
    expect(await codeOf(complete(parts, 5))).toBe('uploadIncomplete');
    expect(await codeOf(complete([...parts, { number: 3, etag: parts[0]?.etag ?? '' }]))).toBe(
      'uploadIncomplete',
    );
    await expect(complete(parts.map(({ number }) => ({ number, etag: '"0"' })))).rejects.toMatchObject({
      code: 'uploadIncomplete',
      message: 'Part 1 is missing in the bucket, or is another than the one named.',
    });
    expect(await codeOf(complete(parts))).toBe('ok');
  });

  it('refuses parts that are too small', async () => {
    const key = freshKey();
    const { uploadId, parts } = await beginUpload(key, [five, five]);
    const complete = uploads.completeUpload(key, uploadId, parts, { ...whole, size: 10 });
    expect(await codeOf(complete)).toBe('uploadIncomplete');
  });

  it('leaves an object alone that came before it', async () => {
    const key = freshKey();
    const { uploadId, parts } = await beginUpload(key);
    await uploads.putNew(key, Buffer.from('first'), { contentType: 'text/plain', signal });
    expect(await codeOf(uploads.completeUpload(key, uploadId, parts, whole))).toBe('objectExists');
    expect((await scene.bucket.headObject(key, { signal })).size).toBe(5);
  });

  it('tells an upload that has ended from all else; to abort it again is fine', async () => {
    const key = freshKey();
    const { uploadId, parts } = await beginUpload(key, [five]);
    await uploads.abortUpload(key, uploadId, { signal });
    await uploads.abortUpload(key, uploadId, { signal });
    expect(await codeOf(uploads.completeUpload(key, uploadId, parts, whole))).toBe('uploadEnded');
  });
});

describe('listUploads', () => {
  it('pages through uploads below a prefix, whatever their names, two of one key too', async () => {
    const folder = freshKey('');
    const names = ['a b+c%.jpg', 'a b+c%.jpg', '<&>\u0001', '日本'];
    const begun = await Promise.all(
      names.map(async (name) => {
        const key = `${folder}${name}`;
        return { key, ...(await uploads.createUpload(key, { contentType: 'image/jpeg', signal })) };
      }),
    );
    const found = [];
    let cursor: string | undefined;
    do {
      const page = await uploads.listUploads({
        prefix: folder,
        limit: 1,
        signal,
        ...(cursor === undefined ? {} : { cursor }),
      });
      found.push(...page.uploads);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(found.map(({ key, uploadId }) => `${key} ${uploadId}`).toSorted()).toEqual(
      begun.map(({ key, uploadId }) => `${key} ${uploadId}`).toSorted(),
    );
    expect(found[0]?.initiatedAt).toBeInstanceOf(Date);
  });

  it.each(['%', 'eyJhIjoxfQ', Buffer.from('["a"]').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      expect(await codeOf(uploads.listUploads({ cursor, signal }))).toBe('invalidRequest');
    },
  );
});

describe('a signed GET', () => {
  it('names the file for whoever saves it, and its type', async () => {
    const key = freshKey();
    await uploads.putNew(key, five, { contentType: 'image/jpeg', signal });
    const request = await uploads.signGet(key, {
      ...soon,
      disposition: { kind: 'attachment', name: 'Straße "1".jpg' },
      contentType: 'application/octet-stream',
    });
    const answer = await send(request);
    expect(answer.bytes.toString()).toBe('bytes');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Stra_e _1_.jpg"; filename*=UTF-8''Stra%C3%9Fe%20%221%22.jpg`,
    );
  });
});

describe('putNew', () => {
  it('writes what is not there yet, and nothing else', async () => {
    const key = freshKey();
    const put = () => uploads.putNew(key, five, { contentType: 'application/json', signal });
    expect(await codeOf(put())).toBe('ok');
    expect(await codeOf(put())).toBe('objectExists');
  });
});
