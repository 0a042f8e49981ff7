import type { S3Failure } from './describe-failure.ts';
import type { FailureCause } from './failure-causes.ts';

/**
 * What a service beside S3 means by an error's code, undefined where it has no words of its own for it. Tables name codes
 * without `Exception`, with which the SDK ends some and the wire others.
 */
export const causeByCode = (
  { code }: S3Failure,
  causes: Readonly<Record<string, FailureCause>>,
): FailureCause | undefined =>
  code === null ? undefined : (causes[code] ?? causes[code.replace(/Exception$/, '')]);

/** An S3 server without the service takes its `POST /` for a bucket's form upload, or for nothing at all. */
export const isNotOffered = ({ httpStatus }: S3Failure): boolean =>
  httpStatus === 404 || httpStatus === 405 || httpStatus === 501;
