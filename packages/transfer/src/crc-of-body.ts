import { encodeBase64 } from './base64.ts';
import { createCrc64Nvme } from './crc64-nvme.ts';
import type { PartBody } from './upload-source.ts';

/** Reads a body in its own chunks. @returns base64 @throws what reading fails with, and the signal's reason */
export const crc64OfBody = async (body: PartBody, signal: AbortSignal): Promise<string> => {
  const crc = createCrc64Nvme();
  const reader = body.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return encodeBase64(crc.digest());
      crc.update(value);
      signal.throwIfAborted();
    }
  } finally {
    // A stream that has failed cannot be cancelled, and its failure is known already.
    await reader.cancel().catch(() => undefined);
  }
};
