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
