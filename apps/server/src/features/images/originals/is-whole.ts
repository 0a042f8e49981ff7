import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { OriginalFile } from '@windlass/images';

/** Whether the file has its length and, where `crc` is given, its CRC-32. */
export const isWhole = async ({ path, bytes }: OriginalFile, crc: number | null): Promise<boolean> => {
  try {
    const { size } = await stat(path);
    if (size !== bytes) return false;
    if (crc === null) return true;
    let found = 0;
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      // A stream without an encoding gives buffers.
      found = crc32(chunk as Buffer, found);
    }
    return found === crc;
  } catch {
    // Removed or unreadable: not whole, whatever the reason.
    return false;
  }
};
