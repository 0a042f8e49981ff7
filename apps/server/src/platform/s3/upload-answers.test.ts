import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProviderId } from '@windlass/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLoopbackServer, type LoopbackServer } from '../../../../../tests/support/loopback-server.ts';
import { codeOf, openUploadScene, type UploadScene } from '../../../../../tests/support/upload-scene.ts';

/** Answers that no server here gives on demand. */
let answer: (response: ServerResponse, request: IncomingMessage) => void;
let requests: IncomingMessage[] = [];
let server: LoopbackServer;
let scene: UploadScene;
const scenes = new AsyncDisposableStack();
const { signal } = new AbortController();

const sceneAt = (provider: ProviderId, maxAttempts = 1): UploadScene =>
  scenes.use(
    openUploadScene({
      provider,
      endpoint: server.url,
      region: 'us-east-1',
      bucket: 'photos',
      keys: { accessKeyId: 'AKIA1', secretAccessKey: 'secret' },
      maxAttempts,
    }),
  );

beforeAll(async () => {
  server = scenes.use(
    await startLoopbackServer((request, response) => {
      requests.push(request);
      request.resume().on('end', () => answer(response, request));
    }),
  );
  scene = sceneAt('aws');
});
afterAll(() => scenes.disposeAsync());
beforeEach(() => {
  requests = [];
});

const error = (code: string): string => `<Error><Code>${code}</Code><Message>words</Message></Error>`;
const xml = '<?xml version="1.0" encoding="UTF-8"?>\n';
const answerWith = (status: number, body: string): void => {
  answer = (response) => response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
};
const complete = (at = scene, crc64nvme: string | null = null) =>
  at.uploads.completeUpload('a', 'u', [{ number: 1, etag: '"e"' }], { size: 5, crc64nvme, signal });

const result = (inside: string): string =>
  `<CompleteMultipartUploadResult><Bucket>photos</Bucket><Key>in/a</Key>${inside}</CompleteMultipartUploadResult>`;
const put = () => scene.uploads.putNew('a', Buffer.from('x'), { contentType: 'text/plain', signal });
const part = (number: number): string =>
  `<Part><PartNumber>${number}</PartNumber><ETag>e${number}</ETag><Size>5</Size></Part>`;
const page = (isTruncated: boolean, inside: string): string =>
  `${xml}<ListPartsResult><IsTruncated>${isTruncated}</IsTruncated>${inside}</ListPartsResult>`;

describe('completeUpload', () => {
  it.each([
    [200, xml + error('InternalError'), 'originFailed'],
    [200, `${xml}\n   \n${error('InternalError')}`, 'originFailed'],
    // The SDK looks for the error at the very end of the answer.
    [200, `${xml}${error('InternalError')}\n`, 'originFailed'],
    [200, `${xml}${error('PreconditionFailed')}`, 'objectExists'],
    [200, '', 'originFailed'],
    [200, '<html><body>Welcome</body></html>', 'originFailed'],
    [412, error('PreconditionFailed'), 'objectExists'],
    [409, error('ConditionalRequestConflict'), 'uploadRestarted'],
    [404, error('NoSuchUpload'), 'uploadEnded'],
    [404, error('NoSuchBucket'), 'originFailed'],
    [400, error('InvalidPartOrder'), 'uploadIncomplete'],
    [400, error('InvalidRequest'), 'originFailed'],
    [403, error('AccessDenied'), 'originFailed'],
    [503, error('SlowDown'), 'originFailed'],
    // Names of properties that every object has.
    [400, error('constructor'), 'originFailed'],
  ])('%d with %j is %s', async (status, body, code) => {
    answerWith(status, body);
    expect(await codeOf(complete())).toBe(code);
  });

  it.each([
    [412, 'PreconditionFailed'],
    [404, 'NoSuchUpload'],
  ])(
    'does not take %d %s for its own doing or another’s when its first try was lost',
    async (status, code) => {
      answer = (response) =>
        requests.length === 1 ? response.destroy() : response.writeHead(status).end(error(code));
      const patient = sceneAt('aws', 2);
      expect(await codeOf(complete(patient))).toBe('originTimeout');
      expect(requests).toHaveLength(2);
      expect(await codeOf(complete(patient))).not.toBe('originTimeout');
    },
  );

  it('waits for a document that comes after white space, and takes one without an ETag', async () => {
    answer = (response) => {
      response.writeHead(200).write(xml);
      setTimeout(() => response.write('   \n'), 20);
      setTimeout(() => response.end(result('<ETag>&quot;e-1&quot;</ETag>')), 40);
    };
    expect(await complete()).toEqual({ etag: '"e-1"', checksummed: false });
    answerWith(200, xml + result('<ETag></ETag>'));
    expect(await complete()).toEqual({ etag: null, checksummed: false });
  });

  it('sends what the provider knows, and believes in a checksum only that the bucket computed too', async () => {
    const crc = 'AAAAAAAAAAA=';
    answerWith(200, xml + result(`<ETag>e</ETag><ChecksumCRC64NVME>${crc}</ChecksumCRC64NVME>`));
    expect(await complete(scene, crc)).toMatchObject({ checksummed: true });
    expect(await complete(scene, 'AAAAAAAAAAE=')).toMatchObject({ checksummed: false });
    await complete(sceneAt('b2'), crc);
    await complete(sceneAt('spaces'), crc);
    const sent = requests.map(({ headers }) => [
      headers['if-none-match'],
      headers['x-amz-mp-object-size'],
      headers['x-amz-checksum-crc64nvme'],
      headers['x-amz-checksum-type'],
    ]);
    expect([sent[0], sent[2], sent[3]]).toEqual([
      ['*', '5', crc, 'FULL_OBJECT'],
      [undefined, undefined, undefined, undefined],
      ['*', '5', undefined, undefined],
    ]);
  });
});

