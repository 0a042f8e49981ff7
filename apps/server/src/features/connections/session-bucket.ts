import { bucketFailureOf, type Bucket, type S3Credentials } from '../../platform/s3/index.ts';
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
    },
    close: () => {
      for (const { close } of opened.values()) close();
      opened.clear();
    },
  };
};
