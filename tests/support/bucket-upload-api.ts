import { randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import {
  combineCrcs,
  rangeOfPart,
  UploadApiError,
  type FileToUpload,
  type PartDone,
  type Refusal,
  type SignedRequest,
  type Upload,
  type UploadApi,
} from '@windlass/transfer';

interface Row {
  upload: Upload;
  file: FileToUpload;
  uploadId: string | null;
  parts: Map<number, PartDone>;
}

interface Options {
  bucket: string;
  /** Whose endpoint the signed requests go to: what the sender reaches. */
  signer: S3Client;
  /** Our own calls of the bucket. */
  s3: S3Client;
  /** Files up to here go in one PUT. */
  singlePutBytes: number;
  partSize: number;
  wantsChecksum?: boolean;
  expiresInSeconds?: () => number;
}

const refused = (code: string, detail: string): { receipt: null; refusal: Refusal } => ({
  receipt: null,
  refusal: { code, detail, next: '' },
});

/** The uploads API over a bucket, in memory: what the engine needs to be tried without a database. */
export const createBucketUploadApi = ({
  bucket: Bucket,
  signer,
  s3,
  singlePutBytes,
  partSize,
  wantsChecksum = false,
  expiresInSeconds = () => 600,
}: Options): UploadApi & { rows: Map<string, Row>; calls: Record<keyof UploadApi, number> } => {
  const rows = new Map<string, Row>();
  const byRetryKey = new Map<string, string>();
  const calls = { create: 0, get: 0, parts: 0, complete: 0, abort: 0 };

  const rowOf = (id: string): Row => {
    const row = rows.get(id);
    if (row === undefined)
      throw new UploadApiError(404, { code: 'notFound', detail: 'No such upload.', next: '' });
    return row;
  };

  const signed = async (
    command: PutObjectCommand | UploadPartCommand,
    headers: Record<string, string>,
  ): Promise<SignedRequest> => {
    const expiresIn = expiresInSeconds();
    const options = {
      expiresIn,
      signableHeaders: new Set(['host', 'content-length', ...Object.keys(headers)]),
      unhoistableHeaders: new Set(Object.keys(headers)),
    };
    // One call for each kind: the SDK's types have no command that is either.
    const url =
      command instanceof PutObjectCommand
        ? await getSignedUrl(signer, command, options)
        : await getSignedUrl(signer, command, options);
    return {
      method: 'PUT',
      url,
      headers,
      expiresAt: new Date(Date.now() + expiresIn * 1000).toISOString(),
    };
  };

  const signPut = ({ upload, file }: Row): Promise<SignedRequest> => {
    const sha256 = file.checksum?.value;
    return signed(
      new PutObjectCommand({
        Bucket,
        Key: upload.key,
        ContentLength: upload.size,
        ContentType: upload.type,
        IfNoneMatch: '*',
        ...(sha256 === undefined ? {} : { ChecksumSHA256: sha256 }),
      }),
      {
        'content-type': upload.type,
        'if-none-match': '*',
        ...(sha256 === undefined ? {} : { 'x-amz-checksum-sha256': sha256 }),
      },
    );
  };

  const present = async (row: Row): Promise<Upload> => ({
    ...row.upload,
    partsDone: [...row.parts.keys()].toSorted((a, b) => a - b),
    put: row.upload.kind === 'single' && row.upload.state === 'open' ? await signPut(row) : null,
  });

  const create = async (file: FileToUpload): Promise<Upload> => {
    const known = file.retryKey === undefined ? undefined : byRetryKey.get(file.retryKey);
    if (known !== undefined) return present(rowOf(known));
    const kind = file.size <= singlePutBytes ? 'single' : 'multipart';
    const id = `trf_${randomUUID()}`;
    const upload: Upload = {
      id,
      key: file.name,
      name: file.name,
      size: file.size,
      type: file.type,
      kind,
      state: 'open',
      partSize: kind === 'single' ? file.size : partSize,
      partCount: kind === 'single' ? 1 : Math.ceil(file.size / partSize),
      partsDone: [],
      wantsChecksum,
      put: null,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      receipt: null,
    };
    let uploadId: string | null = null;
    if (kind === 'multipart') {
      const checksum = wantsChecksum
        ? ({ ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'FULL_OBJECT' } as const)
        : {};
      const made = await s3.send(
        new CreateMultipartUploadCommand({ Bucket, Key: file.name, ContentType: file.type, ...checksum }),
      );
      uploadId = made.UploadId ?? null;
    }
    const row: Row = { upload, file, uploadId, parts: new Map() };
    rows.set(id, row);
    if (file.retryKey !== undefined) byRetryKey.set(file.retryKey, id);
    return present(row);
  };

  const received = (row: Row, etag: string | null) => {
    const receipt = {
      transferId: row.upload.id,
      key: row.upload.key,
      name: row.upload.name,
      size: row.upload.size,
      type: row.upload.type,
      etag,
      checksum: row.file.checksum ?? null,
      checksumBy: null,
      proof: 'completed' as const,
      receivedAt: new Date().toISOString(),
    };
    row.upload = { ...row.upload, state: 'received', receipt };
    return { receipt, refusal: null };
  };

  const completeSingle = async (row: Row, etag: string | undefined) => {
    if (etag !== undefined) return received(row, etag);
    const sha256 = row.file.checksum?.value;
    const head = await s3
      .send(new HeadObjectCommand({ Bucket, Key: row.upload.key, ChecksumMode: 'ENABLED' }))
      .catch(() => null);
    return sha256 !== undefined && head?.ChecksumSHA256 === sha256
      ? received(row, head.ETag ?? null)
      : refused('uploadIncomplete', 'The bucket has not got it.');
  };

  const completeMultipart = async (row: Row) => {
    const missing = row.upload.partCount - row.parts.size;
    if (missing > 0) return refused('uploadIncomplete', `${missing} parts are missing.`);
    const parts = [...row.parts.values()].toSorted((a, b) => a.number - b.number);
    const ofParts = parts.map(({ number, crc64nvme }) => {
      const { start, end } = rangeOfPart(row.upload, number);
      return { checksum: crc64nvme ?? '', size: end - start };
    });
    const done = await s3.send(
      new CompleteMultipartUploadCommand({
        Bucket,
        Key: row.upload.key,
        UploadId: row.uploadId ?? '',
        MpuObjectSize: row.upload.size,
        IfNoneMatch: '*',
        MultipartUpload: { Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag })) },
        ...(wantsChecksum
          ? { ChecksumCRC64NVME: combineCrcs('CRC64NVME', ofParts), ChecksumType: 'FULL_OBJECT' as const }
          : {}),
      }),
    );
    return received(row, done.ETag ?? null);
  };

  return {
    rows,
    calls,
    create(files) {
      calls.create += 1;
      return Promise.all(files.map(async (file) => ({ upload: await create(file), refusal: null })));
    },
    get(id) {
      calls.get += 1;
      return present(rowOf(id));
    },
    async parts(id, { done, sign }) {
      calls.parts += 1;
      const row = rowOf(id);
      for (const part of done) row.parts.set(part.number, part);
      return Promise.all(
        sign.map(async (number) => {
          const { start, end } = rangeOfPart(row.upload, number);
          const command = new UploadPartCommand({
            Bucket,
            Key: row.upload.key,
            UploadId: row.uploadId ?? '',
            PartNumber: number,
            ContentLength: end - start,
          });
          return { number, ...(await signed(command, {})) };
        }),
      );
    },
    complete(uploads) {
      calls.complete += 1;
      return Promise.all(
        uploads.map(async ({ id, etag, done }) => {
          const row = rowOf(id);
          for (const part of done) row.parts.set(part.number, part);
          if (row.upload.receipt !== null) return { receipt: row.upload.receipt, refusal: null };
          return row.upload.kind === 'single' ? completeSingle(row, etag) : completeMultipart(row);
        }),
      );
    },
    async abort(id) {
      calls.abort += 1;
      const row = rowOf(id);
      row.upload = { ...row.upload, state: 'aborted' };
      if (row.uploadId !== null)
        await s3.send(
          new AbortMultipartUploadCommand({ Bucket, Key: row.upload.key, UploadId: row.uploadId }),
        );
    },
  };
};
