import type { SignedRequest } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { failureToAppError, type Bucket, type S3Credentials } from '../../platform/s3/index.ts';
import { createSessionBucket } from './session-bucket.ts';
import type { AccessPurpose } from './session-policy.ts';

const { signal } = new AbortController();
const refused = failureToAppError({
  kind: 'credentials',
  cause: 'The temporary credentials have expired.',
  next: '',
  code: 'ExpiredToken',
  httpStatus: 400,
  message: null,
  requestId: null,
  region: null,
});

const signed: SignedRequest = { method: 'PUT', url: 'https://photos.test/', headers: {}, expiresAt: '' };

/** A bucket whose answers depend on the session that asks. */
const createScene = ({ revoked = [] as string[], renewable = true } = {}) => {
  const calls: string[] = [];
  const closed: string[] = [];
  let made = 0;
  const sessions = new Map<string, S3Credentials>();
  const bucketOf = ({ accessKeyId }: S3Credentials): Bucket => {
    const call = async <T>(name: string, answer: T): Promise<T> => {
      calls.push(`${name} by ${accessKeyId}`);
      if (revoked.includes(accessKeyId)) throw refused;
      return answer;
    };
    return {
      getObject: () => call('get', null),
      openObject: () => call('open', null),
      headObject: () => call('head', { size: 0, contentType: null, etag: null, lastModified: null }),
      listObjects: () => call('list', { objects: [], next: null }),
      putObject: () => call('put', undefined),
      deleteObject: () => call('delete', undefined),
      uploads: {
        fullKey: (key) => expect.fail(`needs no session: ${key}`),
        createUpload: () => call('create', { uploadId: 'u' }),
        signPut: () => call('sign put', signed),
        signParts: () => call('sign parts', []),
        completeUpload: () => call('complete', { etag: null, checksummed: false }),
        abortUpload: () => call('abort', undefined),
        listUploads: () => call('list uploads', { uploads: [], next: null }),
        listParts: () => call('list parts', []),
        signGet: () => call('sign get', signed),
        putNew: () => call('put new', undefined),
      },
    };
  };
  const { bucket } = createSessionBucket({
    resolve: async (purpose: AccessPurpose) => {
      const known = sessions.get(purpose);
      if (known !== undefined) return known;
      const session: S3Credentials = {
        accessKeyId: `${purpose}${(made += 1)}`,
        secretAccessKey: new Secret('s'),
        sessionToken: new Secret('t'),
      };
      sessions.set(purpose, session);
      return session;
    },
    renew: (purpose) => renewable && sessions.delete(purpose),
    open: (credentials) => ({
      bucket: bucketOf(credentials),
      close: () => void closed.push(credentials.accessKeyId),
    }),
    closeLater: ({ close }) => close(),
    fullKey: (key) => `team/${key}`,
  });
  return { bucket, calls, closed };
};

describe('a bucket behind a role', () => {
  it('signs each call with a session that may do just that', async () => {
    const { bucket, calls } = createScene();
    await bucket.getObject('a', { signal, maxBytes: 1 });
    await bucket.headObject('a', { signal });
    await bucket.listObjects({ signal });
    await bucket.putObject('a', Buffer.of(), { signal });
    await bucket.deleteObject('a', { signal });
    expect(calls).toEqual([
      'get by read1',
      'head by read1',
      'list by read1',
      'put by write2',
      'delete by delete3',
    ]);
  });

  it('lets an upload be written and given up by one session, and the list of uploads be read by another', async () => {
    const { bucket, calls } = createScene();
    const { uploads } = bucket;
    const sending = { expiresInSeconds: 60, signal };
    expect(uploads.fullKey('a')).toBe('team/a');
    await uploads.createUpload('a', { contentType: 'image/jpeg', signal });
    await uploads.signPut('a', { ...sending, size: 1, contentType: 'image/jpeg', checksum: null });
    await uploads.signParts('a', 'u', [], sending);
    await uploads.completeUpload('a', 'u', [], { size: 0, crc64nvme: null, signal });
    await uploads.abortUpload('a', 'u', { signal });
    await uploads.listParts('a', 'u', { signal });
    await uploads.putNew('a', Buffer.of(), { contentType: 'application/json', signal });
    await uploads.signGet('a', { ...sending, disposition: { kind: 'inline', name: 'a' } });
    await uploads.listUploads({ signal });
    expect(calls).toEqual([
      'create by write1',
      'sign put by write1',
      'sign parts by write1',
      'complete by write1',
      'abort by write1',
      'list parts by write1',
      'put new by write1',
      'sign get by read2',
      'list uploads by listUploads3',
    ]);
  });

  it('replaces a session that S3 refuses once, and closes the one before', async () => {
    const { bucket, calls, closed } = createScene({ revoked: ['write1'] });
    await bucket.putObject('a', Buffer.of(), { signal });
    expect(calls).toEqual(['put by write1', 'put by write2']);
    expect(closed).toEqual(['write1']);
  });

  it('tries no third time', async () => {
    const { bucket, calls } = createScene({ revoked: ['read1', 'read2', 'read3'] });
    await expect(bucket.listObjects({ signal })).rejects.toBe(refused);
    expect(calls).toHaveLength(2);
  });

  it('leaves a refusal alone where a new session would be refused too', async () => {
    const { bucket, calls } = createScene({ revoked: ['read1'], renewable: false });
    await expect(bucket.listObjects({ signal })).rejects.toBe(refused);
    expect(calls).toHaveLength(1);
  });
});
