import type { ErrorCode } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import { describeS3Failure } from './describe-failure.ts';
import type { Scrub } from './scrub.ts';
import { failureToAppError, toAppError } from './to-app-error.ts';

interface Meaning {
  code: ErrorCode;
  detail: string;
}

const exists: Meaning = {
  code: 'objectExists',
  detail: 'There is an object of this key already; it was left as it is.',
};
const unlike: Meaning = {
  code: 'uploadRestarted',
  detail: 'The bucket computed another checksum than the one given: bytes changed on the way.',
};
const partsMissing: Meaning = {
  code: 'uploadIncomplete',
  detail: 'A part is missing in the bucket, or is another than the one named.',
};
const partTooSmall: Meaning = {
  code: 'uploadIncomplete',
  detail: 'A part is smaller than the bucket takes, and not the last.',
};

const ended: Meaning = {
  code: 'uploadEnded',
  detail: 'The bucket knows no such upload: it was completed, aborted or swept away.',
};

/** What S3's codes mean for an upload (AWS: PutObject, CompleteMultipartUpload, AbortMultipartUpload; Errors). */
const meanings: Readonly<Record<string, Meaning>> = {
  PreconditionFailed: exists,
  ConditionalRequestConflict: {
    code: 'uploadRestarted',
    detail: 'Another write to this key came between.',
  },
  NoSuchUpload: ended,
  InvalidPart: partsMissing,
  InvalidPartOrder: partsMissing,
  EntityTooSmall: partTooSmall,
  BadDigest: unlike,
  XAmzContentChecksumMismatch: unlike,
};

/** S3 has no code of its own for it. */
const wrongSize: Meaning = {
  code: 'uploadIncomplete',
  detail: 'The parts have not the size of the file together.',
};

/** The error that a failed call of an upload becomes; the provider's words are in its cause, as of any other call. */
export const toUploadError = (error: unknown, scrub: Scrub): AppError => {
  const meaning = meaningOf(error);
  return meaning === undefined || error instanceof AppError
    ? toAppError(error, scrub)
    : meaningToAppError(meaning, error, scrub);
};

/** The same for an error that is known to be about an upload that is not there, whatever its name. */
export const toUploadEnded = (error: unknown, scrub: Scrub): AppError =>
  meaningToAppError(ended, error, scrub);

const meaningToAppError = (meaning: Meaning, error: unknown, scrub: Scrub): AppError => {
  const { cause } = failureToAppError(describeS3Failure(error, scrub));
  return new AppError(meaning.code, detailOf(meaning, error), { cause });
};

const meaningOf = (error: unknown): Meaning | undefined => {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'InvalidRequest' && error.message.includes('mp-object-size')) return wrongSize;
  return Object.hasOwn(meanings, error.name) ? meanings[error.name] : undefined;
};

/** S3 says of which part it speaks, in an element beside code and message. */
const detailOf = ({ detail }: Meaning, error: unknown): string => {
  if (!(error instanceof Error && 'PartNumber' in error)) return detail;
  const number = Number(error.PartNumber);
  return Number.isInteger(number) ? detail.replace(/^A part /, `Part ${number} `) : detail;
};
