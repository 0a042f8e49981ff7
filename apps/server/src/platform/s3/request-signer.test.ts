import { GetObjectCommand, PutObjectCommand, UploadPartCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../kernel/clock.ts';
import { Secret } from '../../kernel/secret.ts';
import { createRequestSigner } from './request-signer.ts';

const now = new Date('2026-11-27T12:00:00.900Z');
const clock: Clock = { now: () => now };
const keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const base = {
  endpoint: 'https://s3.eu-central-1.amazonaws.com',
  region: 'eu-central-1',
  bucket: 'photos',
  prefix: '',
};

const clients: S3Client[] = [];
afterAll(() => {
  for (const client of clients) client.destroy();
});

/** One place, for our signer and for the SDK's. */
const bothAt = (
  addressing: 'path' | 'virtual',
  { sessionToken, endpoint = base.endpoint }: { sessionToken?: string; endpoint?: string } = {},
) => {
  const client = new S3Client({
    endpoint,
    region: base.region,
    credentials: { ...keys, ...(sessionToken === undefined ? {} : { sessionToken }) },
    forcePathStyle: addressing === 'path',
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  clients.push(client);
  const sign = createRequestSigner({
    address: { ...base, endpoint, addressing },
    credentials: {
      accessKeyId: keys.accessKeyId,
      secretAccessKey: new Secret(keys.secretAccessKey),
      sessionToken: sessionToken === undefined ? null : new Secret(sessionToken),
    },
    clock,
    clockOffsetMilliseconds: () => 0,
    sha256: client.config.sha256,
  });
  return { client, sign };
};

/** The SDK names the operation in the query, which S3 takes no notice of. */
const withoutId = <Command extends PutObjectCommand | UploadPartCommand | GetObjectCommand>(
  command: Command,
): Command => {
  // The three stacks differ in types that do not matter here.
  (command as PutObjectCommand).middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      // Smithy's HttpRequest; the SDK types it as unknown here.
      delete (request as { query: Record<string, string> }).query['x-id'];
      return next(args);
    },
    { step: 'build', name: 'withoutId' },
  );
  return command;
};

const partsOf = (url: string) => {
  const { origin, pathname, searchParams } = new URL(url);
  return { origin, pathname, query: Object.fromEntries(searchParams) };
};

const wholePut = {
  'content-length': '5',
  'content-type': 'image/jpeg',
  'if-none-match': '*',
  'x-amz-checksum-sha256': '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
};
const put = (Key: string) =>
  withoutId(
    new PutObjectCommand({
      Bucket: base.bucket,
      Key,
      ContentLength: 5,
      ContentType: 'image/jpeg',
      IfNoneMatch: '*',
      ChecksumSHA256: wholePut['x-amz-checksum-sha256'],
    }),
  );
const signedAsHeaders = {
  signingDate: now,
  signableHeaders: new Set(['content-type']),
  unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
};

/** A GET signed with a session. */
const signWith = (
  expiresAt: Date | undefined,
  { offset = 0, expiresInSeconds = 900 }: { offset?: number; expiresInSeconds?: number } = {},
) => {
  const { client } = bothAt('path');
  const sign = createRequestSigner({
    address: { ...base, addressing: 'path' },
    credentials: {
      accessKeyId: 'ASIA1',
      secretAccessKey: new Secret('s'),
      sessionToken: new Secret('t'),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    },
    clock,
    clockOffsetMilliseconds: () => offset,
    sha256: client.config.sha256,
  });
  return sign({ method: 'GET', key: 'a', expiresInSeconds });
};

describe('createRequestSigner', () => {
  it.each(['path', 'virtual'] as const)(
    'signs a PUT as the SDK does, whatever the key, by %s',
    async (addressing) => {
      const { client, sign } = bothAt(addressing);
      const segment = fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
        .filter((text) => text.isWellFormed());
      const key = fc
        .array(segment, { minLength: 1, maxLength: 3 })
        .map((segments) => segments.join('/'))
        .filter((text) => !text.split('/').some((one) => one === '.' || one === '..'));
      await fc.assert(
        fc.asyncProperty(key, async (Key) => {
          const theirs = await getSignedUrl(client, put(Key), { ...signedAsHeaders, expiresIn: 900 });
          const ours = await sign({ method: 'PUT', key: Key, headers: wholePut, expiresInSeconds: 900 });
          expect(partsOf(ours.url)).toEqual(partsOf(theirs));
        }),
        { numRuns: 40, examples: [["ä b+c%'(1)*!.jpg"], ['a//b'], ['日本/%2e%2e/?#&=;:@$,~']] },
      );
    },
  );

  it('signs a part as the SDK does, on a port of its own and with the token of a session', async () => {
    const { client, sign } = bothAt('path', { sessionToken: 'to+ken/=', endpoint: 'http://127.0.0.1:9000' });
    const command = new UploadPartCommand({
      Bucket: base.bucket,
      Key: 'a.mov',
      UploadId: 'id+/=~',
      PartNumber: 7,
      ContentLength: 8_388_608,
    });
    const theirs = await getSignedUrl(client, withoutId(command), { signingDate: now, expiresIn: 60 });
    const ours = await sign({
      method: 'PUT',
      key: 'a.mov',
      query: { partNumber: '7', uploadId: 'id+/=~' },
      headers: { 'content-length': '8388608' },
      expiresInSeconds: 60,
    });
    expect(partsOf(ours.url)).toEqual(partsOf(theirs));
    expect(partsOf(ours.url).query['X-Amz-SignedHeaders']).toBe('content-length;host');
  });

  it('signs a GET as the SDK does', async () => {
    const { client, sign } = bothAt('virtual');
    const disposition = `attachment; filename="_.jpg"; filename*=UTF-8''%C3%A5.jpg`;
    const command = new GetObjectCommand({
      Bucket: base.bucket,
      Key: 'å.jpg',
      ResponseContentDisposition: disposition,
    });
    const theirs = await getSignedUrl(client, withoutId(command), { signingDate: now, expiresIn: 60 });
    const ours = await sign({
      method: 'GET',
      key: 'å.jpg',
      query: { 'response-content-disposition': disposition },
      expiresInSeconds: 60,
    });
    expect(partsOf(ours.url)).toEqual(partsOf(theirs));
  });

  it.each([
    [undefined, 900, 900],
    [undefined, 10_000_000, 604_800],
    [new Date('2026-11-27T12:10:00Z'), 900, 599],
    [new Date('2026-11-27T12:10:00Z'), 60, 60],
    [new Date('2026-11-27T11:00:00Z'), 60, 1],
  ])('ends with the session of %s, asked for %d s, after %d s', async (sessionEnd, wanted, seconds) => {
    const { url, expiresAt } = await signWith(sessionEnd, { expiresInSeconds: wanted });
    expect(partsOf(url).query['X-Amz-Expires']).toBe(String(seconds));
    expect(expiresAt).toBe(new Date(Date.parse('2026-11-27T12:00:00Z') + seconds * 1000).toISOString());
  });

  it('signs by the clock of the bucket, and says by ours when it ends', async () => {
    const { url, expiresAt } = await signWith(undefined, { offset: 3_600_000 });
    expect(partsOf(url).query['X-Amz-Date']).toBe('20261127T130000Z');
    expect(expiresAt).toBe('2026-11-27T12:15:00.000Z');
  });

  it('keeps the secret to itself', async () => {
    const { sign } = bothAt('path');
    const request = await sign({ method: 'GET', key: 'a', expiresInSeconds: 60 });
    expect(JSON.stringify(request)).not.toContain(keys.secretAccessKey.slice(0, 12));
  });
});
