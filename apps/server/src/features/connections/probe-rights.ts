import { noVersionId, type BucketProbe, type ProbeOutcome } from '../../platform/s3/index.ts';
import type { Job } from '@windlass/contract';
import { can, cannot, notKnown, readRight, type Finding, type Findings } from './check-findings.ts';
import { needOf } from './needs.ts';
import { refuseWrite, type WriteRefusal } from './plan-write.ts';
import { outsideKey, probeKey } from './probe-keys.ts';
import { probeObject } from './probe-object.ts';
import { probeUpload } from './probe-uploads.ts';
import type { ServerTraits } from './server-traits.ts';

/** Answers about a thing that is not there: the right was looked at first, and is there. */
const proofs = {
  object: { codes: ['NoSuchKey'], statuses: [404] },
  upload: { codes: ['NoSuchUpload'], statuses: [404] },
  version: { codes: ['NoSuchVersion', 'NoSuchKey'], statuses: [404] },
  conditional: { codes: ['NoSuchKey', 'PreconditionFailed'], statuses: [404, 412] },
  configuration: { statuses: [404] },
} as const;

export interface RightsScope {
  prefix: string;
  jobs: readonly Job[];
  traits: ServerTraits;
  /** The first key below the prefix; null where there is none, or they may not be listed. */
  firstKey: string | null;
}

/**
 * Tries every right on the bucket: first, side by side, by calls that cannot leave anything; then, as far as those
 * prove that it is safe, by an upload that is given up and an object that is deleted.
 */
export const probeRights = async (probe: BucketProbe, scope: RightsScope): Promise<Findings> => {
  const { prefix, jobs, traits } = scope;
  const key = probeKey(prefix);
  const [part, abort, got, versioning, deleted, version, fences, others] = await Promise.all([
    probe.putPartOfNothing(key),
    probe.abortNothing(key),
    probe.get(scope.firstKey ?? key),
    probe.versioning(),
    traits.conditionalDelete ? probe.deleteIfThere(key) : null,
    traits.neverVersioned ? null : probe.deleteVersion(key, noVersionId),
    prefix === '' ? noFences : probeFences(probe, prefix, traits),
    probeOthers(probe, traits),
  ]);
  const put = readRight(part, proofs.upload);
  const mayAbort = readRight(abort, proofs.upload);
  const mayDelete = deleted === null ? null : readRight(deleted, proofs.conditional);
  const mayDeleteVersion = version === null ? null : readRight(version, proofs.version);
  const get = describeRead(got, { ...scope, listsAnything: fences.listOutside?.can === 'yes' });

  // An answer about the part that says nothing is settled by the start of an upload.
  const uploaded = put.can !== 'no' && mayAbort.can === 'yes' ? await probeUpload(probe, key) : null;
  const refusal = refuseWrite({
    put: uploaded?.put?.can ?? put.can,
    delete: mayDelete?.can ?? 'unknown',
    deleteVersion: mayDeleteVersion?.can ?? 'no',
    versioned: traits.neverVersioned ? false : isVersioned(versioning, got),
    needsDelete: needOf('delete', jobs) === 'yes',
    owner: [others.readPolicy, others.readAcl, others.readLifecycle].every((row) => row?.can === 'yes'),
  });
  const written = refusal === null ? await probeObject(probe, key) : null;

  return {
    ...fences,
    ...others,
    get: written?.get ?? get,
    put: written?.put ?? uploaded?.put ?? put,
    multipart: uploaded?.multipart ?? describeNoUpload(put, mayAbort),
    overwrite: written?.overwrite ?? notKnown('Only a write could tell, and none was made.'),
    encryption:
      written?.encryption ??
      uploaded?.encryption ??
      notKnown('Only a write or the start of an upload could tell, and neither was made.'),
    delete: written?.delete ?? mayDelete ?? describeUntriedDelete(refusal, put, mayDeleteVersion, traits),
  };
};

/** Nothing is outside a whole bucket. */
const noFences: Findings = {};

/** Must-fail rows: a key outside the prefix is asked for and written to, as far as that leaves nothing. */
const probeFences = async (probe: BucketProbe, prefix: string, traits: ServerTraits): Promise<Findings> => {
  const outside = outsideKey(prefix);
  const [listed, part] = await Promise.all([probe.list(''), probe.putPartOfNothing(outside)]);
  const first = listed.ok ? listed.found.firstKey : null;
  const seen = first === null || first.startsWith(prefix) ? null : first;
  const got = await probe.get(seen ?? outside);
  return {
    listOutside: readRight(listed),
    getOutside:
      seen === null && traits.missingBeforeRead && isMissing(got)
        ? notKnown('There is no object outside the prefix that could be tried.')
        : readRight(got, proofs.object),
    putOutside: readRight(part, proofs.upload),
  };
};

