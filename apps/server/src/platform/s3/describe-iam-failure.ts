import { describeS3Failure, type S3Failure } from './describe-failure.ts';
import type { FailureCause } from './failure-causes.ts';
import type { Scrub } from './scrub.ts';
import { causeByCode, isNotOffered } from './service-failure.ts';

const noIam: FailureCause = {
  kind: 'unsupported',
  cause: 'This endpoint does not answer this IAM call.',
  next: 'Do this step by hand, with what the provider offers instead.',
};
const malformed: FailureCause = {
  kind: 'other',
  cause: 'The provider does not take this policy document.',
  next: 'Look in the provider’s manual for the actions and conditions that it knows.',
};
const inUse: FailureCause = {
  kind: 'condition',
  cause: 'Something else still hangs on it: a key, a policy or a group that Windlass did not make.',
  next: 'Remove that first, in the provider’s console.',
};
const exists: FailureCause = {
  kind: 'condition',
  cause: 'Something of this name came into being meanwhile.',
  next: 'Plan again, and see what is there.',
};
const limit: FailureCause = {
  kind: 'other',
  cause: 'The account has reached a limit of IAM.',
  next: 'Delete what is no longer used, or ask the provider for more.',
};

/** IAM's own errors (IAM API reference: Common errors, and those of each call). */
const causesByCode: Readonly<Record<string, FailureCause>> = {
  DeleteConflict: inUse,
  EntityAlreadyExists: exists,
  ConcurrentModification: exists,
  LimitExceeded: limit,
  MalformedPolicyDocument: malformed,
  // Ceph's word for it.
  InvalidArgument: malformed,
  MethodNotAllowed: noIam,
  NotImplemented: noIam,
  InvalidAction: noIam,
  InvalidClientTokenId: {
    kind: 'credentials',
    cause: 'This administrator key does not exist here, or has been deactivated.',
    next: 'Check the key, and that it belongs to the account of the bucket.',
  },
};

/** Says in plain words why a call of IAM failed. */
export const describeIamFailure = (error: unknown, scrub: Scrub): S3Failure => {
  const failure = describeS3Failure(error, scrub);
  const foreign = isNotOffered(failure) || failure.kind === 'protocol';
  return { ...failure, ...(causeByCode(failure, causesByCode) ?? (foreign ? noIam : undefined)) };
};
