import { encodeBase64 } from './base64.ts';
import { createCrc64Nvme } from './crc64-nvme.ts';
import { localFailure } from './failures.ts';
import { headBytes, mediaTypeOf } from './media-type.ts';
import { s3PartLimits } from './plan-parts.ts';
import type { SmallBodyReader } from './small-body-reader.ts';
import { SourceChanged, type PartBody, type UploadSource } from './upload-source.ts';
import type { Checksum, FileToUpload } from './wire.ts';

/** Of a file that goes in parts, so much of either end tells it from others of its name, size and date. */
const edgeBytes = 64 * 1024;

const unreadable = (cause: unknown): never => {
  const detail =
    cause instanceof SourceChanged
      ? 'The file has changed since it was chosen.'
      : 'The file could not be read.';
  throw localFailure('unreadable', detail, { cause });
};

const read = async (
  source: UploadSource<PartBody>,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  const bytes = await source.slice(start, end).arrayBuffer().catch(unreadable);
  if (bytes.byteLength !== end - start)
    throw localFailure(
      'unreadable',
      `The file has not the ${source.size} bytes that it had when it was chosen.`,
    );
  return new Uint8Array(bytes);
};

/** Rejects where the bytes cannot be read any more. An empty file is read as well: it may not be empty any more. */
export const checkReadable = async (source: UploadSource<PartBody>, start: number): Promise<void> => {
  await read(source, start, Math.min(start + 1, source.size));
};

/** Pages that came over plain HTTP have no crypto.subtle; uploads go on without a checksum there. */
const sha256Of = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array | null> => {
  const { subtle } = globalThis.crypto;
  return subtle === undefined ? null : new Uint8Array(await subtle.digest('SHA-256', bytes));
};

/** Begins with the file's first bytes, as many as tell its type. */
const readWhole = async (
  source: UploadSource<PartBody>,
  readSmall: SmallBodyReader,
): Promise<{ head: Uint8Array<ArrayBuffer>; checksum: Checksum | undefined }> => {
  const { head, sha256 } =
    (await source.readThrough?.(headBytes).catch(unreadable)) ??
    (await readSmall(source.slice(0, source.size), headBytes).catch(unreadable)) ??
    (await readIn(source));
  const checksum =
    sha256 === null ? undefined : { algorithm: 'sha256' as const, value: encodeBase64(sha256) };
  return { head, checksum };
};

const readIn = async (
  source: UploadSource<PartBody>,
): Promise<{ head: Uint8Array<ArrayBuffer>; sha256: Uint8Array | null }> => {
  const head = await read(source, 0, source.size);
  return { head, sha256: await sha256Of(head) };
};

const crcHex = (...pieces: readonly Uint8Array[]): string => {
  const crc = createCrc64Nvme();
  for (const piece of pieces) crc.update(piece);
  return Array.from(crc.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** NFC: a Mac gives decomposed names, and one name is one key. No slash in front: folders that were dropped come with one. */
export const nameToSend = (name: string): string => name.normalize('NFC').replace(/^\/+/, '');

/**
 * Reads what has to be known before a file is announced: a small one once and whole, of a large one its two ends.
 *
 * Its `retryKey` comes from the file alone, so that whoever adds the same file again, on a page that was loaded anew or in
 * another run of a program, gets the upload that was begun, with or without a journal.
 *
 * @param occurrence how many equal ones were added before: a file that is added twice is uploaded twice
 * @throws UploadFailure `unreadable`
 */
export const prepareFile = async (
  source: UploadSource<PartBody>,
  occurrence: number,
  readSmall: SmallBodyReader,
): Promise<FileToUpload & { retryKey: string }> => {
  const { size } = source;
  const name = nameToSend(source.name);
  const inOnePut = size <= s3PartLimits.singlePutBytes;
  const { head, checksum } = inOnePut
    ? await readWhole(source, readSmall)
    : { head: await read(source, 0, edgeBytes), checksum: undefined };
  const tail = inOnePut ? new Uint8Array() : await read(source, size - edgeBytes, size);
  // What has a SHA-256 needs no other mark of its bytes, which would cost more than that.
  const content = checksum === undefined ? [head, tail] : [];
  const type = await mediaTypeOf(source.type, head.subarray(0, headBytes));
  const facts = JSON.stringify([name, size, type, source.lastModified, checksum?.value, occurrence]);
  return {
    name,
    size,
    type,
    ...(checksum === undefined ? {} : { checksum }),
    retryKey: crcHex(new TextEncoder().encode(facts)) + crcHex(...content),
  };
};