describe('createUpload', () => {
  it('is a failure without an upload id', async () => {
    answerWith(200, '<html/>');
    const begun = scene.uploads.createUpload('a', { contentType: 'image/jpeg', signal });
    await expect(begun).rejects.toMatchObject({
      code: 'originFailed',
      message: expect.stringContaining('S3'),
    });
  });
});

describe('putNew', () => {
  it('sends again what another write came between, and gives up at the third', async () => {
    answer = (response) =>
      requests.length < 3
        ? response.writeHead(409).end(error('ConditionalRequestConflict'))
        : response.writeHead(200).end();
    expect(await codeOf(put())).toBe('ok');
    answerWith(409, error('ConditionalRequestConflict'));
    expect(await codeOf(put())).toBe('uploadRestarted');
    expect(requests).toHaveLength(6);
  });
});

describe('abortUpload', () => {
  it('takes an upload that is gone for success, and no other failure', async () => {
    answerWith(404, error('NoSuchUpload'));
    expect(await codeOf(scene.uploads.abortUpload('a', 'u', { signal }))).toBe('ok');
    answerWith(403, error('AccessDenied'));
    expect(await codeOf(scene.uploads.abortUpload('a', 'u', { signal }))).toBe('originFailed');
  });
});

describe('listParts', () => {
  it('reads every page, and ends at one that has nothing', async () => {
    answer = (response, { url = '' }) =>
      response.end(
        url.includes('part-number-marker=2') ? page(false, part(7)) : page(true, part(1) + part(2)),
      );
    const parts = await scene.uploads.listParts('a', 'u', { signal });
    expect(parts.map(({ number }) => number)).toEqual([1, 2, 7]);
    answerWith(200, page(true, ''));
    expect(await scene.uploads.listParts('a', 'u', { signal })).toEqual([]);
  });
});

describe('a bucket whose clock is ahead', () => {
  it('is signed for by its own time, once a call has told of it', async () => {
    const ahead = sceneAt('aws');
    const signedAt = async (): Promise<number> => {
      const [request] = await ahead.uploads.signParts('a', 'u', [{ number: 1, size: 1 }], {
        expiresInSeconds: 60,
        signal,
      });
      const stamp = new URL(request?.url ?? '').searchParams.get('X-Amz-Date') ?? '';
      return Date.parse(stamp.replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'));
    };
    expect(Math.abs((await signedAt()) - Date.now())).toBeLessThan(5000);
    const theirs = new Date(Date.now() + 3_600_000);
    answer = (response) =>
      response
        .writeHead(200, { date: theirs.toUTCString() })
        .end(`${xml}<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>`);
    await ahead.uploads.createUpload('a', { contentType: 'image/jpeg', signal });
    expect(Math.abs((await signedAt()) - theirs.getTime())).toBeLessThan(5000);
  });
});
