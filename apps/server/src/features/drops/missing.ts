import { AppError } from '../../kernel/app-error.ts';

export const missingDrop = (): never => {
  throw new AppError('notFound', 'There is no such order page in this team.');
};

export const missingForm = (): never => {
  throw new AppError('notFound', 'This version of the form is gone.');
};

/** To the public: of a page that never was and of one that is gone, the same. */
export const missingPage = (): never => {
  throw new AppError('notFound', 'There is no such order page.');
};

/** To customers: of an order that never was, was thrown away or has another token, the same. */
export const missingOrder = (): never => {
  throw new AppError('notFound', 'There is no such order, or it was not sent in time and is gone.');
};
