import { errorCatalogue, type ErrorCode, type Refusal } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';

/** @example refusalOf({ code: 'nameRefused', detail: 'The name has a backslash.' }) */
export const refusalOf = ({ code, detail }: { code: ErrorCode; detail: string }): Refusal => ({
  code,
  detail,
  next: errorCatalogue[code].next,
});

/** What one file of several is told. Errors of our own making are not for it: they end the call. */
export const refusalOfError = (error: unknown): Refusal => {
  if (error instanceof AppError && error.status < 500)
    return refusalOf({ code: error.code, detail: error.message });
  throw error;
};

export const grantInvalid = (detail: string): AppError => new AppError('grantInvalid', detail);

export const missingUpload = (): AppError =>
  new AppError('notFound', 'There is no such upload of this grant.');

/** A ticket that nobody asked for in time again, and whose room others have got. */
export const noRoom = (): AppError =>
  new AppError('quotaExceeded', 'It was not sent in time, and there is no room left for it now.');

export const endedMeanwhile = (): AppError => new AppError('uploadEnded', 'It was ended meanwhile.');

export const missingGrant = (): never => {
  throw new AppError('notFound', 'There is no such upload grant in this team.');
};

export const missingTransfer = (): never => {
  throw new AppError('notFound', 'There is no such upload in this team.');
};
