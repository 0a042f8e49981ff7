import type { BucketProbe, S3Failure } from '../../platform/s3/index.ts';
import { can, cannot, factsOf, notKnown, type Finding } from './check-findings.ts';

export interface UploadFindings {
  multipart: Finding;
  /** What the start of the upload told about the right to write; null where it failed for another reason. */
  put: Finding | null;
  /** How the server encrypts what is written, or that its key is out of reach; null where nothing was started. */
  encryption: Finding | null;
}

/**
 * Starts an upload, looks at it and gives it up: nothing stays. Only for credentials of which `abort` is proven, since
 * an upload that cannot be given up would.
 */
export const probeUpload = async (probe: BucketProbe, key: string): Promise<UploadFindings> => {
  const created = await probe.createUpload(key);
  if (!created.ok) {
    const kms = keyTrouble(created.failure);
    return {
      multipart: notKnown('Not tried: no upload could be started.', factsOf(created)),
      put: kms === null ? cannot(factsOf(created)) : null,
      encryption: kms,
    };
  }
  const { uploadId, encryption } = created.found;
  const listed = await probe.listParts(key, uploadId);
  const aborted = await probe.abortUpload(key, uploadId);
  return {
    multipart: describeUpload(listed, aborted, key),
    put: can({ durationMilliseconds: created.durationMilliseconds }),
    encryption: describeEncryption(encryption),
  };
};

type Tried = Awaited<ReturnType<BucketProbe['listParts']>>;

const describeUpload = (listed: Tried, aborted: Tried, key: string): Finding => {
  if (!aborted.ok)
    return cannot({
      ...factsOf(aborted),
      cause: `An upload was started and could not be given up again: ${aborted.failure.cause} An empty upload of ${key} stays.`,
      next: 'Allow s3:AbortMultipartUpload, and let a lifecycle rule AbortIncompleteMultipartUpload end what was left.',
    });
  if (!listed.ok)
    return cannot({
      ...factsOf(listed),
      cause: 'An upload can be started and given up, but its parts cannot be seen: it cannot be resumed.',
    });
  return can({
    cause: 'An upload in parts was started, seen and given up.',
    durationMilliseconds: listed.durationMilliseconds + aborted.durationMilliseconds,
  });
};

/** AWS writes AES256, aws:kms or aws:kms:dsse; others often nothing. */
export const describeEncryption = (encryption: string | null): Finding =>
  encryption === null
    ? cannot({
        cause: 'The server does not say that it encrypts what is written.',
      })
    : can({ cause: `What is written is encrypted with ${encryption}.` });

/** A write that failed for the bucket's KMS key; null where it failed for something else. */
export const keyTrouble = (failure: S3Failure): Finding | null =>
  failure.kind === 'encryption' || /\bkms:/i.test(failure.message ?? '')
    ? cannot({
        needs: 'yes',
        failure,
        cause: `The bucket encrypts with a KMS key that these credentials cannot use: ${failure.cause}`,
        next:
          failure.kind === 'encryption'
            ? failure.next
            : 'Allow kms:GenerateDataKey to write and kms:Decrypt to read and for uploads in parts, on the key of the bucket.',
      })
    : null;
