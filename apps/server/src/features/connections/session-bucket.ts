import {
  bucketFailureOf,
  type Bucket,
  type BucketUploads,
  type S3Credentials,
} from '../../platform/s3/index.ts';
import type { AccessPurpose } from './session-policy.ts';

type SessionPurpose = Exclude<AccessPurpose, 'check'>;

/** One session's bucket, and how to end it. */
export interface OpenedBucket {
  bucket: Bucket;
  close(): void;
}

/**
 * A bucket behind a role: each call takes a session that may do just that. A session that S3 no longer takes, as after
 * a revocation, is replaced once and the call tried again.
 */
export const createSessionBucket = (deps: {
  resolve(purpose: SessionPurpose, signal: AbortSignal): Promise<S3Credentials>;
  /** Whether a new session may fare better. */
  renew(purpose: SessionPurpose): boolean;
  open(credentials: S3Credentials): OpenedBucket;
  closeLater(opened: OpenedBucket): void;
  /** Needs no session. */
  fullKey(key: string): string;
}): OpenedBucket => {
  const opened = new Map<SessionPurpose, OpenedBucket & { credentials: S3Credentials }>();

  const bucketFor = async (purpose: SessionPurpose, signal: AbortSignal): Promise<Bucket> => {
    const credentials = await deps.resolve(purpose, signal);
    const known = opened.get(purpose);
    if (known?.credentials === credentials) return known.bucket;
    if (known !== undefined) deps.closeLater(known);
    const fresh = { ...deps.open(credentials), credentials };
    opened.set(purpose, fresh);
    return fresh.bucket;
  };

  const call = async <T>(
    purpose: SessionPurpose,
    signal: AbortSignal,
    run: (bucket: Bucket) => Promise<T>,
  ): Promise<T> => {
    const bucket = await bucketFor(purpose, signal);
    try {
      return await run(bucket);
    } catch (error) {
      const failure = bucketFailureOf(error);
      const refused = failure?.kind === 'credentials' || failure?.kind === 'denied';
      if (!refused || !deps.renew(purpose)) throw error;
      return run(await bucketFor(purpose, signal));
    }
  };

  return {
    bucket: {
      getObject: (key, options) => call('read', options.signal, (bucket) => bucket.getObject(key, options)),
      openObject: (key, options) => call('read', options.signal, (bucket) => bucket.openObject(key, options)),
      headObject: (key, options) => call('read', options.signal, (bucket) => bucket.headObject(key, options)),
      listObjects: (options) => call('read', options.signal, (bucket) => bucket.listObjects(options)),
      putObject: (key, body, options) =>
        call('write', options.signal, (bucket) => bucket.putObject(key, body, options)),
      deleteObject: (key, options) =>
        call('delete', options.signal, (bucket) => bucket.deleteObject(key, options)),
      uploads: sessionUploads(deps.fullKey, (purpose, signal, run) =>
        call(purpose, signal, (bucket) => run(bucket.uploads)),
      ),
    },
    close: () => {
      for (const { close } of opened.values()) close();
      opened.clear();
    },
  };
};

type CallUploads = <T>(
  purpose: SessionPurpose,
  signal: AbortSignal,
  run: (uploads: BucketUploads) => Promise<T>,
) => Promise<T>;

/** What is signed ends with its session, and can do no more than the session may. */
const sessionUploads = (fullKey: (key: string) => string, call: CallUploads): BucketUploads => ({
  fullKey,
  createUpload: (key, options) =>
    call('write', options.signal, (uploads) => uploads.createUpload(key, options)),
  signPut: (key, options) => call('write', options.signal, (uploads) => uploads.signPut(key, options)),
  signParts: (key, uploadId, parts, options) =>
    call('write', options.signal, (uploads) => uploads.signParts(key, uploadId, parts, options)),
  completeUpload: (key, uploadId, parts, options) =>
    call('write', options.signal, (uploads) => uploads.completeUpload(key, uploadId, parts, options)),
  abortUpload: (key, uploadId, options) =>
    call('write', options.signal, (uploads) => uploads.abortUpload(key, uploadId, options)),
  listUploads: (options) => call('listUploads', options.signal, (uploads) => uploads.listUploads(options)),
  listParts: (key, uploadId, options) =>
    call('write', options.signal, (uploads) => uploads.listParts(key, uploadId, options)),
  signGet: (key, options) => call('read', options.signal, (uploads) => uploads.signGet(key, options)),
  putNew: (key, body, options) =>
    call('write', options.signal, (uploads) => uploads.putNew(key, body, options)),
});
