import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';

/** The S3 servers that the table runs against. AWS itself is the reference and is not reachable from tests. */
export const targets = ['embedded', 'ceph'] as const;
export type TargetName = (typeof targets)[number];

export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
}

/** One server under test with two users that know nothing of each other. */
export interface Target {
  name: TargetName;
  endpoint: string;
  region: string;
  owner: Keys;
  stranger: Keys;
}

/** What a behaviour gets: a fresh bucket of its own and clients. */
export interface Scene {
  target: Target;
  bucket: string;
  /** A client of the bucket's owner with the SDK's defaults but for WHEN_REQUIRED checksums. */
  s3: S3Client;
  client(keys: Keys, config?: S3ClientConfig): S3Client;
  /** Puts a small object and answers its ETag as S3 gave it. */
  put(key: string, body: string | Uint8Array): Promise<string>;
  /** `http://endpoint/bucket/key`, the key percent-encoded. */
  url(key: string): string;
}

export interface Behaviour {
  name: string;
  /** What Ceph does instead of what AWS documents. The table then proves that it still departs. */
  cephDeparts?: string;
  run(scene: Scene): Promise<void>;
}
