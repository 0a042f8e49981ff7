import { AppError } from '../../kernel/app-error.ts';
import { AnswerTooLarge } from './capped-handler.ts';
import { describeS3Failure, type S3Failure } from './describe-failure.ts';
import { notS3, type FailureKind } from './failure-causes.ts';
import { NotS3 } from './probe-outcome.ts';
import type { Scrub } from './scrub.ts';

const codes: Partial<Record<FailureKind, 'notFound' | 'originTimeout' | 'endpointRefused'>> = {
  objectMissing: 'notFound',
  timeout: 'originTimeout',
  endpointRefused: 'endpointRefused',
};

/** For logs: what the provider said, and nothing of the request. The SDK's own error would show headers and signatures. */
class BucketFailure extends Error {
  override readonly name = 'BucketFailure';
  readonly failure: S3Failure;

  constructor(failure: S3Failure) {
    super(`${failure.code ?? failure.kind}: ${failure.message ?? failure.cause}`);
    this.failure = failure;
  }
}

/** The error that a failed call to a bucket becomes. */
export const toAppError = (error: unknown, scrub: Scrub): AppError => {
  if (error instanceof AnswerTooLarge) return new AppError('payloadTooLarge', error.message);
  if (error instanceof AppError) return error;
  const failure = describeS3Failure(error, scrub);
  return failureToAppError(error instanceof NotS3 ? { ...failure, ...notS3 } : failure);
};

/** The same for a failure that was described already. */
export const failureToAppError = (failure: S3Failure): AppError =>
  new AppError(codes[failure.kind] ?? 'originFailed', failure.cause, { cause: new BucketFailure(failure) });

/** What the provider said, for whoever can do something about it; null where the error is not a bucket's. */
export const bucketFailureOf = (error: unknown): S3Failure | null =>
  error instanceof AppError && error.cause instanceof BucketFailure ? error.cause.failure : null;
