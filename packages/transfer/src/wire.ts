/**
 * What the calls under `/api/v1/uploads` speak, written out: those who install this package get no validation library with
 * it. `wire.test.ts` holds these types against the contract's.
 */
export type ChecksumAlgorithm = 'sha256' | 'crc64nvme';

/** Base64 of the digest as S3 writes it: 32 bytes of SHA-256, 8 of CRC-64/NVME, big-endian. */
export interface Checksum {
  algorithm: ChecksumAlgorithm;
  value: string;
}

/** A request to send as it is: method, URL and headers are all part of the signature. */
export interface SignedRequest {
  method: 'PUT' | 'GET';
  url: string;
  headers: Record<string, string>;
  /** ISO 8601 */
  expiresAt: string;
}

export interface FileToUpload {
  /** Name or relative path with slashes. */
  name: string;
  /** Bytes. */
  size: number;
  /** A type of media, lower-case, without parameters. */
  type: string;
  checksum?: Checksum | undefined;
  /** The sender's own mark of this file: asked again with it, the same upload is answered. */
  retryKey?: string | undefined;
}

/** What is known once the object is in the bucket. */
export interface UploadReceipt {
  transferId: string;
  /** The whole key, the connection's prefix included. */
  key: string;
  name: string;
  size: number;
  type: string;
  etag: string | null;
  checksum: Checksum | null;
  checksumBy: 'bucket' | 'sender' | null;
  proof: 'completed' | 'seen' | 'reported';
  receivedAt: string;
}

export interface Upload {
  id: string;
  key: string;
  name: string;
  size: number;
  type: string;
  kind: 'single' | 'multipart';
  state: 'open' | 'completing' | 'received' | 'aborted' | 'expired' | 'missing';
  /** Bytes of every part but the last; of a single PUT, the size. */
  partSize: number;
  partCount: number;
  partsDone: number[];
  /** Whether a CRC-64/NVME of each part is of use: the bucket compares the one of the whole. */
  wantsChecksum: boolean;
  put: SignedRequest | null;
  expiresAt: string;
  receipt: UploadReceipt | null;
}

/** Why a file was refused. */
export interface Refusal {
  /** Of the API's catalogue of errors. */
  code: string;
  detail: string;
  next: string;
}

export interface PartDone {
  number: number;
  etag: string;
  /** Base64. */
  crc64nvme?: string | undefined;
}

export interface CompletedUpload {
  id: string;
  /** Of a single PUT. */
  etag?: string | undefined;
  /** Of a single PUT. */
  checksum?: Checksum | undefined;
  /** Parts not reported before. */
  done: PartDone[];
}
