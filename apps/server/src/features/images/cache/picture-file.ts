import { crc32 } from 'node:zlib';
import { sourceId } from '@windlass/contract';
import { formatFacts, outputFormats } from '@windlass/images';
import { z } from 'zod';
import type { CachedPicture, PictureFacts } from './picture-tier.ts';

/*
 * A picture in a file or an object, the same on disk and in buckets. Little-endian:
 *
 *   0  4  "WLPF"
 *   4  4  version of this layout
 *   8  4  CRC-32 of all that follows
 *  12  4  length of the JSON
 *  16  4  length of the bytes
 *  20     JSON: {key, facts}
 *         the bytes, to the end
 *
 * The key stands inside, so that a file under the name of another one is no hit.
 */
const magic = 0x46_50_4c_57;
const layoutVersion = 1;
const crcStart = 12;
const headerBytes = 20;

/** What was in a bucket may have been written by anybody who may write there: nothing of it reaches a header unproved. */
const pictureFacts = z
  .object({
    etag: z.string().regex(/^"[\x21\x23-\x7e]{1,128}"$/),
    contentType: z.string(),
    format: z.enum(outputFormats),
    width: z.int().nonnegative(),
    height: z.int().nonnegative(),
    lastModified: z
      .string()
      .regex(/^[\w ,:+.-]{1,64}$/)
      .nullable(),
    sourceId,
    path: z.string().max(8192),
    tags: z.array(z.string().max(256)).max(64),
    madeAt: z.number().nonnegative(),
    effort: z.enum(['normal', 'slow']),
  })
  .refine(({ format, contentType }) => formatFacts[format].contentType === contentType);
const head = z.object({ key: z.string(), facts: pictureFacts });

/**
 * @throws RangeError for a picture of 4 GiB or more
 * @example await writeFile(path, encodePictureFile(key, picture));
 */
export const encodePictureFile = (key: string, { facts, bytes }: CachedPicture): Buffer => {
  const json = Buffer.from(JSON.stringify({ key, facts } satisfies { key: string; facts: PictureFacts }));
  const file = Buffer.allocUnsafeSlow(headerBytes + json.byteLength + bytes.byteLength);
  file.writeUInt32LE(magic, 0);
  file.writeUInt32LE(layoutVersion, 4);
  file.writeUInt32LE(json.byteLength, 12);
  file.writeUInt32LE(bytes.byteLength, 16);
  file.set(json, headerBytes);
  file.set(bytes, headerBytes + json.byteLength);
  file.writeUInt32LE(crc32(file.subarray(crcStart)), 8);
  return file;
};

/** Null for anything but a whole, unaltered file of this key. The bytes are a view into `file`. */
export const decodePictureFile = (key: string, file: Uint8Array): CachedPicture | null => {
  if (file.byteLength < headerBytes) return null;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const at = (offset: number): number => view.getUint32(offset, true);
  const bytesStart = headerBytes + at(12);
  if (at(0) !== magic || at(4) !== layoutVersion) return null;
  if (bytesStart + at(16) !== file.byteLength) return null;
  if (at(8) !== crc32(file.subarray(crcStart))) return null;
  const parsed = head.safeParse(parseJson(file.subarray(headerBytes, bytesStart)));
  if (!parsed.success || parsed.data.key !== key) return null;
  return { facts: parsed.data.facts, bytes: file.subarray(bytesStart) };
};

const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
};
