import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { crc32c } from '@node-rs/crc32';
import type { RecordFacts } from './record-facts.ts';

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

export const recordKinds = {
  bucket: 1,
  document: 2,
  object: 3,
  upload: 4,
  part: 5,
} as const satisfies Record<keyof RecordFacts, number>;
export type RecordKind = keyof typeof recordKinds;

/** The file is not what was written: bit rot, or a hand in the folder. Never served. */
export class DamagedRecordError extends Error {
  override readonly name = 'DamagedRecordError';
}

export const encodeRecord = <Kind extends RecordKind>(
  kind: Kind,
  facts: RecordFacts[Kind],
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

/** Where things are in a record that was found to be of this kind. */
interface Frame<Kind extends RecordKind> {
  kind: Kind;
  factsEnd: number;
  total: number;
}

const measure = <Kind extends RecordKind>(bytes: Buffer, kind: Kind, path: string): Frame<Kind> => {
  if (bytes.length < headLength || !bytes.subarray(0, 4).equals(magic)) {
    throw new DamagedRecordError(`${path} is not a record`);
  }
  if (bytes.readUInt32BE(4) !== recordKinds[kind])
    throw new DamagedRecordError(`${path} is not a record of kind ${kind}`);
  const factsLength = bytes.readUInt32BE(8);
  if (factsLength > maxFactsBytes)
    throw new DamagedRecordError(`${path} claims ${factsLength} bytes of facts`);
  const factsEnd = headLength + factsLength;
  return { kind, factsEnd, total: factsEnd + bytes.readUInt32BE(12) + tailLength };
};

const readFacts = <Kind extends RecordKind>(
  bytes: Buffer,
  { factsEnd }: Frame<Kind>,
  path: string,
): RecordFacts[Kind] => {
  const json = bytes.subarray(headLength, factsEnd);
  if (
    json.length !== factsEnd - headLength ||
    bytes.readUInt32BE(16) !== crc32c(json, crc32c(bytes.subarray(0, 16)))
  ) {
    throw new DamagedRecordError(`the facts of ${path} do not have their checksum`);
  }
  // The checksum proves that encodeRecord wrote the text, from a value of this type: the kind was compared before.
  return JSON.parse(json.toString()) as RecordFacts[Kind];
};

const checkSize = (size: number, total: number, path: string): void => {
  if (size !== total) throw new DamagedRecordError(`${path} has ${size} bytes instead of ${total}`);
};

/** Facts and body. Throws DamagedRecordError. */
export const decodeRecord = <Kind extends RecordKind>(
  bytes: Buffer,
  kind: Kind,
  path: string,
): { facts: RecordFacts[Kind]; body: Buffer } => {
  const frame = measure(bytes, kind, path);
  const { factsEnd, total } = frame;
  checkSize(bytes.length, total, path);
  const facts = readFacts(bytes, frame, path);
  const body = bytes.subarray(factsEnd, total - tailLength);
  if (bytes.readUInt32BE(total - tailLength) !== crc32c(body)) {
    throw new DamagedRecordError(`the body of ${path} does not have its checksum`);
  }
  return { facts, body };
};

export const readRecord = async <Kind extends RecordKind>(
  path: string,
  kind: Kind,
): Promise<{ facts: RecordFacts[Kind]; body: Buffer }> => decodeRecord(await readFile(path), kind, path);

/** Only the facts, and that the file has its length: what a HEAD needs. Throws DamagedRecordError. */
export const readRecordFacts = async <Kind extends RecordKind>(
  path: string,
  kind: Kind,
): Promise<RecordFacts[Kind]> => {
  await using file = await open(path, 'r');
  const first = Buffer.allocUnsafe(firstReadBytes);
  const { bytesRead } = await file.read(first, 0, firstReadBytes, 0);
  const frame = measure(first.subarray(0, bytesRead), kind, path);
  checkSize(bytesRead < firstReadBytes ? bytesRead : (await file.stat()).size, frame.total, path);
  if (frame.factsEnd <= bytesRead) return readFacts(first, frame, path);
  const all = Buffer.alloc(frame.factsEnd);
  await file.read(all, 0, frame.factsEnd, 0);
  return readFacts(all, frame, path);
};

/**
 * `readRecordFacts` for a start, which reads every record before it serves anything: without a trip through the thread
 * pool for each open, read and close it takes a sixth of the time.
 */
export const readRecordFactsSync = <Kind extends RecordKind>(path: string, kind: Kind): RecordFacts[Kind] => {
  const file = openSync(path, 'r');
  try {
    const first = Buffer.allocUnsafe(firstReadBytes);
    const bytesRead = readSync(file, first, 0, firstReadBytes, 0);
    const frame = measure(first.subarray(0, bytesRead), kind, path);
    checkSize(bytesRead < firstReadBytes ? bytesRead : fstatSync(file).size, frame.total, path);
    if (frame.factsEnd <= bytesRead) return readFacts(first, frame, path);
    const all = Buffer.alloc(frame.factsEnd);
    readSync(file, all, 0, frame.factsEnd, 0);
    return readFacts(all, frame, path);
  } finally {
    closeSync(file);
  }
};
