import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCeph } from '../support/ceph/start-ceph.ts';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { lacks } from '../support/test-skip.ts';
import { describeLeftBehind, type BucketToClear } from './left-behind.ts';
import {
  anHourAgo,
  codeOf,
  freshKey,
  openUploadScene,
  send,
  theOnly,
  type UploadScene,
} from '../support/upload-scene.ts';

const MiB = 1024 * 1024;
const { signal } = new AbortController();
const soon = { expiresInSeconds: 300, signal };
const five = Buffer.from('bytes');
const large = Buffer.alloc(5 * MiB, 'large');
const whole = { size: large.length + five.length, crc64nvme: null, signal };

// What `upload-profile.ts` says of Ceph, on release 16.2. Where it departs from S3, the name of the test says so.
describe.skipIf(lacks('ceph'))('uploads straight into Ceph', () => {
  const stack = new AsyncDisposableStack();
  let scene: UploadScene;
  let uploads: UploadScene['uploads'];
  let place: BucketToClear;

  beforeAll(async () => {
    const ceph = stack.use(await startCeph());
    const { endpoint, region } = ceph;
    const keys = await ceph.createUser('uploads');
    const owner = new S3Client({ endpoint, region, credentials: keys, forcePathStyle: true });
    await owner.send(new CreateBucketCommand({ Bucket: 'photos' }));
    owner.destroy();
    place = { provider: 'ceph', endpoint, region, bucket: 'photos', keys };
    scene = stack.use(openUploadScene(place));
    ({ uploads } = scene);
  });
  afterAll(() => stack.disposeAsync());

  const signFive = (key: string) =>
    uploads.signPut(key, { ...soon, size: five.length, contentType: 'image/jpeg', checksum: null });

  const beginUpload = async (key: string) => {
    const { uploadId } = await uploads.createUpload(key, { contentType: 'image/jpeg', signal });
    const plan = [
      { number: 1, size: large.length },
      { number: 2, size: five.length },
    ];
    const requests = await uploads.signParts(key, uploadId, plan, soon);
    const bodies = [large, five];
    const parts = await Promise.all(
      requests.map(async ({ number, ...request }, index) => ({
        number,
        etag: (await send(request, bodies[index])).etag,
      })),
    );
    return { uploadId, parts, requests };
  };

  it('takes a PUT as it was signed, once, and refuses another length, another type and a late one', async () => {
    const key = freshKey("ä b+c%'(1)*!.jpg");
    const request = await signFive(key);
    expect(await send(request, Buffer.from('more bytes'))).toMatchObject({ status: 403 });
    const headers = { ...request.headers, 'content-type': 'text/html' };
    expect(await send({ ...request, headers }, five)).toMatchObject({ status: 403 });
    expect((await send(request, five)).status).toBe(200);
    expect(await send(request, five)).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    expect(await scene.bucket.headObject(key, { signal })).toMatchObject({
      size: 5,
      contentType: 'image/jpeg',
    });
    const late = await scene.signAt(anHourAgo)({ method: 'GET', key: `in/${key}`, expiresInSeconds: 60 });
    expect(await send(late)).toMatchObject({ status: 403 });
  });

  it('takes no ACL but the one that was signed, so that no sender makes an object public', async () => {
    const { headers, ...request } = await signFive(freshKey());
    const { 'x-amz-acl': signed, ...others } = headers;
    expect(signed).toBe('private');
    for (const acl of [{ 'x-amz-acl': 'public-read' }, {}, { ...headers, 'x-amz-grant-read': 'id="*"' }]) {
      const { status } = await send({ ...request, headers: { ...others, ...acl } }, five);
      expect([400, 403]).toContain(status);
    }
    expect((await send({ ...request, headers }, five)).status).toBe(200);
  });

  it('copies no other object into one that is uploaded, whole or in parts, whatever its sender adds', async () => {
    const victim = freshKey();
    await uploads.putNew(victim, Buffer.from('VICTM'), { contentType: 'image/jpeg', signal });
    const copy = { 'x-amz-copy-source': `/photos/in/${victim}` };
    // Without the header that prevents it, it does.
    const open = freshKey();
    const headers = { 'content-length': String(five.length) };
    const bare = await scene.signAt(systemClock)({
      method: 'PUT',
      key: `in/${open}`,
      headers,
      expiresInSeconds: 60,
    });
    expect((await send({ ...bare, headers: { ...bare.headers, ...copy } }, five)).status).toBe(200);
    const stolen = await send(
      await uploads.signGet(open, { ...soon, disposition: { kind: 'attachment', name: 'a' } }),
    );
    expect(stolen.bytes.toString()).toBe('VICTM');

    const key = freshKey();
    const put = await signFive(key);
    const { 'x-amz-copy-source-range': none, ...others } = put.headers;
    expect(none).toBe('none');
    for (const added of [
      { ...put.headers, ...copy },
      { ...others, ...copy },
    ]) {
      const { status } = await send({ ...put, headers: added }, five);
      expect([400, 403]).toContain(status);
    }
    expect(await codeOf(scene.bucket.headObject(key, { signal }))).toBe('notFound');
    expect((await send(put, five)).status).toBe(200);
  });

  it('makes an object of parts of their lengths, and lists them', async () => {
    const key = freshKey();
    const { uploadId, parts, requests } = await beginUpload(key);
    const last = theOnly(requests.slice(1));
    expect(await send(last, Buffer.from('more bytes'))).toMatchObject({ status: 403 });
    const url = last.url.replace('partNumber=2', 'partNumber=3');
    expect(await send({ ...last, url }, five)).toMatchObject({ status: 403 });
    expect(await uploads.listParts(key, uploadId, { signal })).toMatchObject([
      { number: 1, size: large.length },
      { number: 2, size: five.length },
    ]);
    const made = await uploads.completeUpload(key, uploadId, parts, whole);
    expect(made).toEqual({ etag: null, checksummed: false });
    expect(await scene.bucket.headObject(key, { signal })).toMatchObject({
      size: whole.size,
      contentType: 'image/jpeg',
    });
  });

  it('says what is missing, and knows no upload that was aborted', async () => {
    const key = freshKey();
    const { uploadId, parts } = await beginUpload(key);
    const wrong = parts.map(({ number }) => ({ number, etag: `"${'0'.repeat(32)}"` }));
    expect(await codeOf(uploads.completeUpload(key, uploadId, wrong, whole))).toBe('uploadIncomplete');
    const beyond = [...parts, { number: 3, etag: parts[0]?.etag ?? '' }];
    expect(await codeOf(uploads.completeUpload(key, uploadId, beyond, whole))).toBe('uploadIncomplete');
    await uploads.abortUpload(key, uploadId, { signal });
    await uploads.abortUpload(key, uploadId, { signal });
    expect(await codeOf(uploads.completeUpload(key, uploadId, parts, whole))).toBe('uploadEnded');
    expect(await codeOf(uploads.listParts(key, uploadId, { signal }))).toBe('uploadEnded');
  });

  it('puts parts together over an object, whatever is asked: look before', async () => {
    const key = freshKey();
    const { uploadId, parts } = await beginUpload(key);
    await uploads.putNew(key, five, { contentType: 'text/plain', signal });
    expect(await codeOf(uploads.putNew(key, five, { contentType: 'text/plain', signal }))).toBe(
      'objectExists',
    );
    expect(await codeOf(uploads.completeUpload(key, uploadId, parts, whole))).toBe('ok');
    expect((await scene.bucket.headObject(key, { signal })).size).toBe(whole.size);
  });

  it('pages through uploads, and names a file that is fetched', async () => {
    const folder = freshKey('');
    for (const name of ['a b+c%.jpg', '<&>.jpg', '日本'])
      await uploads.createUpload(folder + name, { contentType: 'image/jpeg', signal });
    const first = await uploads.listUploads({ prefix: folder, limit: 2, signal });
    const rest = await uploads.listUploads({ prefix: folder, signal, cursor: first.next ?? '' });
    expect([...first.uploads, ...rest.uploads].map(({ key }) => key.slice(folder.length))).toEqual([
      '<&>.jpg',
      'a b+c%.jpg',
      '日本',
    ]);
    expect(rest.next).toBeNull();
    await uploads.putNew(`${folder}å.jpg`, five, { contentType: 'image/jpeg', signal });
    const disposition = { kind: 'attachment', name: 'å.jpg' } as const;
    const got = await send(await uploads.signGet(`${folder}å.jpg`, { ...soon, disposition }));
    expect(got.headers.get('content-disposition')).toBe(
      `attachment; filename="_.jpg"; filename*=UTF-8''%C3%A5.jpg`,
    );
  });

  describeLeftBehind(() => place);
});
