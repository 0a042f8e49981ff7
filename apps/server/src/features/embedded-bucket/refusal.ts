import { IamError, S3Error, type IamErrorCode, type S3ErrorCode } from '@windlass/bucket';
import type { ErrorCode } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';

/** What a person can get wrong in IAM's words, in ours. Anything else is a fault of the server. */
const codes: Partial<Record<IamErrorCode | S3ErrorCode, ErrorCode>> = {
  NoSuchEntity: 'notFound',
  NoSuchBucket: 'notFound',
  EntityAlreadyExists: 'nameTaken',
  DeleteConflict: 'inUse',
  LimitExceeded: 'conflict',
  MalformedPolicyDocument: 'invalidRequest',
  MalformedPolicy: 'invalidRequest',
  InvalidPolicyDocument: 'invalidRequest',
  InvalidInput: 'invalidRequest',
  ValidationError: 'invalidRequest',
  AccessDenied: 'conflict',
};

/** Runs a change of the account; what IAM or S3 refuses becomes an AppError with their own message. */
export const refusing = async <T>(change: () => T | Promise<T>): Promise<T> => {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof IamError) && !(error instanceof S3Error)) throw error;
    const code = codes[error.code];
    if (code === undefined) throw error;
    throw new AppError(code, error.message, { cause: error });
  }
};
