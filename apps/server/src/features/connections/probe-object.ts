import type { BucketProbe, ProbeOutcome } from '../../platform/s3/index.ts';
import { can, cannot, factsOf, notKnown, readRight, type Finding } from './check-findings.ts';
import { describeEncryption, keyTrouble } from './probe-uploads.ts';

export interface ObjectFindings {
  put: Finding | null;
  get: Finding | null;
  overwrite: Finding;
  delete: Finding;
  encryption: Finding | null;
}

/**
 * Writes the probe key, reads it, writes it again where it must be refused, and deletes it with all versions that this
 * made. `plan-write.ts` says when this may run.
 */
export const probeObject = async (probe: BucketProbe, key: string): Promise<ObjectFindings> => {
  const first = await probe.put(key, { ifAbsent: true });
  const taken = !first.ok && first.failure.kind === 'condition';
  const noConditions = !first.ok && first.failure.kind === 'unsupported';
  const written = noConditions ? await probe.put(key, { ifAbsent: false }) : first;
  if (!written.ok && !taken) {
    const kms = keyTrouble(written.failure);
    return {
      put: kms === null ? cannot(factsOf(written)) : null,
      get: null,
      overwrite: notKnown('Not tried: nothing could be written.'),
      delete: notKnown('Not tried: nothing could be written, so there was nothing to delete.'),
      encryption: kms,
    };
  }
  const got = await probe.get(key);
  // Not where another check of the same bucket had it there already, or the server just said that it knows no conditions.
  const again = taken || noConditions ? [] : await overwrite(probe, key);
  const gone = await probe.delete(key);
  const left = await clearVersions(probe, key, [first, written, ...again], gone);
  return {
    put: null,
    // Gone again by another check: the answer is about the right all the same.
    get: readRight(got, { codes: ['NoSuchKey'], statuses: [404] }),
    overwrite: describeOverwrite(again.at(-1) ?? first),
    delete: describeDelete(gone, key, left),
    encryption: written.ok ? describeEncryption(written.found.encryption) : null,
  };
};

type Written = Awaited<ReturnType<BucketProbe['put']>>;
type Gone = Awaited<ReturnType<BucketProbe['delete']>>;

/** Tried twice: another check may delete the key in between, and only a server that twice overwrites ignores the condition. */
const overwrite = async (probe: BucketProbe, key: string): Promise<Written[]> => {
  const second = await probe.put(key, { ifAbsent: true });
  return second.ok ? [second, await probe.put(key, { ifAbsent: true })] : [second];
};

/** Deletes the versions and the marker that the trial made. @returns how many stay */
const clearVersions = async (
  probe: BucketProbe,
  key: string,
  writes: readonly Written[],
  gone: Gone,
): Promise<number> => {
  const made = writes.map((write) => (write.ok ? write.found.versionId : null));
  const marker = gone.ok ? gone.found.markerVersionId : null;
  const versions = new Set([...made, marker].filter((id) => id !== null && id !== 'null'));
  const cleared = await Promise.all([...versions].map((id) => probe.deleteVersion(key, id ?? '')));
  return cleared.filter(({ ok }) => !ok).length;
};

const describeOverwrite = (outcome: ProbeOutcome<unknown>): Finding => {
  if (outcome.ok)
    return cannot({
      ...factsOf(outcome),
      cause: 'The server ignores If-None-Match: an upload could replace what is there already.',
      next: 'Give every upload a name of its own, or keep versions.',
    });
  const { kind, cause, next } = outcome.failure;
  if (kind === 'condition')
    return can({
      durationMilliseconds: outcome.durationMilliseconds,
      cause: 'A second write of the same key with If-None-Match was refused, as it should be.',
    });
  if (kind === 'unsupported')
    return cannot({
      ...factsOf(outcome),
      cause: 'The server does not offer If-None-Match: an upload could replace what is there already.',
      next: 'Give every upload a name of its own, or keep versions.',
    });
  return notKnown(cause, { ...factsOf(outcome), next });
};

const describeDelete = (gone: Gone, key: string, left: number): Finding => {
  if (!gone.ok) {
    const found = readRight(gone);
    return { ...found, cause: `${gone.failure.cause} The small object ${key} stays in the bucket.` };
  }
  if (left === 0) return can({ durationMilliseconds: gone.durationMilliseconds });
  return can({
    durationMilliseconds: gone.durationMilliseconds,
    cause: `An object can be deleted. The bucket keeps versions, though, and ${left} of ${key} stay: only s3:DeleteObjectVersion could delete them.`,
    next: 'Allow s3:GetBucketVersioning: the next check then knows this before, and writes nothing.',
  });
};
