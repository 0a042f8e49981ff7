import { createHash } from 'node:crypto';
import { crc32, crc32c } from '@node-rs/crc32';
import { createCrc64Nvme } from '@windlass/transfer';
import type { BodyDigest, ChecksumAlgorithm, Checksums } from '../store.ts';

interface RunningChecksum {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

const runningCrc32 = (next: (bytes: Uint8Array, state: number) => number): RunningChecksum => {
  let state = 0;
  return {
    update: (bytes) => {
      state = next(bytes, state);
    },
    digest: () => {
      const bytes = Buffer.allocUnsafe(4);
      bytes.writeUInt32BE(state);
      return bytes;
    },
  };
};

const runningCrc64 = (): RunningChecksum => {
  const { update, digest } = createCrc64Nvme();
  return { update, digest: () => Buffer.from(digest()) };
};

const runningHash = (name: 'sha1' | 'sha256' | 'md5'): RunningChecksum => {
  const hash = createHash(name);
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digest: () => hash.digest(),
  };
};

const starters: Record<ChecksumAlgorithm, () => RunningChecksum> = {
  CRC32: () => runningCrc32(crc32),
  CRC32C: () => runningCrc32(crc32c),
  CRC64NVME: runningCrc64,
  SHA1: () => runningHash('sha1'),
  SHA256: () => runningHash('sha256'),
};

/** The checksum of bytes at hand, raw. */
export const checksumOf = (algorithm: ChecksumAlgorithm, bytes: Uint8Array): Buffer => {
  const running = starters[algorithm]();
  running.update(bytes);
  return running.digest();
};

export interface BodyHasher {
  update(bytes: Uint8Array): void;
  /** Call once, at the end. */
  finish(): BodyDigest;
}

/** MD5 for the ETag, SHA-256 for signed payloads, and what else is asked for, in one pass over the bytes. */
export const createBodyHasher = (algorithms: readonly ChecksumAlgorithm[]): BodyHasher => {
  const md5 = runningHash('md5');
  const sha256 = runningHash('sha256');
  const others = new Map<ChecksumAlgorithm, RunningChecksum>();
  for (const algorithm of algorithms)
    if (algorithm !== 'SHA256') others.set(algorithm, starters[algorithm]());
  let size = 0;

  const update = (bytes: Uint8Array): void => {
    size += bytes.length;
    md5.update(bytes);
    sha256.update(bytes);
    for (const other of others.values()) other.update(bytes);
  };

  const finish = (): BodyDigest => {
    const sha256Bytes = sha256.digest();
    const checksums: Checksums = {};
    for (const [algorithm, running] of others) checksums[algorithm] = running.digest().toString('base64');
    if (algorithms.includes('SHA256')) checksums.SHA256 = sha256Bytes.toString('base64');
    return { size, md5Hex: md5.digest().toString('hex'), sha256Hex: sha256Bytes.toString('hex'), checksums };
  };

  return { update, finish };
};
