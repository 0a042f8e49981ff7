import { open, readFile } from 'node:fs/promises';
import { crc32c } from '@node-rs/crc32';

/**
 * Every small file of the store has one frame:
 *
 *     0  magic "WDL1"           4 bytes
 *     4  kind                   u32
 *     8  length of the facts    u32
 *    12  length of the body     u32
 *    16  CRC32C of 0..16 and the facts   u32
 *    20  the facts, JSON in UTF-8
 *        the body (the bytes of a small object, the text of a document; may be empty)
 *        CRC32C of the body     u32
 *
 * Two checksums, so that the facts can be trusted without reading the body. Integers are big-endian.
 */
const magic = Buffer.from('WDL1');
const headLength = 20;
const tailLength = 4;
/** Most facts fit, so that one read is enough. */
const firstReadBytes = 4096;
/** Keys, user metadata and 10,000 part names stay far below; more is damage. */
const maxFactsBytes = 16 * 1024 * 1024;

export const recordKinds = { bucket: 1, document: 2, object: 3, upload: 4, part: 5 } as const;
export type RecordKind = keyof typeof recordKinds;

/** The file is not what was written: bit rot, or a hand in the folder. Never served. */
export class DamagedRecordError extends Error {
  override readonly name = 'DamagedRecordError';
}

export const encodeRecord = (
  kind: RecordKind,
  facts: unknown,
  body: Uint8Array = new Uint8Array(),
): Buffer => {
  const json = Buffer.from(JSON.stringify(facts));
  const bytes = Buffer.allocUnsafe(headLength + json.length + body.length + tailLength);
  magic.copy(bytes, 0);
  bytes.writeUInt32BE(recordKinds[kind], 4);
  bytes.writeUInt32BE(json.length, 8);
  bytes.writeUInt32BE(body.length, 12);
  bytes.writeUInt32BE(crc32c(json, crc32c(bytes.subarray(0, 16))), 16);
  json.copy(bytes, headLength);
  bytes.set(body, headLength + json.length);
  bytes.writeUInt32BE(crc32c(body), bytes.length - tailLength);
  return bytes;
};

const measure = (bytes: Buffer, kind: RecordKind, path: string): { factsEnd: number; total: number } => {
  if (bytes.length < headLength || !bytes.subarray(0, 4).equals(magic)) {
    throw new DamagedRecordError(`${path} is not a record`);
  }
  if (bytes.readUInt32BE(4) !== recordKinds[kind])
    throw new DamagedRecordError(`${path} is not a record of kind ${kind}`);
  const factsLength = bytes.readUInt32BE(8);
  if (factsLength > maxFactsBytes)
    throw new DamagedRecordError(`${path} claims ${factsLength} bytes of facts`);
  const factsEnd = headLength + factsLength;
  return { factsEnd, total: factsEnd + bytes.readUInt32BE(12) + tailLength };
};

const readFacts = <Facts>(bytes: Buffer, factsEnd: number, path: string): Facts => {
  const json = bytes.subarray(headLength, factsEnd);
  if (
    json.length !== factsEnd - headLength ||
    bytes.readUInt32BE(16) !== crc32c(json, crc32c(bytes.subarray(0, 16)))
  ) {
    throw new DamagedRecordError(`the facts of ${path} do not have their checksum`);
  }
  // The checksum proves that this store wrote the text, from a value of this type: the kind was compared before.
  return JSON.parse(json.toString()) as Facts;
};

/** Facts and body. Throws DamagedRecordError. */
export const decodeRecord = <Facts>(
  bytes: Buffer,
  kind: RecordKind,
  path: string,
): { facts: Facts; body: Buffer } => {
  const { factsEnd, total } = measure(bytes, kind, path);
  if (bytes.length !== total)
    throw new DamagedRecordError(`${path} has ${bytes.length} bytes instead of ${total}`);
  const facts = readFacts<Facts>(bytes, factsEnd, path);
  const body = bytes.subarray(factsEnd, total - tailLength);
  if (bytes.readUInt32BE(total - tailLength) !== crc32c(body)) {
    throw new DamagedRecordError(`the body of ${path} does not have its checksum`);
  }
  return { facts, body };
};

export const readRecord = async <Facts>(
  path: string,
  kind: RecordKind,
): Promise<{ facts: Facts; body: Buffer }> => decodeRecord<Facts>(await readFile(path), kind, path);

/** Only the facts, and that the file has its length: what a start and a HEAD need. */
export const readRecordFacts = async <Facts>(path: string, kind: RecordKind): Promise<Facts> => {
  await using file = await open(path, 'r');
  const first = Buffer.allocUnsafe(firstReadBytes);
  const { bytesRead } = await file.read(first, 0, firstReadBytes, 0);
  let bytes = first.subarray(0, bytesRead);
  const { factsEnd, total } = measure(bytes, kind, path);
  if (bytesRead < firstReadBytes ? bytesRead !== total : (await file.stat()).size !== total) {
    throw new DamagedRecordError(`${path} does not have ${total} bytes`);
  }
  if (factsEnd > bytesRead) {
    const rest = Buffer.allocUnsafe(factsEnd - bytesRead);
    await file.read(rest, 0, rest.length, bytesRead);
    bytes = Buffer.concat([bytes, rest]);
  }
  return readFacts<Facts>(bytes, factsEnd, path);
};
