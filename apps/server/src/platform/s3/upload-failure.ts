import type { ErrorCode } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import { wasSentAgain } from './bucket-call.ts';
import { describeS3Failure } from './describe-failure.ts';
import type { Scrub } from './scrub.ts';
import { failureToAppError, toAppError } from './to-app-error.ts';

interface Meaning {
  code: ErrorCode;
  detail: string;
}

const meaning = (code: ErrorCode, detail: string): Meaning => ({ code, detail });

const unlike = meaning(
  'uploadRestarted',
  'The bucket computed another checksum than the one given: bytes changed on the way.',
);
const ended = meaning(
  'uploadEnded',
  'The bucket knows no such upload: it was completed, aborted or swept away.',
);

/** What S3's codes mean for an upload (AWS: PutObject, CompleteMultipartUpload, AbortMultipartUpload; Errors). */
const meanings: Readonly<Record<string, Meaning>> = {
  PreconditionFailed: meaning(
    'objectExists',
    'There is an object of this key already; it was left as it is.',
  ),
  ConditionalRequestConflict: meaning('uploadRestarted', 'Another write to this key came between.'),
  NoSuchUpload: ended,
  InvalidPart: meaning(
    'uploadIncomplete',
    'A part is missing in the bucket, or is another than the one named.',
  ),
  InvalidPartOrder: meaning('uploadIncomplete', 'A part is named twice.'),
  EntityTooSmall: meaning('uploadIncomplete', 'A part is smaller than the bucket takes, and not the last.'),
  BadDigest: unlike,
  XAmzContentChecksumMismatch: unlike,
};

/** S3 has no code of its own for it. */
const wrongSize = meaning('uploadIncomplete', 'The parts have not the size of the file together.');

/** The error that a failed call of an upload becomes; the provider's words are in its cause, as of any other call. */
export const toUploadError = (error: unknown, scrub: Scrub): AppError => {
  const found = meaningOf(error);
  return found === undefined || error instanceof AppError
    ? toAppError(error, scrub)
    : meaningToAppError(found, error, scrub);
};

/**
 * The same for a completion. Where the SDK sent it more than once, that the object is there and that the upload is not may
 * be the doing of an earlier try: that is for the caller to find out, as after any call that was not answered.
 */
export const toCompletionError = (error: unknown, scrub: Scrub): AppError => {
  const found = toUploadError(error, scrub);
  const ambiguous = found.code === 'objectExists' || found.code === 'uploadEnded';
  return ambiguous && wasSentAgain(error)
    ? new AppError('originTimeout', 'The bucket did not answer the first time; ask again.', {
        cause: found.cause,
      })
    : found;
};

/** The same for an error that is known to be about an upload that is not there, whatever its name. */
export const toUploadEnded = (error: unknown, scrub: Scrub): AppError =>
  meaningToAppError(ended, error, scrub);

const meaningToAppError = (found: Meaning, error: unknown, scrub: Scrub): AppError => {
  const { cause } = failureToAppError(describeS3Failure(error, scrub));
  return new AppError(found.code, detailOf(found, error), { cause });
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
