import type { BucketProbe, ProbeOutcome } from '../../platform/s3/index.ts';
import { failed, ok, skipped, type Finding } from './check-rows.ts';

/** Below the prefix and always the same: a check never fills a bucket, and a prefix in a policy covers it. */
export const probeKey = (prefix: string): string => `${prefix}.windlass-probe`;

/** Tries to write, read and delete, in this order. Only what it wrote itself is deleted. */
export const probeRights = async (
  probe: BucketProbe,
  { prefix, firstKey }: { prefix: string; firstKey: string | null },
  signal: AbortSignal,
): Promise<{ put: Finding; get: Finding; delete: Finding }> => {
  const key = probeKey(prefix);
  const { put, got } = await writeAndRead(probe, key, firstKey, signal);
  return {
    put: put.ok ? ok('An object can be written.', put.durationMilliseconds) : failed(put),
    get: describeRead(got, !put.ok && (firstKey === null || firstKey === key)),
    delete: put.ok
      ? describeDelete(await probe.delete(key, signal), key)
      : skipped('Nothing was written, so there is nothing to delete.'),
  };
};

const writeAndRead = async (
  probe: BucketProbe,
  key: string,
  firstKey: string | null,
  signal: AbortSignal,
): Promise<{ put: ProbeOutcome<null>; got: ProbeOutcome<null> }> => {
  const put = await probe.put(key, signal);
  const got = await probe.get(put.ok ? key : (firstKey ?? key), signal);
  const vanished = put.ok && !got.ok && got.failure.kind === 'objectMissing';
  // Another check of the same bucket may have deleted the key between our write and our read.
  return vanished ? { put: await probe.put(key, signal), got: await probe.get(key, signal) } : { put, got };
};

const describeRead = (got: ProbeOutcome<null>, nothingThere: boolean): Finding => {
  if (got.ok) return ok('An object can be read.', got.durationMilliseconds);
  const { kind, httpStatus, code } = got.failure;
  // An empty object has no first byte, and an archived one none at hand: neither is about rights.
  if (httpStatus === 416 || code === 'InvalidObjectState') {
    return ok('An object can be read.', got.durationMilliseconds);
  }
  if (!nothingThere) return failed(got);
  if (kind === 'objectMissing') {
    return ok('Reading is allowed; there is no object to read yet.', got.durationMilliseconds);
  }
  // S3 hides from whoever may not list that a key does not exist.
  if (kind !== 'denied') return failed(got);
  return failed(got, {
    cause:
      'Reading was refused: s3:GetObject is missing, or s3:ListBucket is and there is no object to read yet.',
    next: 'Grant s3:GetObject below the prefix; then put one object there, or grant s3:ListBucket too, and check again.',
  });
};

const describeDelete = (gone: ProbeOutcome<{ markerLeft: boolean }>, key: string): Finding => {
  if (!gone.ok) {
    return failed(gone, {
      cause: `${gone.failure.cause} The small object ${key} stays in the bucket.`,
      next: gone.failure.next,
    });
  }
  return ok(
    gone.found.markerLeft
      ? 'An object can be deleted; as the bucket keeps versions, a delete marker stays.'
      : 'An object can be deleted.',
    gone.durationMilliseconds,
  );
};
