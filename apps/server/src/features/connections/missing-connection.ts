import { AppError } from '../../kernel/app-error.ts';

/** @throws AppError notFound, also for another team's */
export const missingConnection = (): never => {
  throw new AppError('notFound', 'There is no such connection in this team.');
};