/** What no job needs, and what helps. Only reads: a write of an administrator is never tried. */
const probeOthers = async (probe: BucketProbe, traits: ServerTraits): Promise<Findings> => {
  const [location, buckets, policy, acl, lifecycle] = await Promise.all([
    probe.location(),
    probe.listBuckets(),
    probe.policy(),
    probe.acl(),
    probe.lifecycle(),
  ]);
  const listBuckets = readRight(buckets);
  return {
    location: readRight(location),
    listBuckets:
      listBuckets.can === 'yes' && traits.listBucketsForAll
        ? {
            ...listBuckets,
            needs: 'optional',
            cause: `${traits.profile.name} shows everybody the buckets of their own; that cannot be refused.`,
          }
        : listBuckets,
    readPolicy: readRight(policy, proofs.configuration),
    readAcl: readRight(acl),
    readLifecycle: readRight(lifecycle, proofs.configuration),
  };
};

/** From the setting where it may be read, else from an object: one with a version id comes from a versioned bucket. */
const isVersioned = (
  setting: Awaited<ReturnType<BucketProbe['versioning']>>,
  got: Awaited<ReturnType<BucketProbe['get']>>,
): boolean | null => {
  if (setting.ok) return setting.found.everOn;
  return got.ok && got.found.versionId !== null ? true : null;
};

const isMissing = (got: ProbeOutcome<unknown>): boolean => got.failure?.kind === 'objectMissing';

const describeRead = (
  got: ProbeOutcome<unknown>,
  { firstKey, jobs, traits, listsAnything }: RightsScope & { listsAnything: boolean },
): Finding => {
  const found = readRight(got, proofs.object);
  // An empty object has no first byte, and an archived one none at hand: neither is about rights.
  if (got.failure?.httpStatus === 416 || got.failure?.code === 'InvalidObjectState')
    return can({ durationMilliseconds: got.durationMilliseconds });
  if (firstKey === null && traits.missingBeforeRead && isMissing(got))
    return notKnown(
      `There is no object below the prefix to try, and ${traits.profile.name} tells of a missing one whether or not it might be read.`,
      {
        next: 'Put one object below the prefix, and check again.',
      },
    );
  if (firstKey === null && found.can === 'yes')
    return { ...found, cause: 'Reading is allowed; there is no object to read yet.' };
  // S3 hides from whoever may not list the whole bucket that a key does not exist: 403 then has two meanings.
  if (firstKey !== null || found.can !== 'no' || listsAnything) return found;
  return needOf('get', jobs) === 'yes'
    ? notKnown(
        'There is no object below the prefix to try, and S3 answers for a missing one as if reading were not allowed.',
        {
          failure: found.failure,
          next: 'Put one object below the prefix, and check again.',
        },
      )
    : found;
};

const describeNoUpload = (put: Finding, mayAbort: Finding): Finding =>
  put.can === 'yes'
    ? {
        ...mayAbort,
        cause:
          mayAbort.can === 'unknown'
            ? mayAbort.cause
            : 'An upload in parts works, but one that breaks off cannot be given up: its parts stay, and cost, until a lifecycle rule ends them.',
        next: 'Allow s3:AbortMultipartUpload and s3:ListMultipartUploadParts, or give the bucket a lifecycle rule AbortIncompleteMultipartUpload.',
      }
    : { ...put, cause: put.can === 'no' ? '' : put.cause };

const untriedWords: Record<WriteRefusal, string> = {
  mayNotWrite: 'these credentials cannot write an object that may be deleted',
  mayNotDelete: 'deleting is not allowed',
  keepsVersions:
    'the bucket keeps versions, and the object that is deleted would leave one and a delete marker',
  mayKeepVersions:
    'the bucket may keep versions, and the object that is deleted would leave one and a delete marker',
  deleteNotProven: 'an object that then could not be deleted would stay',
};

/** Where no call can tell without leaving something. That versions may be deleted for good tells of more, never of less. */
const describeUntriedDelete = (
  refusal: WriteRefusal | null,
  put: Finding,
  mayDeleteVersion: Finding | null,
  traits: ServerTraits,
): Finding => {
  if (traits.coarseKeys)
    return put.can === 'yes'
      ? can({ cause: `A key of ${traits.profile.name} that may write may delete too.` })
      : cannot({ failure: put.failure });
  if (mayDeleteVersion?.can === 'yes')
    return can({
      cause: 'These credentials can delete versions of objects for good (s3:DeleteObjectVersion).',
      next: 'Take s3:DeleteObjectVersion and s3:DeleteObject out of the policy, where no job needs them.',
    });
  return notKnown(`Not tried: ${untriedWords[refusal ?? 'deleteNotProven']}.`, {
    failure: mayDeleteVersion?.failure ?? null,
  });
};
