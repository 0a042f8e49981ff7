import { createHash } from 'node:crypto';
import { combineCrcs, isCrc } from '@windlass/transfer';
import { S3Error } from '../s3-error.ts';
import type { ChecksumAlgorithm, Checksums, ObjectRecord, ObjectStore } from '../store.ts';
import { checksumAlgorithms } from '../store.ts';
import { checksumOf } from './body-hasher.ts';
import { objectPath, onDisk, type BucketState, type UploadState } from './bucket-state.ts';
import { randomName } from './durable-files.ts';
import { commitObject } from './object-writes.ts';
import type { StoredPart } from './record-facts.ts';
import { readRecordFacts } from './record-file.ts';
import type { StoreContext } from './store-context.ts';
import { toObjectRecord, type StoredObject } from './stored-object.ts';
import { discardParts, endUpload, findUpload } from './uploads.ts';

type CompleteInput = Parameters<ObjectStore['completeUpload']>[0];

/** AWS: every part but the last has at least 5 MiB. */
const minPartBytes = 5 * 1024 ** 2;
/** AWS, multipart upload limits: 5 TiB. */
const maxObjectBytes = 5 * 1024 ** 4;

/** `<MD5 of the parts' MD5s>-<number of parts>` */
const compositeEtag = (etags: readonly string[]): string =>
  `${createHash('md5')
    .update(Buffer.from(etags.join(''), 'hex'))
    .digest('hex')}-${etags.length}`;

/** The parts that the client names, each compared with what was uploaded. */
const chooseParts = (upload: UploadState, named: CompleteInput['parts']): StoredPart[] => {
  if (named.length === 0) throw new S3Error('MalformedXML', 'At least one part must be named.');
  const { checksumAlgorithm, checksumType } = upload.facts;
  let before = 0;
  const chosen = named.map(({ partNumber, etag, checksums }) => {
    if (partNumber <= before) throw new S3Error('InvalidPartOrder');
    before = partNumber;
    const part = upload.parts.get(partNumber);
    if (part === undefined || part.etag !== etag) {
      throw new S3Error('InvalidPart', undefined, { PartNumber: String(partNumber), ETag: etag });
    }
    for (const algorithm of checksumAlgorithms) {
      const claimed = checksums[algorithm];
      const known = part.checksums[algorithm];
      if (claimed !== undefined && known !== undefined && claimed !== known) {
        throw new S3Error('InvalidPart', undefined, { PartNumber: String(partNumber), ETag: etag });
      }
    }
    if (
      checksumAlgorithm !== undefined &&
      checksumType === 'COMPOSITE' &&
      checksums[checksumAlgorithm] === undefined
    ) {
      throw new S3Error(
        'InvalidRequest',
        `The upload was created with ${checksumAlgorithm} checksums of its parts: part ${partNumber} comes without one.`,
      );
    }
    return part;
  });
  for (const part of chosen.slice(0, -1)) {
    if (part.size < minPartBytes) {
      throw new S3Error('EntityTooSmall', undefined, {
        PartNumber: String(part.partNumber),
        ProposedSize: String(part.size),
        MinSizeAllowed: String(minPartBytes),
      });
    }
  }
  return chosen;
};

const checksumOfWhole = (
  algorithm: ChecksumAlgorithm,
  type: 'FULL_OBJECT' | 'COMPOSITE',
  parts: readonly StoredPart[],
): string => {
  const ofParts = parts.map(({ checksums, size }) => ({ checksum: checksums[algorithm] ?? '', size }));
  if (type === 'COMPOSITE') {
    const raw = Buffer.concat(ofParts.map(({ checksum }) => Buffer.from(checksum, 'base64')));
    return `${checksumOf(algorithm, raw).toString('base64')}-${parts.length}`;
  }
  if (!isCrc(algorithm))
    throw new S3Error('InvalidRequest', `${algorithm} can not be a checksum of the full object.`);
  return combineCrcs(algorithm, ofParts);
};

const describe = (
  upload: UploadState,
  parts: readonly StoredPart[],
  input: CompleteInput,
  now: Date,
): StoredObject => {
  const { facts } = upload;
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  if (size > maxObjectBytes) throw new S3Error('EntityTooLarge');
  if (input.expectedSize !== undefined && input.expectedSize !== size) {
    throw new S3Error(
      'InvalidRequest',
      `The parts have ${size} bytes, not the ${input.expectedSize} of x-amz-mp-object-size.`,
    );
  }
  const checksums: Checksums = {};
  if (facts.checksumAlgorithm !== undefined) {
    checksums[facts.checksumAlgorithm] = checksumOfWhole(facts.checksumAlgorithm, facts.checksumType, parts);
  }
  for (const algorithm of checksumAlgorithms) {
    const expected = input.expectedChecksums?.[algorithm];
    if (expected !== undefined && checksums[algorithm] !== undefined && expected !== checksums[algorithm]) {
      throw new S3Error('BadDigest');
    }
  }
  return {
    version: randomName(),
    key: facts.key,
    size,
    etag: compositeEtag(parts.map((part) => part.etag)),
    lastModified: now.getTime(),
    headers: facts.headers,
    metadata: facts.metadata,
    checksums,
    checksumType: facts.checksumType,
    ownerId: facts.ownerId,
    blobs: parts.map(({ blob }) => ({ name: blob?.name ?? '', size: blob?.size ?? 0 })),
    uploadId: facts.uploadId,
  };
};

/**
 * A client that lost the answer asks again. As on AWS it gets the same answer, as long as the object is still the one
 * that this upload made and the same parts are named.
 */
const findCompleted = async (
  bucket: BucketState,
  input: CompleteInput,
): Promise<ObjectRecord | undefined> => {
  const entry = bucket.index.get(input.key);
  if (entry === undefined || entry.etag !== compositeEtag(input.parts.map((part) => part.etag)))
    return undefined;
  const facts = await readRecordFacts(objectPath(bucket.paths, input.key), 'object');
  return facts.uploadId === input.uploadId ? toObjectRecord(facts) : undefined;
};

/**
 * Joins parts without copying a byte: the record lists their blobs. The commit of the record comes first and the end of
 * the upload second, both under the lock of the key; a crash between them is seen at the next start by the upload id in
 * the record, so that the parts never have two owners.
 */
export const completeUpload = (context: StoreContext, input: CompleteInput): Promise<ObjectRecord> => {
  const bucket = context.bucket(input.bucket);
  const { uploadId } = input;
  return onDisk(bucket, () =>
    bucket.uploadLocks.run(uploadId, async () => {
      if (!bucket.uploads.has(uploadId)) {
        const completed = await findCompleted(bucket, input);
        if (completed !== undefined) return completed;
      }
      const upload = findUpload(bucket, input.key, uploadId);
      const parts = chooseParts(upload, input.parts);
      const stored = describe(upload, parts, input, context.clock.now());
      const record = await commitObject(context, bucket, stored, {
        condition: input.condition,
        afterRename: () => endUpload(context, bucket, uploadId),
      });
      const unused = [...upload.parts.values()].filter((part) => !parts.includes(part));
      await discardParts(bucket, input.key, unused);
      return record;
    }),
  );
};
